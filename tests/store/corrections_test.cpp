#include "store/corrections.h"

#include "store/reclassification.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

Corrector ana() { return {"ana", noon(1), "irony"}; }

MentionId only_mention(Store& store) { return value_of(mentions(store, {})).at(0).id; }

std::string found(Store& store, std::string query) {
  MentionFilter filter;
  filter.query = std::move(query);
  return std::to_string(value_of(mentions(store, filter)).size());
}

std::string tags(Store& store) {
  return ask(store, "SELECT tag, corrected FROM v_mentions") + " " +
         ask(store, "SELECT tag, mentions FROM v_daily") + " " + found(store, "tag:complaint") +
         found(store, "tag:other");
}

}  // namespace

TEST_CASE("a correction reaches the row, the sums and the full text, with who and when",
          "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "What a great idea to break on day one")});
  const MentionId id = only_mention(store);
  CHECK(tags(store) == "complaint|0 complaint|1 10");
  const Correction made = value_of(correct(store, id, Tag::other, ana()));
  CHECK(made.was == Tag::complaint);
  CHECK(tags(store) == "other|1 other|1 01");
  CHECK(ask(store, "SELECT at, person, note, was, tag, undone FROM v_corrections") ==
        "2026-03-10T13:00:00Z|ana|irony|complaint|other|0");
  const auto shown = value_of(find_mention(store, id.value)).correction;
  REQUIRE(shown);
  CHECK(shown->tag == Tag::other);
  CHECK(shown->person == "ana");
  CHECK(shown->note == "irony");
  CHECK(faults(store).empty());
}

TEST_CASE("an undone correction leaves what the rules said", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "What a great idea to break on day one")});
  const MentionId id = only_mention(store);
  CHECK(undo_correction(store, id, ana()).error().code == Errc::not_found);
  REQUIRE(correct(store, id, Tag::other, ana()));
  REQUIRE(correct(store, id, Tag::mixed, ana()));
  CHECK(value_of(find_mention(store, id.value)).correction->tag == Tag::mixed);
  CHECK(value_of(undo_correction(store, id, ana())).tag == Tag::complaint);
  CHECK_FALSE(value_of(find_mention(store, id.value)).correction);
  CHECK(tags(store) == "complaint|0 complaint|1 10");
  CHECK(ask(store, "SELECT count(*), sum(undone) FROM v_corrections") == "3|1");
  CHECK(faults(store).empty());
}

TEST_CASE("a corrected mention that is seen again stays corrected, edited it does not", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "What a great idea to break on day one")});
  REQUIRE(correct(store, only_mention(store), Tag::other, ana()));
  put(store, {sighting("1", "What a great idea to break on day one")});
  CHECK(ask(store, "SELECT tag, corrected FROM v_mentions") == "other|1");
  put(store, {sighting("1", "It broke on day one, nobody answers")});
  CHECK(ask(store, "SELECT tag, corrected FROM v_mentions") == "complaint|0");
}

TEST_CASE("an undone correction leaves what newer rules say", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "What a great idea to break on day one")});
  const MentionId id = only_mention(store);
  REQUIRE(correct(store, id, Tag::other, ana()));
  const auto posts = value_of(posts_to_judge(store, {{}, {}, {}, "sha256:new"}, 0, 9));
  REQUIRE(posts.size() == 1);
  const Sighting said = sighting("1", "", Tag::advocacy);
  const Rejudged again{posts[0].row, posts[0].revision, said.verdict, said.brands};
  CHECK(put_verdicts(store, "sha256:new", std::vector{again}, noon(2)) == 0);
  CHECK(ask(store, "SELECT tag, corrected, score FROM v_mentions") == "other|1|0.7");
  CHECK(faults(store).empty());
  CHECK(value_of(undo_correction(store, id, ana())).tag == Tag::advocacy);
  CHECK(ask(store, "SELECT tag, corrected, score, polarity FROM v_mentions") ==
        "advocacy|0|0.7|positive");
  CHECK(faults(store).empty());
}

TEST_CASE("who is not there cannot be corrected, and nothing changes", "[store]") {
  Store store = open_memory();
  CHECK(correct(store, MentionId(5), Tag::other, ana()).error().code == Errc::not_found);
  CHECK(ask(store, "SELECT count(*) FROM correction") == "0");
}

TEST_CASE("an erased post takes its corrections with it", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "What a great idea to break on day one")});
  REQUIRE(correct(store, only_mention(store), Tag::other, ana()));
  Answer answer;
  answer.departures.push_back({value_of(mentions(store, {})).at(0).post, noon(2), true});
  Batch batch = batch_of({});
  batch.answers.push_back(std::move(answer));
  REQUIRE(ingest(store, std::move(batch)));
  CHECK(ask(store, "SELECT count(*) FROM correction") == "0");
}
