#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "core/time.h"
#include "render/escape.h"
#include "serve/demo_pages.h"

namespace testigo::serve {

// The few words of the demo's pages in the language of the page.
struct Words {
  std::string_view language;
  std::string_view shop, forum, reviews, next, previous, reply_of_brand, out_of_five;
};
[[nodiscard]] const Words& words_for(std::string_view language);

// What a page says of itself in its head.
struct Head {
  std::string_view language = "en";
  std::string title;
  std::string canonical;               // absolute
  std::string previous;                // absolute; "" none
  std::string next;                    // absolute; "" none
  std::string_view charset = "utf-8";  // as the meta element claims
  bool noindex = false;
  std::string json_ld;  // "" none
};

// A whole HTML document.
[[nodiscard]] std::string layout(const Head& head, const render::Html& body);

[[nodiscard]] render::Html link_to(std::string_view url, std::string_view label);
[[nodiscard]] render::Html time_element(UtcTime time, std::string_view property = {});

// Plain text with its line breaks.
[[nodiscard]] render::Html paragraphs(std::string_view text);

// Links to the pages before and after, as `head` names them.
[[nodiscard]] render::Html pager(const Head& head, const Words& words);

// The posts of one page out of many; `count` pages in all, 0 posts where `page` is beyond them.
struct Slice {
  std::span<const DemoPost> posts;
  std::size_t page = 1;
  std::size_t count = 1;
};
[[nodiscard]] Slice slice_of(std::span<const DemoPost> posts, std::size_t page, std::size_t size);

// "http://host/path" for page 1, with "?page=N" for the others; "" where there is no such page.
[[nodiscard]] std::string page_url(const DemoWeb& web, std::string_view path, const Slice& slice,
                                   std::size_t page);

// When the newest of these was written, edited or answered.
[[nodiscard]] UtcTime newest(std::span<const DemoPost> posts, UtcTime at_least);

}  // namespace testigo::serve
