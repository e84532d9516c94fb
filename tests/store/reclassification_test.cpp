#include "store/reclassification.h"

#include "store/corrections.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const RejudgeFilter all{std::nullopt, std::nullopt, std::nullopt, ""};
const RejudgeFilter left{std::nullopt, std::nullopt, std::nullopt, "sha256:new"};

// The verdict of another version of the rules.
Rejudged as(const JudgedPost& post, Tag tag) {
  Rejudged again{post.row, post.revision, sighting("x", "x", tag).verdict, {}};
  for (const JudgedMention& mention : post.mentions)
    again.brands.push_back({mention.brand, tag, again.verdict.score});
  return again;
}

std::int64_t rejudge_all(Store& store, Tag tag) {
  std::vector<Rejudged> again;
  for (const JudgedPost& post : value_of(posts_to_judge(store, left, 0, 100)))
    again.push_back(as(post, tag));
  return value_of(put_verdicts(store, "sha256:new", again, noon(8)));
}

}  // namespace

TEST_CASE("posts come with their newest text and what it was judged to be", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "It broke"), sighting("2", "It is fine", Tag::advocacy)});
  put(store, {sighting("1", "It broke again")});
  const auto posts = value_of(posts_to_judge(store, all, 0, 100));
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].post.text == "It broke again");
  CHECK(posts[0].mentions[0].tag == Tag::complaint);
  CHECK(posts[0].mentions[0].polarity == Polarity::negative);
  CHECK(value_of(posts_to_judge(store, all, posts[0].row, 100)).size() == 1);
  CHECK(value_of(posts_to_judge(store, all, 0, 1)).size() == 1);
  CHECK(value_of(count_posts_to_judge(store, all)) == 2);
  CHECK(value_of(count_posts_to_judge(store, {BrandId("none"), {}, {}, ""})) == 0);
  CHECK(value_of(verdict_of(store, posts[1])).tag == Tag::advocacy);
}

TEST_CASE("new verdicts change tags, sums and full text, and the old ones stay", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "It broke"), sighting("2", "It broke, too")});
  CHECK(rejudge_all(store, Tag::advocacy) == 2);
  CHECK(ask(store, "SELECT tag, sum(mentions) FROM v_daily GROUP BY tag") == "advocacy|2");
  MentionFilter filter;
  filter.query = "tag:advocacy broke";
  CHECK(value_of(mentions(store, filter)).size() == 2);
  CHECK(ask(store, "SELECT rules, current, tag, count(*) FROM v_verdicts GROUP BY 1, 2, 3") ==
        "sha256:new|1|advocacy|2\nsha256:rules|0|complaint|2");
  CHECK(value_of(posts_to_judge(store, left, 0, 100)).empty());
  CHECK(faults(store).empty());
}

TEST_CASE("what a person said outlasts new rules", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "It broke")});
  const MentionId id = value_of(mentions(store, {})).at(0).id;
  REQUIRE(correct(store, id, Tag::question, {"ana", noon(7), std::nullopt}));
  CHECK(rejudge_all(store, Tag::advocacy) == 0);
  CHECK(ask(store, "SELECT tag, corrected FROM v_mentions") == "question|1");
  CHECK(value_of(count_posts_to_judge(store, left)) == 0);
  CHECK(faults(store).empty());
}

TEST_CASE("a post that was edited or got a brand meanwhile is left to the next call", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "It broke"), sighting("2", "It broke, too")});
  std::vector<Rejudged> again;
  for (const JudgedPost& post : value_of(posts_to_judge(store, left, 0, 100)))
    again.push_back(as(post, Tag::advocacy));
  put(store, {sighting("1", "It broke, I say")});
  Sighting also = sighting("2", "It broke, too");
  also.brands.push_back({BrandId("globex"), Tag::complaint, -0.7});
  put(store, {also});
  CHECK(value_of(put_verdicts(store, "sha256:new", again, noon(8))) == 0);
  CHECK(value_of(count_posts_to_judge(store, left)) == 2);
  CHECK(faults(store).empty());
}

TEST_CASE("copies are judged, too, and still counted in no share", "[store]") {
  Store store = open_memory();
  Sighting copy = sighting("9", "The kettle broke after two days and nobody answers my letters");
  put(store, {sighting("1", copy.post.text)});
  copy.post.source = SourceId("news");
  copy.post.page_url = "https://news.example/";
  copy.post.posted_at = noon(1);
  put(store, {copy});
  CHECK(rejudge_all(store, Tag::advocacy) == 2);
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(faults(store).empty());
}
