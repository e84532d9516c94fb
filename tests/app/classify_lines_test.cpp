#include "app/classify_lines.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "app/rule_book.h"
#include "core/embedded.h"
#include "formats/json.h"

using namespace testigo;

namespace {

const classify::Classifier& classifier() {
  static const classify::Classifier one = [] {
    auto files = app::rule_files(embedded_files(), std::nullopt);
    REQUIRE(files.has_value());
    auto book = app::load_rule_book(std::move(*files));
    REQUIRE(book.has_value());
    return classify::Classifier(book->rules);
  }();
  return one;
}

formats::JsonValue answer(std::string_view line, app::ClassifyLinesOptions options = {}) {
  const auto parsed =
      formats::parse_json(app::classify_line(classifier(), line, 1, options).json);
  REQUIRE(parsed.has_value());
  return *parsed;
}

std::string text_at(const formats::JsonValue& value, std::string_view pointer) {
  const formats::JsonValue* found = formats::find(value, pointer);
  REQUIRE(found != nullptr);
  return found->to_text().value_or("null");
}

}  // namespace

TEST_CASE("an input line becomes the contract's output line", "[app]") {
  const auto out = answer(R"({"id":7,"text":"I would not recommend this to anyone"})");
  CHECK(text_at(out, "/id") == "7");
  CHECK(text_at(out, "/language") == "en");
  CHECK(text_at(out, "/tag") == "complaint");
  CHECK(text_at(out, "/act") == "warn");
  CHECK(text_at(out, "/stage") == "umot");
  CHECK(out.find("why") == nullptr);
}

TEST_CASE("reasons come with their words, and add up to what they explain", "[app]") {
  app::ClassifyLinesOptions options;
  options.explain = true;
  const std::string text = "No es que sea malo, pero no lo recomiendo";
  const auto out = answer(R"({"text":")" + text + R"("})", options);
  const auto* why = out.find("why");
  REQUIRE(why != nullptr);
  REQUIRE_FALSE(why->items().empty());
  for (const formats::JsonValue& reason : why->items()) {
    const auto* span = reason.find("span");
    if (span == nullptr || span->is_null()) continue;
    const auto begin = static_cast<std::size_t>(*span->items()[0].as_int());
    const auto end = static_cast<std::size_t>(*span->items()[1].as_int());
    CHECK(text_at(reason, "/text") == text.substr(begin, end - begin));
  }
}

TEST_CASE("outside the three languages all axes are null", "[app]") {
  const auto out = answer(R"({"text":"Der Akku ist leider nach drei Wochen kaputt gegangen"})");
  CHECK(text_at(out, "/language") == "de");
  CHECK(text_at(out, "/tag") == "null");
  CHECK(text_at(out, "/polarity") == "null");
}

TEST_CASE("a language that is said wins over the one that is guessed", "[app]") {
  app::ClassifyLinesOptions options;
  options.language = "ro";
  CHECK(text_at(answer(R"({"text":"super","lang":"es"})", options), "/language") == "ro");
  CHECK(text_at(answer(R"({"text":"super","lang":"es"})"), "/language") == "es");
}

TEST_CASE("lines keep their order and failures their place, however many threads", "[app]") {
  std::string input;
  for (int i = 0; i < 500; ++i) {
    input += i % 100 == 50 ? "broken\n" : R"({"id":)" + std::to_string(i) + R"(,"text":"good"})" "\n";
    if (i % 7 == 0) input += "\n";
  }
  std::string outputs[2];
  for (unsigned jobs : {1U, 3U}) {
    std::istringstream in(input);
    std::ostringstream out;
    app::ClassifyLinesOptions options;
    options.jobs = jobs;
    CHECK(app::classify_lines(classifier(), in, out, options) == 5);
    outputs[jobs == 1 ? 0 : 1] = out.str();
  }
  CHECK(outputs[0] == outputs[1]);
  CHECK(outputs[0].find("{\"id\":0,") == 0);
}

TEST_CASE("verdicts that are not sure enough give no line", "[app]") {
  app::ClassifyLinesOptions options;
  options.min_confidence = 1.01;  // more than any
  std::istringstream in("{\"text\":\"It broke\"}\nno json\n");
  std::ostringstream out;
  CHECK(app::classify_lines(classifier(), in, out, options) == 1);
  CHECK(out.str().find("\"error\"") != std::string::npos);
  CHECK(out.str().find("\"tag\"") == std::string::npos);
}
