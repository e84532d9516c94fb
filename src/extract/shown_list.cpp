#include <algorithm>

#include "extract/extract.h"
#include "extract/look_back.h"

namespace testigo::extract {
namespace {

// Of how many reviews the page speaks, if it says.
std::optional<std::int64_t> stated_count(const Extraction& extraction) {
  std::optional<std::int64_t> most;
  for (const Aggregate& aggregate : extraction.aggregates) {
    const auto& count = aggregate.review_count ? aggregate.review_count : aggregate.rating_count;
    if (count) most = std::max(most.value_or(0), *count);
  }
  return most;
}

bool is_whole(const Extraction& extraction) {
  if (!extraction.begins || !extraction.ends) return false;
  if (extraction.items >= max_items_per_page) return false;
  const auto found = static_cast<std::int64_t>(extraction.posts.size());
  const std::optional<std::int64_t> stated = stated_count(extraction);
  return found == 0 ? stated == 0 : stated.value_or(0) <= found;
}

// The dated posts of a page in its order, where that is one of time.
struct TimeOrder {
  UtcTime first{};
  UtcTime last{};
  std::size_t dated = 0;
  bool falls = true;  // never forward in time from one to the next
  bool rises = true;
};

TimeOrder order_of(const std::vector<Post>& posts) {
  TimeOrder order;
  for (const Post& post : posts) {
    if (!post.posted_at) continue;
    if (order.dated++ == 0) order.first = order.last = *post.posted_at;
    order.falls = order.falls && *post.posted_at <= order.last;
    order.rises = order.rises && *post.posted_at >= order.last;
    order.last = *post.posted_at;
  }
  return order;
}

std::optional<UtcTime> reach(const TimeOrder& order) {
  if (!order.falls || order.dated < min_dated_posts || order.first == order.last)
    return std::nullopt;
  return order.last;
}

std::optional<TimeWindow> window(const Extraction& extraction) {
  const TimeOrder order = order_of(extraction.posts);
  const bool is_last_page = extraction.ends && !extraction.begins;
  const auto unless = [](bool open, UtcTime bound) {
    return open ? std::nullopt : std::optional(bound);
  };
  if (extraction.begins)
    if (const auto oldest = reach(order)) return TimeWindow{*oldest, std::nullopt};
  if (order.dated < min_dated_posts_within || order.first == order.last) return std::nullopt;
  if (order.falls) return TimeWindow{unless(is_last_page, order.last), order.first};
  if (order.rises) return TimeWindow{order.first, unless(is_last_page, order.last)};
  return std::nullopt;
}

}  // namespace

std::optional<UtcTime> looks_back_to(const Extraction& extraction) {
  const std::optional<UtcTime> posts = reach(order_of(extraction.posts));
  return posts ? posts : extraction.oldest;
}

ShownList shown_list(const Extraction& extraction) {
  if (extraction.left_out > 0) return {};
  return {is_whole(extraction), window(extraction)};
}

}  // namespace testigo::extract
