#include <cstdlib>

#include "answers.h"
#include "extract/number.h"
#include "extract/star_rating.h"
#include "fetch/robots.h"
#include "formats/date.h"
#include "formats/html.h"
#include "formats/json_writer.h"
#include "formats/url.h"

namespace testigo::conformance {
namespace {

using formats::JsonWriter;

std::string text_or_null(const Result<std::string>& text) {
  return text ? formats::json_quote(*text) : "null";
}

Result<std::string> unknown(const Case& row) {
  return fail(Errc::unsupported, "asks something that is not known here", row.name());
}

// The element that the case means: marked in its HTML, else the whole.
formats::Node target_of(const formats::Tree& tree) {
  for (const formats::Node node : tree.document().descendants())
    if (node.attribute("xd-target-node")) return node;
  return tree.document().find("body");
}

Result<std::string> answer_shown_rating(const Case& row) {
  auto tree = formats::parse_html(row.text("/input/html"));
  if (!tree) return fail(std::move(tree).error());
  const formats::Node target = target_of(*tree);
  // Stars alone are asked for where no element is named.
  const auto rating = row.has("/input/select") ? extract::rating_of_element(target)
                                               : extract::rating_of_stars(target);
  JsonWriter json;
  json.begin_object().field("value", rating ? std::optional(rating->value) : std::nullopt);
  return json.field("best", rating ? rating->best : std::nullopt).end_object().take();
}

}  // namespace

Result<std::string> answer_robots(const Case& row) {
  const std::string kind = row.text("/input/kind");
  if (kind == "status") {
    const auto policy = fetch::robots_policy(std::atoi(row.text("/input/status").c_str()));
    return policy == fetch::RobotsPolicy::disallow_all ? "\"disallow_all\"" : "\"allow_all\"";
  }
  auto bytes = row.file("robots_file");
  if (!bytes) return fail(std::move(bytes).error());
  const auto rules = fetch::RobotsRules::parse(*bytes);
  const std::string agent = row.text("/input/user_agent");
  if (kind == "allowed") return rules.allowed(agent, row.url()).allowed ? "true" : "false";
  if (kind == "crawl_delay") {
    const auto delay = rules.crawl_delay(agent);
    return delay ? formats::shortest(static_cast<double>(delay->count()) / 1000.0) : "null";
  }
  if (kind != "sitemaps") return unknown(row);
  JsonWriter json;
  json.begin_array();
  for (const std::string& url : rules.sitemaps()) json.string(url);
  return json.end_array().take();
}

Result<std::string> answer_url(const Case& row, const Tools& tools) {
  const std::string op = row.text("/input/op");
  if (op == "resolve" || op == "safe") {
    const std::string base = row.text("/input/base");
    if (!base.empty()) return text_or_null(formats::resolve_url(row.url(), base));
    const auto url = formats::parse_url(row.url());
    return url ? formats::json_quote(url->href()) : "null";
  }
  if (op == "canonicalize") return text_or_null(formats::canonical_url(row.url(), tools.tracking));
  if (op == "strip_tracking")
    return text_or_null(formats::strip_tracking(row.url(), tools.tracking));
  return unknown(row);
}

Result<std::string> answer_date(const Case& row) {
  const auto now = parse_iso8601(row.text("/input/now"));
  if (!now) return fail(Errc::malformed, "has no instant to be read at", row.name());
  const auto time = formats::parse_date(row.text("/input/text"), *now, row.text("/input/lang"));
  return time ? formats::json_quote(to_iso8601(*time)) : "null";
}

Result<std::string> answer_rating(const Case& row) {
  if (row.has("/input/html")) return answer_shown_rating(row);
  const std::string text = row.text("/input/text");
  JsonWriter json;
  json.begin_object();
  if (row.has("/expect/numbers")) {
    json.key("numbers").begin_array();
    for (const double number : extract::numbers_in(text)) json.number(number);
    json.end_array();
  } else if (row.has("/expect/count")) {
    json.field("count", extract::parse_count(text));
  } else {
    const auto rating = extract::parse_rating(text);
    json.field("value", rating ? std::optional(rating->value) : std::nullopt);
    json.field("best", rating ? rating->best : std::nullopt);
  }
  return json.end_object().take();
}

}  // namespace testigo::conformance
