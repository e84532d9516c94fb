#include "store/ingest.h"

#include "core/digest.h"
#include "store/erasable.h"
#include "store/evidence.h"
#include "store/read_splits.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

TEST_CASE("a new post is stored once, with its mention, verdict and counts", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke after a week");
  s.post.rating = Rating{2.0, 10.0, 0.0};
  s.verdict.themes = {{"quality", Polarity::negative}};
  s.verdict.service = {{"resolution", Polarity::neutral}};
  const IngestCounts counts = put(store, {s});
  CHECK(counts.new_posts == 1);
  CHECK(counts.new_mentions == 1);
  CHECK(ask(store,
            "SELECT brand, source, url, text, tag, polarity, score, act, stage, language, "
            "rating, rating_best, posted_at, collected_at, corrected, copy_of, evidence, "
            "gone_at FROM v_mentions") ==
        "acme|forum|https://forum.example/post/1|The hinge broke after a week|complaint|negative|"
        "-0.7|complain|smot|en|2|10|2026-03-10T12:00:00Z|2026-03-10T17:00:00Z|0|~|~|~");
  CHECK(ask(store, "SELECT * FROM v_daily") ==
        "acme|2026-03-10|1|forum|en|complaint|negative|smot|1|-0.7|1.8|1");
  CHECK(ask(store, "SELECT theme, polarity, mentions FROM v_theme_daily") == "quality|negative|1");
  CHECK(ask(store, "SELECT hour, mentions FROM v_hourly") == "2026-03-10T12:00:00Z|1");
  CHECK(ask(store, "SELECT name, polarity FROM v_themes") == "quality|negative");
  CHECK(ask(store, "SELECT name, polarity FROM v_service") == "resolution|neutral");
  CHECK(faults(store).empty());
}

TEST_CASE("ids in the views are those that the program shows", "[store]") {
  Store store = open_memory();
  const Sighting s = sighting("1", "The hinge broke");
  put(store, {s});
  const PostId post = post_id(s.post);
  CHECK(ask(store, "SELECT id, post FROM v_mentions") ==
        show_key(mention_id(BrandId("acme"), post).value) + "|" + show_key(post.value));
}

TEST_CASE("a post without an address of its own is shown with its page's", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke");
  s.post.url.reset();
  s.post.page_url = "https://forum.example/hinges";
  put(store, {s});
  CHECK(ask(store, "SELECT url FROM v_mentions") == "https://forum.example/hinges");
}

TEST_CASE("batches of one transaction last together, or none of them", "[store]") {
  Store store = open_memory();
  const std::string rules = batch_of({}).rules;
  {
    Ingestion ingestion(store, rules);
    CHECK(
        value_of(ingestion.put(batch_of({sighting("1", "The hinge broke")}))).counts.new_mentions ==
        1);
    // The second says of the first that it was edited, before either has lasted.
    Sighting edited = sighting("1", "The hinge broke, and nobody answers");
    edited.seen_at = noon(48);
    const IngestCounts counts = value_of(ingestion.put(batch_of({edited}))).counts;
    CHECK(counts.edited == 1);
    CHECK(counts.new_mentions == 0);
    CHECK(value_of(ingestion.put(batch_of({sighting("2", "It came late")}))).counts.new_mentions ==
          1);
    CHECK_FALSE(ingestion.is_large());
    CHECK(ingestion.commit().has_value());
  }
  CHECK(ask(store, "SELECT text FROM v_mentions ORDER BY text") ==
        "It came late\nThe hinge broke, and nobody answers");
  CHECK(ask(store, "SELECT sum(mentions) FROM daily") == "2");
  CHECK(faults(store).empty());
  {
    Ingestion ingestion(store, rules);
    CHECK(ingestion.put(batch_of({sighting("3", "It never came")})).has_value());
  }
  CHECK(ask(store, "SELECT count(*) FROM post") == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("a transaction that outgrows the cache says so", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("t.db")));
  Ingestion ingestion(store, batch_of({}).rules);
  constexpr int megabytes = 20;  // the cache has 16
  for (int i = 0; i < megabytes; ++i) {
    const Sighting s = sighting(std::to_string(i), std::string(1 << 20, 'a'));
    CHECK(ingestion.put(batch_of({s})).has_value());
  }
  CHECK(ingestion.is_large());
  CHECK(ingestion.commit().has_value());
  Ingestion next(store, batch_of({}).rules);
  CHECK(next.put(batch_of({sighting("x", "The hinge broke")})).has_value());
  CHECK_FALSE(next.is_large());
}

TEST_CASE("seeing a post again changes nothing", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  Sighting again = sighting("1", "The hinge broke");
  again.seen_at = noon(48);
  const IngestCounts counts = put(store, {again});
  CHECK(counts.unchanged == 1);
  CHECK(counts.new_mentions == 0);
  CHECK(ask(store, "SELECT collected_at FROM v_mentions") == "2026-03-10T17:00:00Z");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("an edit is a revision and moves the counts", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  const IngestCounts counts =
      put(store, {sighting("1", "They replaced it, great now", Tag::advocacy)});
  CHECK(counts.edited == 1);
  CHECK(counts.new_posts == 0);
  CHECK(ask(store, "SELECT text, tag FROM v_mentions") == "They replaced it, great now|advocacy");
  CHECK(ask(store, "SELECT tag, mentions FROM v_daily") == "advocacy|1");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "2");
  CHECK(ask(store, "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'hinge'").empty());
  CHECK(ask(store, "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'replaced'") == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("an edit that is taken back is the first revision again", "[store]") {
  Store store = open_memory();
  for (const char* text : {"one", "two", "three", "one", "two", "two"}) {
    put(store, {sighting("1", text)});
    CHECK(ask(store, "SELECT text FROM v_mentions") == text);
  }
  CHECK(ask(store, "SELECT count(*) FROM revision") == "3");
  const MentionDetail detail = value_of(
      find_mention(store, mention_id(BrandId("acme"), post_id(sighting("1", "").post)).value));
  REQUIRE(detail.revisions.size() == 3);
  CHECK(detail.revisions[0].text == "two");
  CHECK(detail.revisions[1].text == "one");
  CHECK(detail.revisions[2].text == "three");
  CHECK(faults(store).empty());
}

TEST_CASE("a version older than the known one becomes an earlier revision, never the shown one",
          "[store]") {
  Store store = open_memory();
  Sighting edited = sighting("1", "They replaced it, great now", Tag::advocacy);
  edited.as_of = edited.post.edited_at = noon(30);
  put(store, {edited});
  Sighting old = sighting("1", "The hinge broke");
  old.as_of = noon();
  old.seen_at = noon(40);
  for (int i = 0; i < 2; ++i) {
    const IngestCounts counts = put(store, {old});
    CHECK(counts.earlier == (i == 0 ? 1 : 0));
    CHECK(counts.edited == 0);
  }
  Sighting oldest = sighting("1", "It works");
  oldest.seen_at = noon(1);
  CHECK(put(store, {oldest}).earlier == 1);
  CHECK(ask(store, "SELECT text, tag FROM v_mentions") == "They replaced it, great now|advocacy");
  const MentionDetail detail =
      value_of(find_mention(store, mention_id(BrandId("acme"), post_id(old.post)).value));
  REQUIRE(detail.revisions.size() == 3);
  CHECK(detail.revisions[1].text == "The hinge broke");
  CHECK(detail.revisions[2].text == "It works");
  CHECK(faults(store).empty());
}

TEST_CASE("of two versions without a date of edit the one seen last is the newest", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge holds")});
  Sighting old = sighting("1", "The hinge broke");
  old.seen_at = noon(4);
  CHECK(put(store, {old}).earlier == 1);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "The hinge holds");
  Sighting without = old;
  without.post.text = "No name of any brand";
  without.brands.clear();
  Batch batch = batch_of({});
  batch.answers[0].unnamed = {without};
  CHECK(value_of(ingest(store, batch)).edited == 0);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "The hinge holds");
  CHECK(faults(store).empty());
}

TEST_CASE("a changed rating alone is an edit", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "Fine");
  s.post.rating = Rating{3.0, 5.0, 1.0};
  put(store, {s});
  s.post.rating = Rating{5.0, 5.0, 1.0};
  s.prepared.reset();
  CHECK(put(store, {s}).edited == 1);
  CHECK(ask(store, "SELECT rating_sum, rated FROM v_daily") == "5|1");
}

TEST_CASE("each brand has its own tag and score for one post", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "Acme is far better than Globex");
  s.brands = {{BrandId("acme"), Tag::advocacy, 0.8}, {BrandId("globex"), Tag::complaint, -0.5}};
  CHECK(put(store, {s}).new_mentions == 2);
  CHECK(ask(store, "SELECT brand, tag, score FROM v_mentions ORDER BY brand") ==
        "acme|advocacy|0.8\nglobex|complaint|-0.5");
  CHECK(ask(store, "SELECT brand, tag, mentions FROM v_daily ORDER BY brand") ==
        "acme|advocacy|1\nglobex|complaint|1");
  MentionFilter filter;
  filter.query = "better tag:complaint";
  const auto found = value_of(mentions(store, filter));
  REQUIRE(found.size() == 1);
  CHECK(found[0].brand == BrandId("globex"));
}

TEST_CASE("a post seen for another brand gains a mention and loses none", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "Acme and Globex");
  put(store, {s});
  s.brands = {{BrandId("globex"), Tag::complaint, -0.7}};
  s.prepared.reset();
  CHECK(put(store, {s}).new_mentions == 1);
  CHECK(ask(store, "SELECT brand FROM v_mentions ORDER BY brand") == "acme\nglobex");
  CHECK(faults(store).empty());
}

TEST_CASE("a post whose edit names a brand no more is no mention of it", "[store]") {
  Store store = open_memory();
  Sighting both = sighting("1", "Acme broke, Globex did not");
  both.brands = {{BrandId("acme"), Tag::complaint, -0.7}, {BrandId("globex"), Tag::other, 0.0}};
  put(store, {both, sighting("2", "Globex is near the station")});
  Sighting edit = sighting("1", "Globex did not break");
  edit.brands = {{BrandId("globex"), Tag::advocacy, 0.7}};
  CHECK(put(store, {edit}).edited == 1);
  CHECK(ask(store, "SELECT brand, text FROM v_mentions WHERE text LIKE '%break'") ==
        "globex|Globex did not break");
  CHECK(faults(store).empty());

  Answer answer;
  answer.unnamed = {sighting("1", "Never mind"), sighting("9", "Nobody knows this one")};
  for (Sighting& one : answer.unnamed) one.brands.clear();
  const auto unname = [&] {
    Batch batch = batch_of({});
    batch.answers = {answer};
    return value_of(ingest(store, std::move(batch)));
  };
  const IngestCounts counts = unname();
  CHECK(counts.edited == 1);
  CHECK(counts.new_posts == 0);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "Globex is near the station");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  MentionFilter filter;
  filter.query = "break";
  CHECK(value_of(mentions(store, filter)).empty());
  CHECK(ask(store, "SELECT count(*) FROM revision") == "4");
  CHECK(find_evidence(store, post_id(edit.post).value));
  CHECK(find_evidence(store, 5).error().code == Errc::not_found);
  CHECK(faults(store).empty());
  CHECK(unname().edited == 0);

  CHECK(put(store, {edit}).new_mentions == 1);
  CHECK(ask(store, "SELECT brand, tag FROM v_mentions WHERE text LIKE '%break'") ==
        "globex|advocacy");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "4");
  CHECK(faults(store).empty());
  const IngestCounts same = [&] {
    answer.unnamed = {edit};
    answer.unnamed[0].brands.clear();
    return unname();
  }();
  CHECK(same.edited == 0);
  CHECK(ask(store, "SELECT count(*) FROM v_mentions") == "2");
}

TEST_CASE("a post without an id that names its brand no more is told by author and date",
          "[store]") {
  Store store = open_memory();
  const auto nameless = [](std::string text, std::optional<std::string> author) {
    Sighting s = sighting("", std::move(text));
    s.post.external_id.reset();
    s.post.author = std::move(author);
    s.post.posted_at_written = "2 November";
    return s;
  };
  put(store, {nameless("Acme broke", "Ana"), nameless("Acme leaks", std::nullopt)});
  const auto unname = [&](std::vector<Sighting> unnamed) {
    Answer answer;
    answer.unnamed = std::move(unnamed);
    for (Sighting& one : answer.unnamed) one.brands.clear();
    Batch batch = batch_of({});
    batch.answers = {answer};
    return value_of(ingest(store, std::move(batch))).edited;
  };
  CHECK(unname({nameless("Never mind", std::nullopt)}) == 0);
  CHECK(unname({nameless("Never mind", "Ana"), nameless("Hello", "Ana")}) == 0);
  CHECK(ask(store, "SELECT count(*) FROM v_mentions") == "2");
  CHECK(unname({nameless("Never mind", "Ana")}) == 1);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "Acme leaks");
  CHECK(faults(store).empty());
}

TEST_CASE("unknown is NULL: an unclassified post without a date", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "これは何ですか");
  s.post.posted_at.reset();
  s.post.author.reset();
  s.dated = false;
  s.day = day_at(s.seen_at);
  s.verdict = Verdict{};
  s.verdict.language = "ja";
  s.brands = {{BrandId("acme"), std::nullopt, 0.0}};
  put(store, {s});
  CHECK(ask(store,
            "SELECT posted_at, author, tag, polarity, score, confidence, act, stage, intent, "
            "degree, language FROM v_mentions") == "~|~|~|~|~|~|~|~|~|~|ja");
  CHECK(ask(store, "SELECT dated, tag, polarity, stage, mentions, score_sum FROM v_daily") ==
        "0|~|~|~|1|0");
  CHECK(faults(store).empty());
}

TEST_CASE("authors are stored as pseudonyms that differ by database and source", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  const std::string pseudonym_here = value_of(pseudonym(store, SourceId("forum"), "ANA"));
  CHECK(pseudonym_here.size() == 16);
  CHECK(ask(store, "SELECT author FROM v_mentions") == pseudonym_here);
  CHECK(pseudonym_here != value_of(pseudonym(store, SourceId("blog"), "Ana")));
  Store other = open_memory();
  CHECK(pseudonym_here != value_of(pseudonym(other, SourceId("forum"), "Ana")));
}

TEST_CASE("the newest facts of a known post are kept: reach, the answer to it, its return",
          "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke");
  s.post.reach = 3;
  put(store, {s});
  Batch leaving = batch_of({});
  leaving.answers[0].departures.push_back({post_id(s.post), noon(10)});
  CHECK(value_of(ingest(store, leaving)).departed == 1);
  CHECK(value_of(ingest(store, leaving)).departed == 0);
  CHECK(ask(store, "SELECT gone_at, reach FROM v_mentions") == "2026-03-10T22:00:00Z|3");
  CHECK(ask(store, "SELECT mentions FROM v_daily") == "1");
  s.post.reach = 8;
  s.post.owner_reply_at = noon(20);
  CHECK(put(store, {s}).unchanged == 1);
  CHECK(ask(store, "SELECT gone_at, reach, owner_reply_at FROM v_mentions") ==
        "~|8|2026-03-11T08:00:00Z");
}

TEST_CASE("a date that becomes known moves the post to its day", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke");
  s.post.posted_at.reset();
  s.dated = false;
  put(store, {s});
  CHECK(ask(store, "SELECT day, dated FROM v_daily") == "2026-03-10|0");
  s.post.posted_at = noon(-48);
  s.dated = true;
  s.day = day_at(noon(-48));
  put(store, {s});
  CHECK(ask(store, "SELECT day, dated FROM v_daily") == "2026-03-08|1");
  CHECK(faults(store).empty());
}

TEST_CASE("a post that its source's terms make us erase leaves nothing behind", "[store]") {
  Store store = open_memory();
  const Sighting s = sighting("1", "The hinge broke");
  put(store, {s, sighting("2", "Fine")});
  put(store, {sighting("1", "The hinge broke again")});
  Batch leaving = batch_of({});
  leaving.answers[0].departures.push_back({post_id(s.post), noon(10), true});
  CHECK(value_of(ingest(store, leaving)).departed == 1);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "Fine");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(ask(store, "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'hinge'").empty());
  CHECK(faults(store).empty());
}

TEST_CASE("new rules give a known text a new verdict beside the old one", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  Batch batch = batch_of({sighting("1", "The hinge broke", Tag::mixed)});
  batch.rules = "sha256:newer";
  CHECK(value_of(ingest(store, batch)).unchanged == 1);
  CHECK(ask(store, "SELECT tag FROM v_mentions") == "mixed");
  CHECK(ask(store, "SELECT tag, mentions FROM v_daily") == "mixed|1");
  CHECK(ask(store, "SELECT count(*) FROM verdict") == "2");
  CHECK(faults(store).empty());
}

TEST_CASE("reasons come back as they went in and the view quotes them", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "Țeapă totală, nu recomand");
  s.post.title = "Dezamăgit";
  s.verdict.why = {
      {Axis::tag, "complaint", "ro.bias.complaint", Field::text, std::nullopt, -0.25},
      {Axis::tag, "complaint", "ro.lex.teapa", Field::text, TextSpan{0, 7}, 2.5},
      {Axis::act, "warn", "ro.act.nu-recomand", Field::text, TextSpan{17, 28}, 3.0},
      {Axis::polarity, "negative", "ro.lex.dezamagit", Field::title, TextSpan{0, 10}, 1.1},
      {Axis::polarity, "negative", "rating", Field::rating, std::nullopt, 0.1}};
  s.verdict.durations = {{1209600, "waiting", TextSpan{1, 3}}};
  s.verdict.cycle = {{"closing", Polarity::negative}};
  put(store, {s});
  CHECK(ask(store,
            "SELECT axis, value, rule, field, \"begin\", \"end\", quote, contribution "
            "FROM v_why ORDER BY rule") ==
        "polarity|negative|rating|rating|~|~|~|0.1\n"
        "act|warn|ro.act.nu-recomand|text|17|28|nu recomand|3\n"  // bytes, not characters
        "tag|complaint|ro.bias.complaint|text|~|~|~|-0.25\n"
        "polarity|negative|ro.lex.dezamagit|title|0|10|Dezamăgit|1.1\n"
        "tag|complaint|ro.lex.teapa|text|0|7|Țeapă|2.5");
  const MentionDetail detail =
      value_of(find_mention(store, mention_id(BrandId("acme"), post_id(s.post)).value));
  CHECK(detail.verdict.why.size() == 5);
  for (const Reason& reason : s.verdict.why) {
    CHECK(std::count(detail.verdict.why.begin(), detail.verdict.why.end(), reason) == 1);
  }
  CHECK(detail.verdict.durations == s.verdict.durations);
  CHECK(detail.verdict.cycle == s.verdict.cycle);
  CHECK(detail.rules == "sha256:rules");
}

TEST_CASE("reasons without words are kept once for all texts of a language", "[store]") {
  Store store = open_memory();
  Sighting one = sighting("1", "The hinge broke");
  one.verdict.why = {
      {Axis::tag, "complaint", "en.bias.complaint", Field::text, std::nullopt, -0.25}};
  Sighting two = sighting("2", "So did mine");
  two.verdict.why = one.verdict.why;
  put(store, {one, two});
  CHECK(ask(store, "SELECT count(*) FROM shared_reasons") == "1");
  CHECK(ask(store, "SELECT count(*) FROM v_why") == "2");
}

TEST_CASE("reasons that look at sums stay the text's own", "[store]") {
  Store store = open_memory();
  Sighting one = sighting("1", "The hinge broke");
  one.verdict.why = {
      {Axis::tag, "complaint", "en.bias.complaint", Field::text, std::nullopt, -0.25},
      {Axis::tag, "mixed", "en.bias.mixed", Field::sums, std::nullopt, 1.5},
      {Axis::act, "report", "en.bias.balanced", Field::sums, std::nullopt, 1.2},
      {Axis::polarity, "mixed", "en.bias.polarity-mixed", Field::sums, std::nullopt, 2.4}};
  Sighting two = sighting("2", "So did mine");
  two.verdict.why = one.verdict.why;
  two.verdict.why[1].contribution = 3.0;
  put(store, {one, two});
  CHECK(ask(store, "SELECT count(*) FROM shared_reasons") == "1");
  // The tags' sum and that of polarity are told apart: one of them came again.
  CHECK(ask(store, "SELECT json_array_length(rows), count(*) FROM firing GROUP BY 1") ==
        "1|3\n2|1");
  CHECK(ask(store,
            "SELECT rule, field, contribution, count(*) FROM v_why GROUP BY 1, 2, 3 "
            "ORDER BY 1, 3") ==
        "en.bias.balanced|sums|1.2|2\nen.bias.complaint|text|-0.25|2\nen.bias.mixed|sums|1.5|1\nen."
        "bias.mixed|sums|3|1\n"
        "en.bias.polarity-mixed|sums|2.4|2");
}

TEST_CASE("what several rules give at one place is kept as one", "[store]") {
  Store store = open_memory();
  Sighting s = sighting("1", "The hinge broke");
  s.verdict.why = {{Axis::theme, "quality", "en.theme.hinge", Field::text, TextSpan{4, 9}, 1.0},
                   {Axis::tag, "complaint", "en.lex.hinge", Field::text, TextSpan{4, 9}, 2.0},
                   {Axis::tag, "complaint", "en.lex.broke", Field::text, TextSpan{10, 15}, 3.0}};
  put(store, {s});
  // The first two numbers are the firing's, then where it begins behind the last, and its length.
  CHECK(ask(store, "SELECT hex(why) FROM verdict") == "0102050701030707");
  CHECK(ask(store, "SELECT rule, quote, contribution FROM v_why ORDER BY contribution") ==
        "en.theme.hinge|hinge|1\nen.lex.hinge|hinge|2\nen.lex.broke|broke|3");
}

TEST_CASE("a reason far back in a long text is found again", "[store]") {
  Store store = open_memory();
  const std::string before(60'000, '.');
  Sighting s = sighting("1", before + "hinge broke");
  s.verdict.why = {
      {Axis::tag, "complaint", "en.lex.hinge", Field::text, TextSpan{60'000, 60'005}, 2.0},
      {Axis::tag, "complaint", "en.lex.broke", Field::text, TextSpan{60'006, 60'011}, 3.0}};
  put(store, {s});
  CHECK(ask(store, "SELECT \"begin\", \"end\", quote FROM v_why ORDER BY contribution") ==
        "60000|60005|hinge\n60006|60011|broke");
  const auto detail =
      value_of(find_mention(store, mention_id(BrandId("acme"), post_id(s.post)).value));
  REQUIRE(detail.verdict.why.size() == 2);
  CHECK(detail.verdict.why[1].span == TextSpan{60'006, 60'011});
}

TEST_CASE("the address of a page is kept once for the posts that an answer brought", "[store]") {
  Store store = open_memory();
  const std::string page = "https://forum.example/1";
  std::vector<Sighting> brought;
  for (const char* url : {"", "#p2", "/2", "#"}) {
    Sighting& s = brought.emplace_back(sighting("r" + std::string(url), "The hinge broke"));
    s.post.page_url = page;
    s.post.url = page + url;
  }
  brought.emplace_back(sighting("none", "It holds")).post.page_url = page;
  brought.back().post.url.reset();
  put(store, brought);
  CHECK(ask(store, "SELECT count(*) FROM post_page") == "1");
  CHECK(ask(store, "SELECT quote(url) FROM post ORDER BY id") ==
        "''\n'#p2'\n'https://forum.example/1/2'\n'#'\nNULL");
  CHECK(ask(store, "SELECT url FROM v_mentions ORDER BY url") ==
        page + "\n" + page + "\n" + page + "#\n" + page + "#p2\n" + page + "/2");
  CHECK(value_of(posts_at(store, page)).size() == 1);
  CHECK(value_of(posts_at(store, page + "#p2")).size() == 1);
  CHECK(value_of(posts_at(store, page + "/2")).size() == 1);
}

TEST_CASE("reasons are told apart when other rules stand where the first ones stood", "[store]") {
  Store store = open_memory();
  std::string rule = "en.lex.first";
  Sighting one = sighting("1", "The hinge broke");
  one.verdict.why = {{Axis::tag, "complaint", rule, Field::text, TextSpan{4, 9}, 2.0},
                     {Axis::tag, "complaint", rule, Field::text, std::nullopt, 0.5}};
  one.verdict.names = std::make_shared<int>(1);
  put(store, {one});
  rule = "en.lex.other";
  Sighting two = sighting("2", "The hinge held");
  two.verdict.why = one.verdict.why;
  two.verdict.names = std::make_shared<int>(2);
  put(store, {two});
  CHECK(ask(store, "SELECT rule, count(*) FROM v_why GROUP BY rule") ==
        "en.lex.first|2\nen.lex.other|2");
}

TEST_CASE("strange text survives: quotes, NUL, tabs in a theme of the brand's own", "[store]") {
  Store store = open_memory();
  const std::string text("a \"quoted\" \\ text with \0 in it", 30);
  Sighting s = sighting("1", text);
  s.verdict.themes = {{"size \"XL\"\\\t\n", Polarity::mixed}};
  put(store, {s});
  CHECK(value_of(mentions(store, {}))[0].text == text);
  CHECK(ask(store, "SELECT name FROM v_themes") == "size \"XL\"\\\t\n");
  CHECK(faults(store).empty());
}

TEST_CASE("evidence is kept with the revision that was read from it", "[store]") {
  Store store = open_memory();
  Batch batch = batch_of({sighting("1", "The hinge broke"), sighting("2", "Fine")});
  batch.answers[0].evidence = EvidenceRef{"a-0001.warc.gz", 4711, 900, "sha256:feed"};
  batch.answers[0].evidence_url = "https://forum.example/thread/1";
  batch.answers[0].fetched_at = noon(5);
  REQUIRE(ingest(store, batch));
  CHECK(ask(store, "SELECT DISTINCT evidence FROM v_mentions") == "a-0001.warc.gz:4711");
  const MentionDetail detail = value_of(
      find_mention(store, mention_id(BrandId("acme"), post_id(sighting("1", "").post)).value));
  REQUIRE(detail.evidence);
  CHECK(detail.evidence->where == *batch.answers[0].evidence);
  CHECK(detail.evidence->url == "https://forum.example/thread/1");
  CHECK(detail.evidence->fetched_at == noon(5));
  int records = 0;
  REQUIRE(for_each_evidence(store, [&](const EvidenceRow&) { return ++records > 0; }));
  CHECK(records == 1);
}

TEST_CASE("stars are counted beside their sum, halves up, and read by day, theme and hour",
          "[store]") {
  Store store = open_memory();
  std::vector<Sighting> posts;
  for (const double stars : {1.0, 3.5, 5.0, 5.0}) {
    Sighting s = sighting(std::to_string(posts.size()), "Words");
    s.post.rating = Rating{stars, 5.0, 1.0};
    s.verdict.themes = {{"price", Polarity::negative}};
    posts.push_back(s);
  }
  posts.push_back(sighting("unrated", "Words"));
  put(store, posts);
  const StarCounts expected = {1, 0, 0, 1, 2};
  const auto days = value_of(daily(store, {}));
  REQUIRE(days.size() == 1);
  CHECK(days[0].stars == expected);
  CHECK(days[0].rated == 4);
  CHECK(value_of(split_days(store, KeptSplit::theme, {})).at(0).stars == expected);
  const std::int64_t hour = to_unix_ms(noon()) / 3'600'000;
  const auto hours = value_of(hourly(store, {}, hour, hour + 1));
  REQUIRE(hours.size() == 1);
  CHECK(hours[0].stars == expected);
  CHECK(hours[0].hour == hour);
  CHECK(hours[0].day == day_at(noon()));
  CHECK(value_of(hourly(store, {}, hour + 1, hour + 5)).empty());
  CHECK(value_of(first_hour(store)) >= hour - 35 * 24);
  posts[1].post.rating = Rating{2.0, 5.0, 1.0};
  put(store, {posts[1]});
  CHECK(value_of(daily(store, {})).at(0).stars == StarCounts{1, 1, 0, 0, 2});
  CHECK(faults(store).empty());
}

TEST_CASE("hourly counts reach back 35 days and no further", "[store]") {
  Store store = open_memory();
  Sighting old = sighting("1", "Long ago");
  old.post.posted_at = noon(-24 * 40);
  old.day = day_at(noon(-24 * 40));
  put(store, {old, sighting("2", "Today")});
  CHECK(ask(store, "SELECT count(*) FROM v_hourly") == "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "2");
  Batch later = batch_of({});
  later.now = noon(24 * 36);
  REQUIRE(ingest(store, later));
  CHECK(ask(store, "SELECT count(*) FROM v_hourly") == "0");
  // An edit of a post whose hour has left the window takes nothing from it.
  put(store, {sighting("2", "Today, edited")});
  CHECK(ask(store, "SELECT count(*) FROM v_hourly") == "0");
  CHECK(faults(store).empty());
}

TEST_CASE("a run counts its pages, posts and new mentions, and the ledger adds up", "[store]") {
  Store store = open_memory();
  const RunId run = value_of(begin_run(store, noon(), "sha256:rules"));
  CoverageCounts seen;
  seen.brand = BrandId("acme");
  seen.source = SourceId("forum");
  seen.asked = 1;
  seen.allowed = 1;
  seen.items = 20;
  seen.left_out = 3;
  seen.reasons = {{"http 403", 1}};
  Batch batch = batch_of({sighting("1", "The hinge broke")});
  batch.run = run;
  batch.answers[0].coverage = seen;
  batch.answers[0].evidence = EvidenceRef{"a.warc.gz", 0, 10, "sha256:00"};
  batch.answers.push_back(batch.answers[0]);
  REQUIRE(ingest(store, batch));
  seen.capped = 2;
  seen.reasons = {{"http 403", 2}, {"max_pages", 2}};
  REQUIRE(add_coverage(store, run, seen));
  REQUIRE(end_run(store, run, noon(1), 5));
  CHECK(ask(store, "SELECT * FROM v_runs") ==
        "1|2026-03-10T12:00:00Z|2026-03-10T13:00:00Z|5|2|2|1|sha256:rules");
  CHECK(ask(store, "SELECT * FROM v_coverage") == "1|acme|forum|3|3|0|0|2|0|0|0|60|9");
  CHECK(ask(store, "SELECT * FROM v_coverage_reasons ORDER BY reason") ==
        "1|acme|forum|http 403|4\n1|acme|forum|max_pages|2");
  const auto ledger = value_of(coverage(store, run));
  REQUIRE(ledger.size() == 1);
  CHECK(ledger[0].asked == 3);
  CHECK(ledger[0].items == 60);
  CHECK(ledger[0].left_out == 9);
  CHECK(ledger[0].reasons ==
        std::map<std::string, std::int64_t>{{"http 403", 4}, {"max_pages", 2}});
  CHECK(value_of(runs(store))[0].exit == 5);
}

TEST_CASE("a run looked back as far as its lists go, an import between its posts", "[store]") {
  Store store = open_memory();
  const auto looked = [&](std::vector<Answer> answers) {
    Batch batch = batch_of({});
    batch.run = value_of(begin_run(store, noon(), "sha256:rules"));
    batch.answers = std::move(answers);
    REQUIRE(ingest(store, batch));
    const RunRow run = value_of(runs(store)).at(0);
    return std::pair(run.looked_from, run.looked_to);
  };
  using Look = std::pair<std::optional<UtcTime>, std::optional<UtcTime>>;
  Answer thread;
  thread.request = RequestKey{1};
  thread.page = PageState{};
  thread.fetched_at = noon(3);
  Answer list = thread;
  list.looks_back_to = noon(-72);
  Answer failed = thread;
  failed.page.reset();
  failed.looks_back_to = noon(-500);
  CHECK(looked({}) == Look{});
  CHECK(looked({failed}) == Look{});
  CHECK(looked({thread, failed}) == Look{noon(3), noon(3)});
  CHECK(looked({list, thread}) == Look{noon(-72), noon(3)});
  Answer file;
  file.posts = {sighting("1", "It broke"), sighting("2", "It broke, too")};
  file.posts[1].post.posted_at = noon(-48);
  CHECK(looked({file}) == Look{noon(-48), noon()});
}
