#include "render/quote_lines.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::render;

namespace {

insight::Quote said(std::string text) {
  insight::Quote quote;
  quote.mention = MentionId(0x3f);
  quote.text = std::move(text);
  quote.language = "es";
  quote.source = SourceId("talk");
  quote.day = Day{std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)};
  return quote;
}

}  // namespace

TEST_CASE("a quote stands above whose it is, without what steers a terminal", "[render]") {
  Terminal terminal;
  terminal.width = 80;
  CHECK(quote_lines(said("No lo \x1b[31mrecomiendo"), terminal).find('\x1b') == std::string::npos);
  CHECK(quote_lines(said("No lo recomiendo"), terminal) ==
        "  “No lo recomiendo”\n  es, talk, 2026-11-26, id 000000000000003f\n");
}

TEST_CASE("a long quote is cut to the terminal", "[render]") {
  Terminal terminal;
  terminal.width = 40;
  const std::string lines = quote_lines(said(std::string(1'000, 'x')), terminal);
  CHECK(lines.find('\n') < 60);
  terminal.width = 5'000;
  CHECK(quote_lines(said(std::string(1'000, 'x')), terminal).find('\n') < quote_columns + 20);
}
