#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "core/verdict.h"
#include "insight/quote.h"
#include "insight/survival.h"

namespace testigo::insight {

// A post about a brand, as far as pain and its end show in it. Copies and the brand's own are none.
struct RecoveryPost {
  Quote quote;
  std::optional<std::string> author;  // pseudonym: one person within one source
  UtcTime said_at{};
  Tag tag = Tag::other;  // of its newest revision
  bool claimed = false;  // "… but they made it right" (recovery)
  // An earlier revision was a complaint: the newest was seen then, and those were its words.
  std::optional<UtcTime> turned_at;
  std::optional<Quote> turned_from;
  bool replied = false;               // the brand answered
  std::optional<UtcTime> replied_at;  // where that is known
};

enum class RecoveryWay : std::uint8_t {
  inside,  // the text itself tells of pain and its end; how long it took is not known
  edited,  // a complaint was edited into advocacy, or into telling of its end
  later,   // a later post of the same author is advocacy, or tells of the end
};
[[nodiscard]] std::string_view to_string(RecoveryWay way);

struct Recovered {
  RecoveryWay way = RecoveryWay::inside;
  Quote before;                // the complaint, as it read; inside, the post itself
  Quote after;                 // what says that it ended
  std::optional<double> days;  // from the complaint to that
};

struct Recoveries {
  // Pain: an author's complaint until it ends or, if it has not, until today; further complaints of
  // the author in between belong to it. A post without a pseudonym is a pain of its own.
  std::int64_t pains = 0;
  std::int64_t inside = 0, edited = 0, later = 0;
  std::optional<Estimate> share;  // of pains that ended, in whichever way
  bool small = false;             // pains are under small_sample
  // Of pains of named authors that did not end inside their text: those without a name cannot be
  // seen to end.
  std::int64_t watched = 0;
  std::vector<SurvivalPoint> curve;
  std::optional<double> median_days;
  std::vector<Recovered> recovered;  // newest end first, most_recovered at most

  std::int64_t complaints = 0;  // posts that are, or were before an edit
  std::int64_t replied = 0;
  std::optional<Estimate> reply_rate;
  bool small_complaints = false;
  std::optional<double> reply_days, reply_days_low, reply_days_high;  // median and quartiles
};
inline constexpr std::size_t most_recovered = 10;

// Of the pains, and the complaints, that began on day `first` or later; earlier posts tell which
// did not. `posts` in any order; `now` ends what is still open.
[[nodiscard]] Recoveries make_recoveries(std::span<const RecoveryPost> posts, Day first,
                                         UtcTime now);

}  // namespace testigo::insight
