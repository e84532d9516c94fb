#include <algorithm>

#include "serve/demo_catalogue.h"
#include "serve/demo_layout.h"
#include "serve/demo_pages.h"

namespace testigo::serve {
namespace {

using render::escape;
using render::Html;
using render::operator""_html;

constexpr std::size_t posts_per_page = 12;

const DemoPost* find_post(std::span<const DemoPost> thread, std::string_view id) {
  const auto found = std::find_if(thread.begin(), thread.end(),
                                  [=](const DemoPost& post) { return post.id == id; });
  return found == thread.end() ? nullptr : &*found;
}

Html quote_html(const DemoPost& quoted) {
  return "<blockquote cite=\"#post-"_html + escape(quoted.id) + "\"><cite>"_html +
         escape(quoted.author) + "</cite> "_html + paragraphs(quoted.text) + "</blockquote>\n"_html;
}

Html post_html(const DemoPost& post, std::span<const DemoPost> thread) {
  const DemoPost* quoted = find_post(thread, post.quotes);
  Html out = "<article class=\"post\" id=\"post-"_html + escape(post.id) +
             "\" data-post-id=\""_html + escape(post.id) + "\""_html;
  if (quoted) out += " data-reply-to=\""_html + escape(quoted->id) + "\""_html;
  if (post.by_brand) out += " data-role=\"brand\""_html;
  out += ">\n<p><span class=\"author\">"_html + escape(post.author) + "</span> "_html +
         time_element(post.posted_at) + "</p>\n<div class=\"body\">\n"_html;
  if (quoted) out += quote_html(*quoted);
  return out + paragraphs(post.text) + "\n</div>\n</article>\n"_html;
}

std::string title_of(std::span<const DemoPost> thread) {
  return thread.front().title.value_or(thread.front().place);
}

Document thread_page(const DemoWeb& web, std::string_view path, std::span<const DemoPost> thread,
                     const Slice& slice) {
  const Words& words = words_for(language_of(path));
  Head head;
  head.language = words.language;
  head.title = title_of(thread);
  head.canonical = page_url(web, path, slice, slice.page);
  head.previous = page_url(web, path, slice, slice.page - 1);
  head.next = page_url(web, path, slice, slice.page + 1);
  Html body;
  for (const DemoPost& post : slice.posts) body += post_html(post, thread);
  return {std::string(html_type), layout(head, body + pager(head, words)),
          newest(slice.posts, web.opened)};
}

Document thread_list(const DemoWeb& web, std::string_view path) {
  const Words& words = words_for(language_of(path));
  Head head;
  head.language = words.language;
  head.title = std::string(words.forum);
  head.canonical = web.origin + "/" + std::string(path);
  Html body = "<ul class=\"threads\">\n"_html;
  UtcTime modified = web.opened;
  for (const auto& [place, posts] : web.places) {
    if (place.rfind(std::string(path) + "/", 0) != 0) continue;
    body += "<li>"_html + link_to("/" + place, title_of(posts)) + "</li>\n"_html;
    modified = newest(posts, modified);
  }
  return {std::string(html_type), layout(head, body + "</ul>\n"_html), modified};
}

}  // namespace

std::optional<Document> forum_page(const DemoWeb& web, std::string_view path, std::size_t page) {
  if (path == "forum/en" || path == "forum/es" || path == "forum/ro") return thread_list(web, path);
  const auto found = web.places.find(path);
  if (path.rfind("forum/", 0) != 0 || found == web.places.end()) return std::nullopt;
  const Slice slice = slice_of(found->second, page, posts_per_page);
  if (slice.posts.empty()) return std::nullopt;
  return thread_page(web, path, found->second, slice);
}

}  // namespace testigo::serve
