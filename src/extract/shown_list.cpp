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
  if (!extraction.ends || extraction.items >= max_items_per_page) return false;
  const auto found = static_cast<std::int64_t>(extraction.posts.size());
  const std::optional<std::int64_t> stated = stated_count(extraction);
  return found == 0 ? stated == 0 : stated.value_or(0) <= found;
}

std::optional<UtcTime> reach(const std::vector<Post>& posts) {
  std::optional<UtcTime> newest;
  std::optional<UtcTime> oldest;
  std::size_t dated = 0;
  for (const Post& post : posts) {
    if (!post.posted_at) continue;
    if (oldest && *post.posted_at > *oldest) return std::nullopt;
    oldest = post.posted_at;
    if (!newest) newest = oldest;
    ++dated;
  }
  if (dated < min_dated_posts || newest == oldest) return std::nullopt;
  return oldest;
}

}  // namespace

std::optional<UtcTime> looks_back_to(const Extraction& extraction) {
  const std::optional<UtcTime> posts = reach(extraction.posts);
  return posts ? posts : extraction.oldest;
}

ShownList shown_list(const Extraction& extraction) {
  if (!extraction.begins || extraction.left_out > 0) return {};
  return {is_whole(extraction), reach(extraction.posts)};
}

}  // namespace testigo::extract
