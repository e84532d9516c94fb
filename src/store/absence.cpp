#include "store/absence.h"

#include <algorithm>
#include <optional>
#include <string>

#include "store/evidence.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

bool may_be_missed(const Rows& rows, int posted_at, const std::vector<TimeWindow>& gaps) {
  if (gaps.empty()) return false;
  if (rows.is_null(posted_at)) return true;
  const UtcTime at = rows.time(posted_at);
  return std::any_of(gaps.begin(), gaps.end(), [&](const TimeWindow& gap) {
    return at >= gap.after.value_or(UtcTime::min()) && at <= gap.before.value_or(UtcTime::max());
  });
}

// Of a list: what stood on any of its pages, where the answer shows that part. A post without a
// date is missed by a whole list only.
void add_absent_from_list(Connection& c, const Answer& answer, std::vector<PostId>& absent) {
  const ShownList& shown = *answer.shown;
  if (!shown.whole && !shown.window) return;
  const TimeWindow window = shown.window.value_or(TimeWindow{});
  Rows rows = c.query(
      "SELECT p.key, p.posted_at FROM listing l CROSS JOIN post p ON p.seen_in = l.id WHERE l.list "
      "= ?1 "
      "AND (?2 OR (p.posted_at > coalesce(?3, -9e18) AND p.posted_at < coalesce(?4, 9e18)))",
      list_key(answer), shown.whole, window.after, window.before);
  while (rows.step())
    if (!may_be_missed(rows, 1, shown.gaps)) absent.emplace_back(rows.integer(0));
}

// For so long, that a list shows a post is news.
constexpr Millis fresh = std::chrono::hours(12);

// Of a page that is no more: what was last seen on it, and the posts whose permalinks led to it,
// unless another page shows them in these hours.
void add_gone_with_page(Connection& c, const Answer& answer, std::vector<PostId>& absent) {
  {
    Rows rows =
        c.query("SELECT key FROM post WHERE seen_in = (SELECT id FROM listing WHERE request = ?1)",
                *answer.request);
    while (rows.step()) absent.emplace_back(rows.integer(0));
  }
  const std::optional<std::string> url = asked_url(c, *answer.request);
  // The last condition in the same words as the index post_permalink. '$' comes behind '#'.
  Rows rows = c.query(
      "SELECT key FROM post WHERE (url = ?1 OR (url > ?1 || '#' AND url < ?1 || '$')) "
      "AND url <> '' AND substr(url, 1, 1) <> '#' AND NOT EXISTS (SELECT 1 FROM listing l "
      "JOIN page g ON g.request = l.request WHERE l.id = post.seen_in AND l.request <> ?2 "
      "AND g.status < 400 AND g.seen_at > ?3)",
      url ? *url : answer.evidence_url, *answer.request, answer.fetched_at - fresh);
  while (rows.step()) absent.emplace_back(rows.integer(0));
}

}  // namespace

std::vector<PostId> absent_posts(Connection& c, const Answer& answer,
                                 std::span<const PostId> present) {
  std::vector<PostId> absent;
  if (!answer.request) return absent;
  // A page that is as it was says something with those before it only.
  const bool unchanged = answer.posts.empty() && answer.coverage.unchanged > 0 &&
                         (!answer.shown || answer.shown->before.empty());
  if (answer.gone)
    add_gone_with_page(c, answer, absent);
  else if (answer.shown && !unchanged)
    add_absent_from_list(c, answer, absent);
  std::vector<PostId> here(present.begin(), present.end());
  if (answer.shown) {
    here.insert(here.end(), answer.shown->others.begin(), answer.shown->others.end());
    here.insert(here.end(), answer.shown->before.begin(), answer.shown->before.end());
  }
  std::sort(here.begin(), here.end());
  std::erase_if(absent,
                [&](PostId id) { return std::binary_search(here.begin(), here.end(), id); });
  return absent;
}

}  // namespace testigo::store
