#include "extract/extract.h"

#include <chrono>
#include <optional>
#include <string>

#include "extract/date_order.h"
#include "extract/drift.h"
#include "extract/html_source.h"
#include "extract/json_source.h"
#include "extract/plain.h"
#include "extract/posts.h"
#include "extract/tidy.h"

namespace testigo::extract {
namespace {

Result<Extraction> read_answer(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  switch (spec.format) {
    case Format::json:
    case Format::jsonl:
      return read_json_source(page, spec, now);
    case Format::html:
      return read_html_source(page, spec, now);
    case Format::feed:
      return posts_of_feed(page, spec, now);
    case Format::page:
    case Format::warc:  // unpacked by whoever can read archives
      return posts_of_page(page, spec, now);
    case Format::sitemap:
      return links_of_sitemap(page);
  }
  return Extraction();
}

// Clocks go wrong, and feeds announce what is to come: neither tells when a post was written, was
// edited or answered. Whether that was so of the first.
bool drop_future(Post& post, UtcTime now) {
  const auto drop = [&](std::optional<UtcTime>& time) {
    const bool to_come = now != UtcTime() && time && *time > now + std::chrono::days(1);
    if (to_come) time.reset();
    return to_come;
  };
  drop(post.edited_at);
  drop(post.owner_reply_at);
  return drop(post.posted_at);
}

}  // namespace

std::optional<std::string> error_words(const Page& page, const ExtractorSpec& spec) {
  const bool json = spec.format == Format::json || spec.format == Format::jsonl;
  return json && !spec.error.empty() ? error_words_of_json(page, spec) : std::nullopt;
}

Result<Extraction> extract_page(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  Result<Extraction> out = read_answer(page, spec, now);
  if (!out) return out;
  const bool by_item =
      spec.format == Format::json || spec.format == Format::jsonl || spec.format == Format::html;
  if (by_item) reread_dates(out->posts, spec.language, now);
  UnreadValues unread;
  for (std::size_t i = 0; i < out->posts.size(); ++i) {
    Post& post = out->posts[i];
    tidy(post);
    if (post.parent == post.external_id) post.parent.reset();  // nothing answers itself
    if (drop_future(post, now) && spec.format != Format::feed)
      unread.note(
          {{"future", "the date of post " + std::to_string(i + 1) + " is yet to come: " +
                          quoted(post.posted_at_written.value_or(""), longest_shown_value)}});
  }
  unread.tell(*out);
  const bool full = out->items >= max_items_per_page && out->posts.size() <= max_items_per_page;
  if (!out->posts.empty() && full)
    out->drift.push_back("only the first " + std::to_string(max_items_per_page) +
                         " items of the answer are read");
  return out;
}

}  // namespace testigo::extract
