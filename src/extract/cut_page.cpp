#include "extract/cut_page.h"

#include <algorithm>
#include <array>
#include <span>

#include "formats/html_tokens.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

// Elements whose end tag has to be there.
constexpr std::array<std::string_view, 10> boxes = {
    "div", "section", "article", "main", "aside", "table", "ul", "ol", "header", "footer"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view one) { return text::equal_ignoring_case(name, one); });
}

}  // namespace

bool ends_in_its_middle(std::string_view utf8) {
  using Kind = formats::HtmlToken::Kind;
  constexpr std::array<std::string_view, 2> frame = {"html", "body"};
  formats::HtmlTokens tokens(utf8);
  bool is_page = false;
  long open = 0;
  for (const formats::HtmlToken* token = &tokens.next(); token->kind != Kind::end;
       token = &tokens.next()) {
    if (token->kind == Kind::start_tag) {
      is_page = is_page || is_one_of(token->name, frame);
      if (is_one_of(token->name, boxes)) ++open;
    } else if (token->kind == Kind::end_tag) {
      if (is_one_of(token->name, frame)) return false;
      if (is_one_of(token->name, boxes)) --open;
    }
  }
  return is_page && open > 0;
}

}  // namespace testigo::extract
