#include "app/list_readings.h"

#include <algorithm>
#include <utility>

namespace testigo::app {
namespace {

constexpr std::size_t most_posts = 20'000;  // of one list whose ids are kept
constexpr std::size_t most_lists = 1'000;   // that are read at one time

bool tells_order(const extract::Stretch& stretch, bool newest_first) {
  const bool told = stretch.dated >= extract::min_dated_posts && stretch.first != stretch.last;
  return stretch.last && (told || newest_first);
}

bool is_empty(const extract::Stretch& list) { return list.posts == 0; }

// It may be one that the service did not give.
bool has_list_without_posts(const ListPage& page) {
  return std::any_of(page.stretches.begin(), page.stretches.end(), is_empty);
}

// It may be a page that the service did not give, or whose posts moved to the one before it.
bool is_without_posts(const ListPage& page) {
  return std::all_of(page.stretches.begin(), page.stretches.end(), is_empty);
}

}  // namespace

void ListReadings::extend(Reading& reading, const ListPage& page) {
  reading.posts.insert(reading.posts.end(), page.posts.begin(), page.posts.end());
  reading.in_order =
      reading.in_order && (reading.pages == 0 || reading.stretches.size() == page.stretches.size());
  ++reading.pages;
  reading.stretches.resize(page.stretches.size());
  reading.ended.resize(page.stretches.size());
  for (std::size_t i = 0; i < page.stretches.size(); ++i) {
    extract::Stretch& all = reading.stretches[i];
    const extract::Stretch& here = page.stretches[i];
    reading.ended[i] = here.posts == 0;
    if (here.posts == 0) continue;
    // A deletion between the two requests moves a post up, and then it was on neither page.
    const bool goes_on = all.posts > 0;
    const bool dated = all.last && here.first;
    if (goes_on && dated) reading.gaps.push_back({*here.first, *all.last});
    const bool falls = here.falls && (!goes_on || (dated && *here.first <= *all.last));
    reading.in_order = reading.in_order && falls;
    if (!all.first) all.first = here.first;
    if (here.last) all.last = here.last;
    all.posts += here.posts;
    all.dated += here.dated;
  }
}

// Since when every post of the lists is known; nothing where the dates of one do not tell its
// order. One that has ended reaches as far back as the others do, since they are asked for as one.
std::optional<UtcTime> ListReadings::reaches_back_to(const Reading& reading, bool newest_first) {
  std::optional<UtcTime> of_open;
  std::optional<UtcTime> of_ended;
  for (std::size_t i = 0; i < reading.stretches.size(); ++i) {
    const extract::Stretch& one = reading.stretches[i];
    if (one.posts == 0) continue;
    if (!tells_order(one, newest_first)) return std::nullopt;
    if (reading.ended[i])
      of_ended = std::min(of_ended.value_or(*one.last), *one.last);
    else
      of_open = std::max(of_open.value_or(*one.last), *one.last);
  }
  return of_open ? of_open : of_ended;
}

store::ShownList ListReadings::shown(const Reading& reading, const ListPage& page) {
  store::ShownList list;
  list.before = reading.posts;
  list.gaps = reading.gaps;
  const auto bound = reaches_back_to(reading, page.newest_first);
  const bool in_time = reading.in_order && bound;
  list.whole = page.ends_whole && !is_without_posts(page) && (in_time || reading.pages == 1);
  if (in_time) list.window = TimeWindow{*bound, std::nullopt};
  return list;
}

void ListReadings::forget(const std::string& list) {
  const std::lock_guard lock(mutex_);
  readings_.erase(list);
}

std::optional<store::ShownList> ListReadings::add(const std::string& list, ListPage page) {
  const std::lock_guard lock(mutex_);
  if (page.number == 0) readings_.erase(list);
  auto found = readings_.find(list);
  const std::int64_t read = found == readings_.end() ? 0 : found->second.pages;
  const std::size_t posts = found == readings_.end() ? 0 : found->second.posts.size();
  if (page.number != read || (read == 0 && has_list_without_posts(page)) ||
      posts + page.posts.size() > most_posts || (read == 0 && readings_.size() >= most_lists)) {
    if (found != readings_.end()) readings_.erase(found);
    return std::nullopt;
  }
  if (found == readings_.end()) found = readings_.emplace(list, Reading{}).first;
  extend(found->second, page);
  std::optional<store::ShownList> known = shown(found->second, page);
  if (page.ends_whole) readings_.erase(found);
  return known;
}

}  // namespace testigo::app
