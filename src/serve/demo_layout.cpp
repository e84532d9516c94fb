#include "serve/demo_layout.h"

#include <array>
#include <cstdio>

namespace testigo::serve {
namespace {

using render::escape;
using render::Html;
using render::operator""_html;

constexpr std::array<Words, 3> all_words = {{
    {"en", "Shop", "Forum", "Reviews", "Next page", "Previous page", "Answer from the maker",
     "of 5"},
    {"es", "Tienda", "Foro", "Opiniones", "Página siguiente", "Página anterior",
     "Respuesta del fabricante", "de 5"},
    {"ro", "Magazin", "Forum", "Păreri", "Pagina următoare", "Pagina anterioară",
     "Răspunsul producătorului", "din 5"},
}};

Html link_relation(std::string_view relation, std::string_view url) {
  if (url.empty()) return {};
  return "<link rel=\""_html + escape(relation) + "\" href=\""_html + escape(url) + "\">\n"_html;
}

// Within a script element "<" could end it; in JSON it may always be written as an escape.
std::string script_safe(std::string_view json) {
  std::string out;
  for (const char c : json) c == '<' ? out += "\\u003c" : out += c;
  return out;
}

}  // namespace

const Words& words_for(std::string_view language) {
  const auto found = std::find_if(all_words.begin(), all_words.end(),
                                  [=](const Words& words) { return words.language == language; });
  return found == all_words.end() ? all_words.front() : *found;
}

std::string layout(const Head& head, const Html& body) {
  Html top =
      "<!DOCTYPE html>\n<html lang=\""_html + escape(head.language) +
      "\">\n<head>\n<meta charset=\""_html + escape(head.charset) + "\">\n<title>"_html +
      escape(head.title) + "</title>\n"_html + link_relation("canonical", head.canonical) +
      link_relation("prev", head.previous) + link_relation("next", head.next) +
      "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/blog/comments.rss\">\n"_html +
      "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/news/atom.xml\">\n"_html;
  if (head.noindex) top += "<meta name=\"robots\" content=\"noindex\">\n"_html;
  std::string page = top.str();
  if (!head.json_ld.empty())
    page += "<script type=\"application/ld+json\">" + script_safe(head.json_ld) + "</script>\n";
  const Html rest =
      "</head>\n<body>\n<header><a href=\"/\">Clean Air Corner</a></header>\n<main>\n<h1>"_html +
      escape(head.title) + "</h1>\n"_html + body + "</main>\n</body>\n</html>\n"_html;
  return page + rest.str();
}

Html link_to(std::string_view url, std::string_view label) {
  return "<a href=\""_html + escape(url) + "\">"_html + escape(label) + "</a>"_html;
}

Html time_element(UtcTime time, std::string_view property) {
  const std::string written = to_iso8601(time);
  Html out = "<time"_html;
  if (!property.empty()) out += " itemprop=\""_html + escape(property) + "\""_html;
  return out + " datetime=\""_html + escape(written) + "\">"_html + escape(written.substr(0, 10)) +
         "</time>"_html;
}

Html paragraphs(std::string_view text) {
  Html out = "<p>"_html;
  for (;;) {
    const std::string_view line = text.substr(0, text.find('\n'));
    out += escape(line);
    if (line.size() == text.size()) return out + "</p>"_html;
    text.remove_prefix(line.size() + 1);
    out += "<br>"_html;
  }
}

Html pager(const Head& head, const Words& words) {
  Html out = "<nav class=\"pages\">"_html;
  if (!head.previous.empty())
    out += "<a rel=\"prev\" href=\""_html + escape(head.previous) + "\">"_html +
           escape(words.previous) + "</a> "_html;
  if (!head.next.empty())
    out += "<a rel=\"next\" href=\""_html + escape(head.next) + "\">"_html + escape(words.next) +
           "</a>"_html;
  return out + "</nav>\n"_html;
}

Slice slice_of(std::span<const DemoPost> posts, std::size_t page, std::size_t size) {
  Slice slice;
  slice.page = page;
  slice.count = std::max<std::size_t>(1, (posts.size() + size - 1) / size);
  if (page >= 1 && page <= slice.count) {
    const std::size_t begin = (page - 1) * size;
    slice.posts = posts.subspan(begin, std::min(size, posts.size() - begin));
  }
  return slice;
}

std::string page_url(const DemoWeb& web, std::string_view path, const Slice& slice,
                     std::size_t page) {
  if (page < 1 || page > slice.count) return {};
  const std::string url = web.origin + "/" + std::string(path);
  return page == 1 ? url : url + "?page=" + std::to_string(page);
}

UtcTime newest(std::span<const DemoPost> posts, UtcTime at_least) {
  UtcTime time = at_least;
  for (const DemoPost& post : posts) {
    time = std::max({time, post.posted_at, post.edited_at.value_or(post.posted_at)});
    if (post.reply) time = std::max(time, post.reply->at);
  }
  return time;
}

std::string http_date(UtcTime time) {
  constexpr std::array weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::string iso = to_iso8601(time);
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %s GMT",
                weekdays[std::chrono::weekday(days).c_encoding()],
                static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), iso.substr(11, 8).c_str());
  return out.data();
}

}  // namespace testigo::serve
