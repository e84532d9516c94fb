#include <algorithm>
#include <span>

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

// One of several lists without posts may be one that the service did not give.
bool lacks_a_list(const Extraction& extraction) {
  const std::vector<Stretch> lists = stretches_of(extraction);
  return lists.size() > 1 && std::any_of(lists.begin(), lists.end(),
                                         [](const Stretch& list) { return list.posts == 0; });
}

bool is_whole(const Extraction& extraction) {
  if (!extraction.begins || !extraction.ends || lacks_a_list(extraction)) return false;
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

TimeOrder order_of(std::span<const Post> posts) {
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

// What the windows of several lists have in common.
std::optional<TimeWindow> common_window(const Extraction& extraction) {
  std::optional<UtcTime> oldest;
  std::optional<UtcTime> newest;
  const std::size_t least = extraction.begins ? min_dated_posts : min_dated_posts_within;
  for (const Stretch& list : stretches_of(extraction)) {
    if (!list.falls || list.dated < least || list.first == list.last) return std::nullopt;
    oldest = std::max(oldest.value_or(*list.last), *list.last);
    newest = std::min(newest.value_or(*list.first), *list.first);
  }
  if (!oldest) return std::nullopt;
  if (extraction.begins) return TimeWindow{*oldest, std::nullopt};
  return *oldest < *newest ? std::optional(TimeWindow{*oldest, *newest}) : std::nullopt;
}

std::optional<TimeWindow> window(const Extraction& extraction) {
  if (!extraction.lists.empty()) return common_window(extraction);
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

std::vector<Stretch> stretches_of(const Extraction& extraction) {
  const std::span<const Post> posts(extraction.posts);
  std::vector<std::size_t> ends = extraction.lists;
  if (ends.empty()) ends.push_back(posts.size());
  std::vector<Stretch> stretches;
  std::size_t begin = 0;
  for (const std::size_t told : ends) {
    const std::size_t end = std::min(told, posts.size());
    const TimeOrder order = order_of(posts.subspan(begin, end - begin));
    Stretch& one = stretches.emplace_back(Stretch{end - begin, order.dated, {}, {}, order.falls});
    if (order.dated > 0) {
      one.first = order.first;
      one.last = order.last;
    }
    begin = end;
  }
  return stretches;
}

ShownList shown_list(const Extraction& extraction) {
  if (extraction.left_out > 0 || extraction.shortened) return {};
  return {is_whole(extraction), window(extraction)};
}

}  // namespace testigo::extract
