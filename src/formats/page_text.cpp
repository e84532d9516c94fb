#include "formats/page_text.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <utility>

#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

const std::unordered_map<std::string_view, Standing>& standings() {
  static const std::unordered_map<std::string_view, Standing> map = [] {
    std::unordered_map<std::string_view, Standing> out;
    const auto add = [&](Standing standing, std::initializer_list<std::string_view> names) {
      for (const std::string_view name : names) out[name] = standing;
    };
    add({Gap::paragraph},
        {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "dl", "table"});
    add({Gap::line},
        {"address", "article", "aside",    "body",       "center", "dd",      "details",  "dialog",
         "div",     "dt",      "fieldset", "figcaption", "figure", "footer",  "form",     "header",
         "hr",      "html",    "legend",   "li",         "main",   "nav",     "optgroup", "option",
         "section", "summary", "tr",       "caption",    "title",  "textarea"});
    add({Gap::space}, {"td", "th", "button", "select", "img", "input"});
    add({Gap::none, true}, {"script", "style", "template", "noscript", "head", "svg", "iframe",
                            "object", "audio", "video"});
    return out;
  }();
  return map;
}

bool begins_with_space(std::string_view text) {
  const text::CodePoint first = text::decode(text, 0);
  return text::collapse_space(text.substr(0, first.size)).empty();
}

bool ends_with_space(std::string_view text) {
  const std::size_t last = text::char_border(text, text.size() - 1);
  return text::collapse_space(text.substr(last)).empty();
}

}  // namespace

Standing standing_of(std::string_view element) {
  const auto found = standings().find(element);
  return found == standings().end() ? Standing() : found->second;
}

bool hides(std::string_view attribute, std::string_view value) {
  if (text::equal_ignoring_case(attribute, "hidden")) return true;
  if (text::equal_ignoring_case(attribute, "aria-hidden"))
    return text::equal_ignoring_case(text::trim(value), "true");
  if (!text::equal_ignoring_case(attribute, "style")) return false;
  std::string style = text::ascii_lower(value);
  std::erase_if(style, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  for (const std::string_view rule : {"display:none", "visibility:hidden"}) {
    const std::size_t at = style.find(rule);
    if (at != std::string::npos && (at == 0 || style[at - 1] == ';')) return true;
  }
  return false;
}

void PageText::gap(Gap gap) { pending_ = std::max(pending_, gap); }

void PageText::line_break() {
  pending_ = broken_ ? Gap::paragraph : std::max(pending_, Gap::line);
  broken_ = true;
}

void PageText::add(std::string_view text) {
  const std::string_view inner = text::trim(text);
  if (!inner.empty() && text::is_collapsed(inner)) {  // as nearly all is
    if (inner.begin() != text.begin()) gap(Gap::space);
    write(inner);
    if (inner.end() != text.end()) gap(Gap::space);
    return;
  }
  const std::string collapsed = text::collapse_space(text);
  if (collapsed.empty()) {
    if (!text.empty()) gap(Gap::space);
    return;
  }
  if (begins_with_space(text)) gap(Gap::space);
  write(collapsed);
  if (ends_with_space(text)) gap(Gap::space);
}

void PageText::add_as_is(std::string_view text) {
  if (!text.empty()) write(text);
}

std::string PageText::take() {
  while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
  return std::move(out_);
}

void PageText::write(std::string_view text) {
  constexpr std::string_view gaps[] = {"", " ", "\n", "\n\n"};
  if (!out_.empty()) out_ += gaps[static_cast<std::size_t>(pending_)];
  pending_ = Gap::none;
  broken_ = false;
  out_ += text;
}

}  // namespace testigo::formats
