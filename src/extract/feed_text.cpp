#include "extract/feed_text.h"

#include <algorithm>
#include <vector>

#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/html.h"
#include "formats/html_scan.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return -1;
}

bool has_child_elements(Node element) {
  for (const Node child : element.children()) {
    if (child.is_element()) return true;
  }
  return false;
}

bool has_closing_tag_or_entity(std::string_view text) {
  if (text.find("</") != std::string_view::npos || text.find("/>") != std::string_view::npos)
    return true;
  if (text.find("<br") != std::string_view::npos) return true;
  const std::size_t amp = text.find('&');
  return amp != std::string_view::npos && text.find(';', amp) < amp + 10;
}

bool is_markup_type(std::string_view type) {
  return type == "html" || type == "xhtml" || type == "text/html" ||
         type == "application/xhtml+xml" || type == "application/xml" || type == "text/xml";
}

// RFC 4287 §4.1.3.3: other media types than text and XML are base64.
bool is_base64(Node element, std::string_view type) {
  if (element.attribute("mode") == "base64") return true;
  return type.find('/') != std::string_view::npos && !type.starts_with("text/") &&
         !type.ends_with("+xml") && !type.ends_with("/xml");
}

// The text that an element holds, and what it is written in; of one with child elements nothing.
struct Written {
  std::string text;
  Markup markup = Markup::none;
};
std::optional<Written> written_in(Node element, TextDefault otherwise) {
  if (has_child_elements(element)) return std::nullopt;
  const std::string type = text::ascii_lower(text::trim(element.attribute("type").value_or("")));
  const bool typed = !type.empty() || element.attribute("mode").has_value();
  std::string content = element.text_content();
  if (is_base64(element, type)) {
    if (auto decoded = decode_base64(content)) return Written{*std::move(decoded), Markup::html};
  }
  const bool escaped = element.attribute("mode") == "escaped" && type != "text/plain";
  const bool markup =
      is_markup_type(type) || escaped ||
      (!typed && (otherwise == TextDefault::html || has_closing_tag_or_entity(content)));
  return Written{std::move(content), markup ? Markup::html : Markup::none};
}

constexpr std::size_t longest_answer = 2000;  // bytes; what is longer is an article with a motto

// Who answers a quotation puts it first; in an article quotations are part of what it tells.
std::optional<std::string> own_or_none(std::string_view whole, std::string_view without_quotes) {
  auto own = plain_or_none(without_quotes, Markup::none);
  if (!own || own->size() > longest_answer) return std::nullopt;
  if (whole.starts_with(std::string_view(*own).substr(0, own->find('\n')))) return std::nullopt;
  return own;
}

std::string text_without_usual_quotes(Node element) {
  Node before;  // the last text
  NodeIds quotes;
  for (const Node node : element.descendants()) {
    if (!node.is_element()) {
      if (!text::trim(node.text()).empty()) before = node;
    } else if (is_usual_quote(node)) {
      quotes.insert(node.id());
      if (const Node head = head_of_quote(node, before)) quotes.insert(head.id());
    }
  }
  return formats::text_of(
      element, [&](Node node) { return quotes.contains(node.id()) || formats::is_hidden(node); });
}

constexpr std::string_view comment_mark = "#comment-";  // WordPress's, in a comment's address

// Takes "<p>In reply to <a href="…#comment-7">Ana</a>.</p>" off the front, whatever the language
// says it in: few words, and a link to a comment. Where the link leads.
std::optional<std::string> take_reply_head(std::string& html) {
  constexpr std::size_t longest_head = 500;
  constexpr std::size_t longest_words = 60;
  constexpr std::string_view link = "<a ";
  const std::string_view head = std::string_view(html).substr(0, longest_head);
  if (head.find(comment_mark) == std::string_view::npos) return std::nullopt;
  std::size_t begin = std::min(head.find_first_not_of(" \n\t"), head.size());
  if (head.substr(begin).starts_with("<p>")) begin += 3;
  const std::size_t open = head.find('<', begin);
  if (open == std::string_view::npos || open - begin > longest_words || open == begin ||
      !head.substr(open).starts_with(link))
    return std::nullopt;
  const std::size_t close = head.find("</a>", open);
  const std::size_t href = head.find("href=\"", open);
  if (close == std::string_view::npos || !head.substr(close).starts_with("</a>.") || href > close)
    return std::nullopt;
  const std::string_view value = head.substr(href + 6, head.find('"', href + 6) - (href + 6));
  if (value.find(comment_mark) == std::string_view::npos) return std::nullopt;
  std::string address = formats::decode_entities(value);
  std::size_t end = close + 5;
  if (head.substr(end).starts_with("</p>")) end += 4;
  html.erase(0, end);
  return address;
}

// Google News lists an event's papers, the entry's own first.
void keep_first_paper(std::string& html) {
  if (!html.starts_with("<ol><li><a href=\"https://news.google.com/")) return;
  const std::size_t end = html.find("</li>");
  if (end == std::string::npos) return;
  html.resize(end);
  html.erase(0, std::string_view("<ol><li>").size());
}

}  // namespace

std::optional<std::string> own_of_html(std::string_view whole, std::string_view html) {
  return own_or_none(whole, html_text_without(html, usual_quotes));
}

std::string feed_text(Node element, TextDefault otherwise) {
  const auto written = written_in(element, otherwise);
  return written ? plain_text(written->text, written->markup)
                 : plain_text(formats::text_of(element, formats::is_hidden), Markup::none);
}

FeedWords feed_words(Node element, TextDefault otherwise) {
  auto written = written_in(element, otherwise);
  if (!written) {
    FeedWords words{
        plain_text(formats::text_of(element, formats::is_hidden), Markup::none), {}, {}};
    const auto within = element.descendants();
    if (std::any_of(within.begin(), within.end(), is_usual_quote))
      words.own = own_or_none(words.text, text_without_usual_quotes(element));
    return words;
  }
  std::optional<std::string> answers;
  if (written->markup == Markup::html) {
    answers = take_reply_head(written->text);
    keep_first_paper(written->text);
  }
  FeedWords words{plain_text(written->text, written->markup), {}, std::move(answers)};
  if (written->markup == Markup::html && has_usual_quotes(written->text))
    words.own = own_of_html(words.text, written->text);
  return words;
}

std::string base_of(Node node, std::string_view document_url) {
  std::vector<std::string_view> bases;
  for (Node up = node; up; up = up.parent()) {
    if (const auto base = up.attribute(xml_namespace, "base")) bases.push_back(*base);
  }
  std::string base(document_url);
  for (auto it = bases.rbegin(); it != bases.rend(); ++it) {
    if (auto resolved = absolute_url(*it, base)) base = *std::move(resolved);
  }
  return base;
}

std::optional<std::string> language_of(Node node) {
  for (Node up = node; up; up = up.parent()) {
    const auto language = up.attribute(xml_namespace, "lang");
    if (!language || text::trim(*language).empty()) continue;
    // All that stands within has it: a name of megabytes would be kept as often.
    constexpr std::size_t longest = 256;
    if (language->size() > longest) continue;
    std::string tag(text::trim(*language));
    std::replace(tag.begin(), tag.end(), '_', '-');  // "en_US" is how others write BCP 47
    return tag;
  }
  return std::nullopt;
}

FeedPerson parse_person(std::string_view text) {
  // Not as markup: "Name <me@example.com>" would lose the address.
  const std::string plain =
      text::collapse_space(plain_text(formats::decode_entities(text), Markup::none));
  FeedPerson person;
  const std::size_t at = plain.find('@');
  if (at == std::string::npos) {
    if (!plain.empty()) person.name = plain;
    return person;
  }
  constexpr std::string_view marks = " ()<>,;:\"[]";
  const std::size_t before = plain.find_last_of(marks, at);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  const std::size_t end = std::min(plain.find_first_of(marks, at), plain.size());
  person.email = plain.substr(begin, end - begin);
  std::string name = plain.substr(0, begin) + " " + plain.substr(end);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '<' || c == '>' || c == '"'; }, ' ');
  name = text::collapse_space(name);
  // "(Name)" as a whole is a comment in mail addresses.
  if (const std::size_t empty = name.find("( )"); empty != std::string::npos) name.erase(empty, 3);
  while (name.starts_with('(') || name.starts_with(' ')) name.erase(0, 1);
  while (name.ends_with('(') || name.ends_with(' ')) name.pop_back();
  if (name.ends_with(')') && name.find('(') == std::string::npos) name.pop_back();
  name = text::collapse_space(name);
  if (!name.empty()) person.name = name;
  return person;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '=') continue;
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> count) & 0xFF);
  }
  return out;
}

}  // namespace testigo::extract
