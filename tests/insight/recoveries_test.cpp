#include "insight/recoveries.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

UtcTime day(int number) { return from_unix_ms(86'400'000LL * number); }

RecoveryPost post(std::int64_t id, std::string author, int said, Tag tag) {
  RecoveryPost made;
  made.quote.mention = MentionId(id);
  made.quote.source = SourceId("forum");
  if (!author.empty()) made.author = std::move(author);
  made.said_at = day(said);
  made.tag = tag;
  return made;
}

}  // namespace

// The remission times of Freireich et al. 1963 (6-MP), the textbooks' example: weeks, + is
// censored.
TEST_CASE("the survival curve is the textbooks'", "[insight]") {
  std::vector<Spell> spells;
  for (const double ended : {6, 6, 6, 7, 10, 13, 16, 22, 23}) spells.push_back({ended, true});
  for (const double open : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
    spells.push_back({open, false});
  const auto curve = survival(spells);
  REQUIRE(curve.size() == 7);
  CHECK(curve[0].at_risk == 21);
  CHECK(curve[0].ended == 3);
  CHECK(curve[0].open == Approx(0.8571).epsilon(0.001));
  CHECK(curve[1].open == Approx(0.8067).epsilon(0.001));
  CHECK(curve[2].open == Approx(0.7529).epsilon(0.001));
  CHECK(curve[6].open == Approx(0.4482).epsilon(0.001));
  CHECK(curve[6].interval.low == Approx(0.188).epsilon(0.01));
  CHECK(curve[6].interval.high == Approx(0.680).epsilon(0.01));
  CHECK(median_of(curve) == 23.0);
  CHECK(at_days(curve, 8.0).open == curve[1].open);
  CHECK(at_days(curve, 1.0).open == 1.0);
}

TEST_CASE("a curve of nothing, of none ended and of all ended", "[insight]") {
  CHECK(survival({}).empty());
  CHECK(survival(std::vector<Spell>{{3.0, false}}).empty());
  const auto all = survival(std::vector<Spell>{{2.0, true}, {2.0, true}});
  REQUIRE(all.size() == 1);
  CHECK(all[0].open == 0.0);
  CHECK(all[0].interval == Interval{0.0, 0.0});
  CHECK_FALSE(median_of({}).has_value());
  CHECK(quantile(std::vector{1.0, 2.0, 4.0}, 0.25) == 1.5);
  CHECK_FALSE(quantile({}, 0.5).has_value());
}

TEST_CASE("pain ends inside a text, by edit, or in a later post of its author", "[insight]") {
  RecoveryPost inside = post(1, "ana", 1, Tag::mixed);
  inside.claimed = true;
  RecoveryPost edited = post(2, "ion", 1, Tag::advocacy);
  edited.turned_at = day(11);
  edited.turned_from = edited.quote;
  edited.turned_from->text = "It broke.";
  const std::vector posts = {post(5, "eva", 9, Tag::advocacy),
                             inside,
                             edited,
                             post(3, "eva", 4, Tag::complaint),
                             post(4, "eva", 5, Tag::complaint),
                             post(6, "max", 2, Tag::complaint),
                             post(7, "", 2, Tag::complaint)};
  const Recoveries made = make_recoveries(posts, Day(), day(20));
  CHECK(made.pains == 5);
  CHECK(made.inside == 1);
  CHECK(made.edited == 1);
  CHECK(made.later == 1);
  CHECK(made.share->value == Approx(0.6));
  CHECK(made.watched == 3);
  REQUIRE(made.curve.size() == 2);
  CHECK(made.curve[0].days == 5.0);
  CHECK(made.curve[1].days == 10.0);
  REQUIRE(made.recovered.size() == 3);
  CHECK(made.recovered[1].way == RecoveryWay::edited);
  CHECK(made.recovered[1].before.text == "It broke.");
  CHECK(made.recovered[1].after == edited.quote);
  CHECK(to_string(made.recovered[1].way) == "edited");  // as its count is named
}

TEST_CASE("praise before a complaint ends nothing, and a new complaint begins anew", "[insight]") {
  const std::vector posts = {post(1, "ana", 1, Tag::advocacy), post(2, "ana", 3, Tag::complaint),
                             post(3, "ana", 5, Tag::advocacy), post(4, "ana", 9, Tag::complaint)};
  const Recoveries made = make_recoveries(posts, Day(), day(20));
  CHECK(made.pains == 2);
  CHECK(made.later == 1);
  CHECK(made.watched == 2);
}

TEST_CASE("the same pseudonym in another source is somebody else", "[insight]") {
  RecoveryPost elsewhere = post(2, "ana", 5, Tag::advocacy);
  elsewhere.quote.source = SourceId("shop");
  const Recoveries made =
      make_recoveries(std::vector{post(1, "ana", 1, Tag::complaint), elsewhere}, Day(), day(9));
  CHECK(made.later == 0);
}

TEST_CASE("replies are counted by complaint, their time where it is known", "[insight]") {
  std::vector<RecoveryPost> posts = {
      post(1, "a", 1, Tag::complaint), post(2, "b", 1, Tag::complaint),
      post(3, "c", 1, Tag::complaint), post(4, "d", 1, Tag::advocacy)};
  posts[0].replied = posts[1].replied = posts[3].replied = true;
  posts[0].replied_at = day(4);
  const Recoveries made = make_recoveries(posts, Day(), day(9));
  CHECK(made.complaints == 3);
  CHECK(made.replied == 2);
  CHECK(made.reply_rate->value == Approx(2.0 / 3.0));
  CHECK(made.reply_days == 3.0);
  CHECK_FALSE(make_recoveries({}, Day(), day(1)).share.has_value());
}

TEST_CASE("a pain that is older than the window is not of it, however late it ends", "[insight]") {
  std::vector<RecoveryPost> posts = {
      post(1, "ana", 1, Tag::complaint), post(2, "ana", 20, Tag::complaint),
      post(3, "ana", 22, Tag::advocacy), post(4, "bea", 21, Tag::complaint),
      post(5, "bea", 24, Tag::advocacy), post(6, "eva", 2, Tag::complaint),
      post(7, "eva", 3, Tag::advocacy),  post(8, "eva", 20, Tag::complaint)};
  for (RecoveryPost& one : posts)
    one.quote.day = Day{std::chrono::floor<std::chrono::days>(one.said_at)};
  const Recoveries whole = make_recoveries(posts, Day(), day(30));
  CHECK(whole.pains == 4);
  CHECK(whole.later == 3);
  CHECK(whole.complaints == 5);
  const Recoveries late = make_recoveries(posts, posts[1].quote.day, day(30));
  CHECK(late.pains == 2);
  CHECK(late.later == 1);
  CHECK(late.watched == 2);
  CHECK(late.complaints == 3);
  REQUIRE(late.recovered.size() == 1);
  CHECK(late.recovered[0].days == 3.0);
}
