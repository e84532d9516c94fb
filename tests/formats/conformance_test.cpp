#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "formats/date.h"
#include "formats/encoding_sniff.h"
#include "formats/json.h"
#include "formats/url.h"
#include "text/normalize.h"

using namespace testigo;
using namespace testigo::formats;

// Public suites, kept beside the checkout. Each floor is what was reached; it may only rise.
namespace {

const std::string suites = std::string(TESTIGO_SHARED_DIR) + "/conformance/";

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<JsonValue> cases_of(const std::string& suite) {
  std::vector<JsonValue> cases;
  std::ifstream file(suites + suite + "/index.jsonl");
  for (std::string line; std::getline(file, line);) cases.push_back(parse_json(line).value());
  if (cases.empty()) std::cout << "skipped: no " << suite << " suite under " << suites << "\n";
  return cases;
}

std::string text_at(const JsonValue& value, std::string_view pointer) {
  const JsonValue* found = find(value, pointer);
  return found ? found->to_text().value_or("") : "";
}

bool url_is_right(const JsonValue& one) {
  const std::string base = text_at(one, "/input/base");
  const std::string url = text_at(one, "/input/url");
  const auto parsed = base.empty() ? parse_url(url) : parse_url(url, parse_url(base).value());
  return (parsed ? parsed->href() : "") == text_at(one, "/expect");
}

// How much of an ISO 8601 text a granularity compares.
std::size_t compared(const std::string& granularity) {
  if (granularity == "year") return 4;
  if (granularity == "month") return 7;
  return granularity == "day" || granularity == "week" ? 10 : 19;
}

bool date_is_right(const JsonValue& one) {
  const auto time =
      parse_date(text_at(one, "/input/text"), parse_iso8601(text_at(one, "/input/now")).value(),
                 text_at(one, "/input/lang"));
  const std::string expected = text_at(one, "/expect");
  if (!time || expected.empty()) return !time && expected.empty();
  const std::size_t size = compared(text_at(one, "/granularity"));
  return to_iso8601(*time).substr(0, size) == expected.substr(0, size);
}

bool charset_is_right(const JsonValue& one) {
  const DecodedPage page =
      decode_page(read_file(suites + "charsets/" + text_at(one, "/input/file")),
                  text_at(one, "/input/content_type"));
  const std::string piece = text::collapse_space(text_at(one, "/expect/contains"));
  if (!piece.empty()) return text::collapse_space(page.text).find(piece) != std::string::npos;
  return text::equal_ignoring_case(page.encoding.name, text_at(one, "/expect/encoding"));
}

// Right answers in a thousand.
template <class Judge>
std::size_t per_mille(const std::vector<JsonValue>& cases, Judge is_right) {
  std::size_t right = 0;
  for (const JsonValue& one : cases) right += is_right(one) ? 1 : 0;
  return right * 1'000 / cases.size();
}

}  // namespace

TEST_CASE("URLs resolve as web-platform-tests want", "[formats][conformance]") {
  std::vector<JsonValue> cases = cases_of("urls");
  if (cases.empty()) return;
  std::erase_if(
      cases, [](const JsonValue& one) { return text_at(one, "/category").substr(0, 4) != "wpt/"; });
  CHECK(per_mille(cases, url_is_right) == 1'000);
}

TEST_CASE("dates are read as other readers read them", "[formats][conformance]") {
  const std::vector<JsonValue> cases = cases_of("dates");
  if (!cases.empty()) CHECK(per_mille(cases, date_is_right) >= 980);
}

TEST_CASE("pages are decoded as their authors wrote them", "[formats][conformance]") {
  const std::vector<JsonValue> cases = cases_of("charsets");
  if (!cases.empty()) CHECK(per_mille(cases, charset_is_right) >= 970);
}
