#include "store/audits.h"

#include "store/corrections.h"
#include "store/erasure.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

// 20 complaints and 4 pieces of advocacy, half of each in another language.
void fill(Store& store) {
  std::vector<Sighting> posts;
  for (int i = 0; i < 24; ++i) {
    Sighting one = sighting(std::to_string(i), "It is number " + std::to_string(i),
                            i < 20 ? Tag::complaint : Tag::advocacy);
    if (i % 2 == 0) one.verdict.language = "es";
    posts.push_back(std::move(one));
  }
  put(store, std::move(posts));
}

std::string counts_drawn(Store& store) {
  return ask(store,
             "SELECT a.tag, m.language, count(*) FROM v_audits a JOIN v_mentions m ON m.id = "
             "a.mention WHERE a.audit = (SELECT max(id) FROM audit) GROUP BY 1, 2 ORDER BY 1, 2");
}

}  // namespace

TEST_CASE("as many are drawn of each tag as there are, languages in proportion", "[store]") {
  Store store = open_memory();
  fill(store);
  REQUIRE(draw_audit(store, {}, 12, 1, noon(8)));
  CHECK(counts_drawn(store) == "advocacy|en|2\nadvocacy|es|2\ncomplaint|en|4\ncomplaint|es|4");
  REQUIRE(draw_audit(store, {}, 1000, 1, noon(8)));
  CHECK(ask(store, "SELECT count(*) FROM audit_item WHERE audit = 2") == "24");
}

TEST_CASE("a seed draws the same again, in an order that says nothing of tags", "[store]") {
  Store store = open_memory();
  fill(store);
  const auto ids = [&](std::uint64_t seed) {
    std::vector<MentionId> drawn;
    for (const AuditItem& item :
         value_of(audit_items(store, value_of(draw_audit(store, {}, 8, seed, noon(8))))))
      drawn.push_back(item.mention);
    return drawn;
  };
  const auto first = ids(7);
  CHECK(first == ids(7));
  CHECK(first != ids(8));
}

TEST_CASE("labels are counted by what the rules said, and can be taken back", "[store]") {
  Store store = open_memory();
  fill(store);
  const std::int64_t audit = value_of(draw_audit(store, {}, 24, 1, noon(8)));
  const auto items = value_of(audit_items(store, audit));
  REQUIRE(items.size() == 24);
  for (const AuditItem& item : items)
    REQUIRE(label_audit(store, audit, item.mention, Tag::complaint, "ana", noon(9)));
  REQUIRE(label_audit(store, audit, items[0].mention, std::nullopt, "ana", noon(9)));
  std::int64_t labels = 0;
  for (const AuditCounts& one : value_of(audit_counts(store, audit))) {
    CHECK(one.mentions == (one.tag == Tag::complaint ? 20 : 4));
    labels += one.labels[static_cast<std::size_t>(Tag::complaint)];
  }
  CHECK(labels == 23);
  CHECK(value_of(find_audit(store, audit))->labelled == 23);
  CHECK(label_audit(store, audit, MentionId(5), Tag::other, "ana", noon(9)).error().code ==
        Errc::not_found);
  CHECK(label_audit(store, 9, items[0].mention, Tag::other, "ana", noon(9)).error().code ==
        Errc::not_found);
}

TEST_CASE("what shares leave out, and what a person corrected, is not drawn", "[store]") {
  Store store = open_memory();
  CHECK(draw_audit(store, {}, 5, 1, noon(8)).error().code == Errc::not_found);
  Sighting reply = sighting("1", "Thank you for writing");
  reply.verdict.act = Act::reply;
  put(store, {reply, sighting("2", "It broke"), sighting("3", "It broke, too")});
  const MentionId id = value_of(mentions(store, {})).at(0).id;
  REQUIRE(correct(store, id, Tag::question, {"ana", noon(7), std::nullopt}));
  const std::int64_t audit = value_of(draw_audit(store, {}, 50, 1, noon(8)));
  CHECK(value_of(audit_items(store, audit)).size() <= 2);
  CHECK(draw_audit(store, {BrandId("none"), {}, {}}, 5, 1, noon(8)).error().code ==
        Errc::not_found);
}

TEST_CASE("the latest audit of a brand comes before that of all", "[store]") {
  Store store = open_memory();
  fill(store);
  const std::int64_t of_acme =
      value_of(draw_audit(store, {BrandId("acme"), {}, {}}, 5, 1, noon(8)));
  const std::int64_t of_all = value_of(draw_audit(store, {}, 5, 1, noon(9)));
  CHECK(value_of(latest_audit(store, BrandId("acme"), false))->id == of_acme);
  CHECK(value_of(latest_audit(store, BrandId("none"), false))->id == of_all);
  CHECK(value_of(latest_audit(store, std::nullopt, false))->id == of_all);
  CHECK_FALSE(value_of(latest_audit(store, std::nullopt, true)));
}

TEST_CASE("what is erased leaves its audits", "[store]") {
  Store store = open_memory();
  fill(store);
  REQUIRE(draw_audit(store, {}, 24, 1, noon(8)));
  const auto posts = value_of(posts_at(store, "https://forum.example/post/1"));
  REQUIRE(begin_erasure(store, {"post", noon(8), posts, {}, {}, Afterwards::unwanted, {}, false}));
  CHECK(ask(store, "SELECT count(*) FROM audit_item") == "23");
}
