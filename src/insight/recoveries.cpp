#include "insight/recoveries.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace testigo::insight {
namespace {

using namespace std::string_view_literals;

constexpr std::array way_names = {"inside"sv, "edited"sv, "later"sv};

double days_between(UtcTime from, UtcTime to) {
  constexpr double ms_a_day = 86'400'000.0;
  return std::max(0.0, static_cast<double>((to - from).count()) / ms_a_day);
}

bool ends_pain(const RecoveryPost& post) { return post.tag == Tag::advocacy || post.claimed; }

bool was_complaint(const RecoveryPost& post) {
  return post.tag == Tag::complaint || post.turned_at.has_value();
}

// The words that complain, where an edit has put others in their place.
const Quote& complaint_of(const RecoveryPost& post) {
  return post.tag != Tag::complaint && post.turned_from ? *post.turned_from : post.quote;
}

// Follows one author through their posts, oldest first.
class Follower {
 public:
  Follower(Recoveries& into, std::vector<Spell>& spells, Day first, UtcTime now, bool named)
      : into_(into), spells_(spells), first_(first), now_(now), named_(named) {}

  void take(const RecoveryPost& post) {
    if (open_ != nullptr && ends_pain(post)) return end(RecoveryWay::later, post, post.said_at);
    if (post.turned_at && ends_pain(post)) {
      begin(post);
      return end(RecoveryWay::edited, post, *post.turned_at);
    }
    if (post.claimed) return inside(post);
    if (was_complaint(post) && open_ == nullptr) begin(post);
  }

  // Nothing more comes.
  void close() {
    if (open_ != nullptr && named_ && counts(*open_))
      watch(days_between(open_->said_at, now_), false);
    open_ = nullptr;
  }

 private:
  void begin(const RecoveryPost& post) {
    if (open_ != nullptr) return;
    open_ = &post;
    if (counts(post)) ++into_.pains;
  }

  void end(RecoveryWay way, const RecoveryPost& by, UtcTime at) {
    const RecoveryPost& began = *std::exchange(open_, nullptr);
    if (!counts(began)) return;
    const double days = days_between(began.said_at, at);
    ++(way == RecoveryWay::edited ? into_.edited : into_.later);
    if (named_) watch(days, true);
    into_.recovered.push_back({way, complaint_of(began), by.quote, days});
  }

  void inside(const RecoveryPost& post) {
    if (!counts(post)) return;
    ++into_.pains;
    ++into_.inside;
    into_.recovered.push_back({RecoveryWay::inside, post.quote, post.quote, std::nullopt});
  }

  [[nodiscard]] bool counts(const RecoveryPost& began) const { return began.quote.day >= first_; }

  void watch(double days, bool ended) {
    ++into_.watched;
    spells_.push_back({days, ended});
  }

  Recoveries& into_;
  std::vector<Spell>& spells_;
  Day first_;
  UtcTime now_;
  bool named_;
  const RecoveryPost* open_ = nullptr;
};

void add_replies(Recoveries& into, std::span<const RecoveryPost> posts, Day first) {
  std::vector<double> days;
  for (const RecoveryPost& post : posts) {
    if (!was_complaint(post) || post.quote.day < first) continue;
    ++into.complaints;
    if (!post.replied) continue;
    ++into.replied;
    if (post.replied_at && *post.replied_at >= post.said_at)
      days.push_back(days_between(post.said_at, *post.replied_at));
  }
  std::sort(days.begin(), days.end());
  into.reply_rate = share(into.replied, into.complaints);
  into.small_complaints = into.complaints < small_sample;
  into.reply_days = quantile(days, 0.5);
  into.reply_days_low = quantile(days, 0.25);
  into.reply_days_high = quantile(days, 0.75);
}

// An author is one person within a source; without a name every post is another's.
using Authors =
    std::map<std::tuple<SourceId, std::string, MentionId>, std::vector<const RecoveryPost*>>;

Authors by_author(std::span<const RecoveryPost> posts) {
  Authors authors;
  for (const RecoveryPost& post : posts) {
    const Quote& quote = post.quote;
    authors[{quote.source, post.author.value_or(""), post.author ? MentionId() : quote.mention}]
        .push_back(&post);
  }
  for (auto& [author, theirs] : authors)
    std::sort(theirs.begin(), theirs.end(), [](const RecoveryPost* a, const RecoveryPost* b) {
      return std::tuple(a->said_at, a->quote.mention) < std::tuple(b->said_at, b->quote.mention);
    });
  return authors;
}

}  // namespace

std::string_view to_string(RecoveryWay way) { return way_names[static_cast<std::size_t>(way)]; }

Recoveries make_recoveries(std::span<const RecoveryPost> posts, Day first, UtcTime now) {
  Recoveries made;
  std::vector<Spell> spells;
  for (const auto& [author, theirs] : by_author(posts)) {
    Follower follower(made, spells, first, now, theirs.front()->author.has_value());
    for (const RecoveryPost* post : theirs) follower.take(*post);
    follower.close();
  }
  made.share = share(made.inside + made.edited + made.later, made.pains);
  made.small = made.pains < small_sample;
  made.curve = survival(spells);
  made.median_days = median_of(made.curve);
  std::sort(made.recovered.begin(), made.recovered.end(), [](const auto& a, const auto& b) {
    return std::tuple(b.after.day, a.after.mention) < std::tuple(a.after.day, b.after.mention);
  });
  made.recovered.resize(std::min(made.recovered.size(), most_recovered));
  add_replies(made, posts, first);
  return made;
}

}  // namespace testigo::insight
