#include "render/document.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/digest.h"
#include "render/escape.h"

namespace testigo::render {
namespace {

using insight::Quote;
using Kind = Block::Kind;

constexpr std::string_view style_sheet =
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;"
    "color:#1b1b1f;background:#fff}"
    "h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #d5d5dc}"
    "h3{margin-top:2rem}blockquote{margin:.8rem 0;padding:.1rem 1rem;border-left:4px solid #b9b9c6}"
    "blockquote p{margin:.4rem 0}cite{color:#5d5d6b;font-style:normal;font-size:.85rem}"
    "@media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#17171b}"
    "h2{border-color:#3a3a44}blockquote{border-color:#55555f}cite{color:#a3a3b0}"
    "a{color:#8ab4ff}}";

// RFC 4648 §4.
std::string base64(const Sha256& bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (at + i < bytes.size() ? bytes[at + i] : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i <= bytes.size() ? digits[group >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

std::string origin_of(const Quote& quote) {
  std::string text = quote.source.value + ", " + quote.language + ", " + to_string(quote.day) +
                     ", id " + show_key(quote.mention.value);
  if (quote.evidence) text += ", evidence " + *quote.evidence;
  return text;
}

std::string shown_text(const Quote& quote) {
  return fit(neutralise(quote.text), most_quote_columns);
}

// In a Markdown link's <…>: what would end it, or lead elsewhere, is percent-encoded.
std::string markdown_link(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '<' || c == '>' || c == '\\' || c == '"' || c == '`')
      out += '%' + to_hex(std::string_view(&c, 1));
    else
      out += c;
  }
  return out;
}

// What would begin a list or a heading (CommonMark 0.31 §4, §5.2) begins a line of text.
std::string markdown_line(std::string_view text) {
  std::string line = escape_markdown(text);
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits == std::string::npos) return line;
  const bool marks = digits == 0 ? line[0] == '-' || line[0] == '+' || line[0] == '='
                                 : line[digits] == '.' || line[digits] == ')';
  if (marks) line.insert(digits, 1, '\\');
  return line;
}

std::string markdown_quote(const Quote& quote) {
  std::string out =
      "> " + markdown_line(shown_text(quote)) + "\n>\n> — " + escape_markdown(origin_of(quote));
  if (const std::string link = quote.url ? markdown_link(*quote.url) : ""; !link.empty())
    out += ", [permalink](<" + link + ">)";
  return out + "\n";
}

Html html_quote(const Quote& quote) {
  Html out = "<blockquote lang=\""_html + escape(quote.language) + "\"><p>"_html +
             escape(shown_text(quote)) + "</p><cite>"_html;
  if (quote.url)
    out += "<a rel=\"noopener noreferrer\" href=\""_html + escape_link(*quote.url) +
           "\">permalink</a>, "_html;
  return out + escape(origin_of(quote)) + "</cite></blockquote>\n"_html;
}

Html html_block(const Block& block) {
  switch (block.kind) {
    case Kind::heading:
      return block.level <= 2 ? "<h2>"_html + escape(block.text) + "</h2>\n"_html
                              : "<h3>"_html + escape(block.text) + "</h3>\n"_html;
    case Kind::line:
      return "<p>"_html + escape(block.text) + "</p>\n"_html;
    case Kind::item:
      return "<li>"_html + escape(block.text) + "</li>\n"_html;
    case Kind::quote:
      return html_quote(block.quote);
  }
  return {};
}

// Lines of at most `columns`, broken at blanks.
std::string wrapped(const std::string& text, std::size_t columns, const std::string& indent) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) out += indent + line + "\n";
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && display_width(line) + 1 + display_width(word) > columns) flush();
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  flush();
  return out;
}

std::string terminal_block(const Block& block, const Terminal& terminal) {
  const std::size_t columns = std::max(terminal.width, least_width) - 4;
  switch (block.kind) {
    case Kind::heading:
      return "\n" + paint(neutralise(block.text), Style::bold, terminal) + "\n";
    case Kind::line:
      return wrapped(neutralise(block.text), columns, "");
    case Kind::item:
      return wrapped("- " + neutralise(block.text), columns, "  ");
    case Kind::quote: {
      std::string out = wrapped("“" + shown_text(block.quote) + "”", columns, "    ");
      std::string origin = origin_of(block.quote);
      if (block.quote.url) origin += ", " + *block.quote.url;
      return out + "    " + paint(neutralise(origin), Style::dim, terminal) + "\n";
    }
  }
  return {};
}

}  // namespace

void Document::heading(int level, std::string text) {
  blocks_.push_back({Kind::heading, level, std::move(text), {}});
}
void Document::line(std::string text) { blocks_.push_back({Kind::line, 2, std::move(text), {}}); }
void Document::item(std::string text) { blocks_.push_back({Kind::item, 2, std::move(text), {}}); }
void Document::quote(insight::Quote quote) {
  blocks_.push_back({Kind::quote, 2, {}, std::move(quote)});
}

std::string to_terminal(const Document& document, const Terminal& terminal) {
  std::string out = paint(neutralise(document.title()), Style::bold, terminal) + "\n";
  for (const Block& block : document.blocks()) out += terminal_block(block, terminal);
  return out;
}

std::string to_markdown(const Document& document) {
  std::string out = "# " + escape_markdown(document.title()) + "\n";
  Kind before = Kind::heading;
  for (const Block& block : document.blocks()) {
    if (block.kind != Kind::item || before != Kind::item) out += "\n";
    before = block.kind;
    if (block.kind == Kind::heading)
      out += std::string(static_cast<std::size_t>(block.level), '#') + " " +
             escape_markdown(block.text) + "\n";
    if (block.kind == Kind::line) out += markdown_line(block.text) + "\n";
    if (block.kind == Kind::item) out += "- " + markdown_line(block.text) + "\n";
    if (block.kind == Kind::quote) out += markdown_quote(block.quote);
  }
  return out;
}

std::string to_html(const Document& document) {
  Html body;
  bool in_list = false;
  for (const Block& block : document.blocks()) {
    const bool is_item = block.kind == Kind::item;
    if (is_item && !in_list) body += "<ul>\n"_html;
    if (!is_item && in_list) body += "</ul>\n"_html;
    in_list = is_item;
    body += html_block(block);
  }
  if (in_list) body += "</ul>\n"_html;
  // The style sheet is our own, and its hash is made of base64's letters alone.
  return "<!doctype html>\n<html lang=\"" + escape(document.language()).str() +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         base64(sha256(style_sheet)) +
         "'; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escape(document.title()).str() + "</title>\n<style>" + std::string(style_sheet) +
         "</style>\n</head>\n<body>\n<h1>" + escape(document.title()).str() + "</h1>\n" +
         body.str() + "</body>\n</html>\n";
}

}  // namespace testigo::render
