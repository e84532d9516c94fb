#include "app/import_rows.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

#include "app/import_dates.h"
#include "app/import_words.h"
#include "app/rule_book.h"

using namespace testigo;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

// A file that goes when the test does.
struct Scratch {
  std::string path;
  Scratch(const std::string& name, std::string_view bytes) : path(std::tmpnam(nullptr) + name) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::remove(path.c_str()); }
};

const app::ImportPresets& presets() {
  static const app::RuleBook book =
      *app::load_rule_book(*app::rule_files(embedded_files(), std::nullopt));
  return book.import_presets;
}

struct Read {
  app::ImportPlan plan;
  std::vector<app::ImportRow> rows;
  std::vector<Result<Post>> posts;
  Result<void> scale;  // whether the ratings keep to it
};

Read read_all(const app::ImportOptions& options) {
  auto reader = app::open_import(options, presets());
  INFO((reader ? "" : describe(reader.error())));
  REQUIRE(reader.has_value());
  Read read;
  while (true) {
    auto row = (*reader)->next();
    REQUIRE(row.has_value());
    if (!*row) break;
    read.rows.push_back(std::move(**row));
  }
  app::ImportSurvey survey((*reader)->plan());
  for (const app::ImportRow& row : read.rows) survey.see(row);
  survey.learn_order((*reader)->plan());
  read.scale = survey.check_scale();
  read.plan = (*reader)->plan();
  for (const app::ImportRow& row : read.rows)
    read.posts.push_back(app::post_of(row, read.plan, noon));
  return read;
}

Read read_bytes(const std::string& name, std::string_view bytes, app::ImportOptions options = {}) {
  const Scratch file(name, bytes);
  options.file = file.path;
  return read_all(options);
}

Error refusal(const std::string& name, std::string_view bytes, app::ImportOptions options = {}) {
  const Scratch file(name, bytes);
  options.file = file.path;
  auto reader = app::open_import(options, presets());
  REQUIRE_FALSE(reader.has_value());
  return reader.error();
}

std::string utf16le(std::string_view ascii_or_latin1) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii_or_latin1) out.append(1, c).append(1, '\0');
  return out;
}

}  // namespace

TEST_CASE("a Message-ID that another author used is not theirs", "[app]") {
  const auto mail = [](const std::string& from, const std::string& words) {
    return "From x@a.example Thu Apr  3 10:00:00 2025\nFrom: " + from +
           "\nMessage-ID: <1@a.example>\nDate: Thu, 3 Apr 2025 10:00:00 +0000\nSubject: "
           "Kettle\n\n" +
           words + "\n\n";
  };
  const Read read = read_bytes(".mbox", mail("ana@a.example", "It leaks.") +
                                            mail("bo@a.example", "It does not.") +
                                            mail("ana@a.example", "It leaks a lot."));
  REQUIRE(read.posts.size() == 3);
  CHECK(read.posts[0]->external_id == "1@a.example");
  CHECK(read.posts[1]->external_id.value().starts_with("row:"));
  CHECK(read.posts[2]->external_id == "1@a.example");
}

TEST_CASE("the column that tells a score's group is not the score", "[app]") {
  app::ImportOptions options;
  options.preset = "nps";
  const Read read = read_bytes(
      ".csv",
      "How likely are you to recommend us? - Group,How likely are you to recommend us?,Why?\n"
      "Promoter,9,It saves me hours\n",
      options);
  REQUIRE(read.posts.size() == 1);
  REQUIRE(read.posts[0]);
  CHECK(read.posts[0]->rating->value == 9.0);
}

TEST_CASE("of several questions the one for a recommendation is the score", "[app]") {
  const Read read =
      read_bytes(".csv",
                 "How likely are you to buy again?,How likely are you to recommend Brumiva to a "
                 "friend?,What could we do better?\n10,3,Answer the phone\n");
  CHECK(read.plan.preset.name == "nps");
  REQUIRE(read.posts.at(0).has_value());
  CHECK(read.posts[0]->rating == Rating{3.0, 10.0, 0.0});
}

TEST_CASE("a survey's question for the reason is known in three languages", "[app]") {
  app::ImportOptions options;
  options.preset = "nps";
  for (const char* question :
       {"What is the main reason for your score?", "¿Cuál es el motivo de su puntuación?",
        "¿Cuál es la razón principal de tu nota?", "Motivo principal de la nota",
        "Care este motivul principal al notei?", "Care este principalul motiv al notei acordate?",
        "Motivul notei", "Ce te-a determinat să alegi această notă?"}) {
    const Read read =
        read_bytes(".csv",
                   "Timestamp,\"Cât de probabil este să ne recomandați (0-10)?\",\"" +
                       std::string(question) + "\"\n2026-11-03 10:00:00,3,Livrare lentă\n",
                   options);
    INFO(question);
    REQUIRE(read.posts.size() == 1);
    REQUIRE(read.posts[0].has_value());
    CHECK(read.posts[0]->text == "Livrare lentă");
    CHECK(read.posts[0]->rating == Rating{3, 10, 0});
  }
}

TEST_CASE("a date that may be of two months is noted where nothing tells which", "[app]") {
  const std::string rows = "date,text\n03.04.2025,a\n04/04/2025,b\n03/04/2025,c\n";
  CHECK(read_bytes(".csv", rows).plan.either_order == "03/04/2025 in line 4");
  CHECK(read_bytes(".csv", rows + "25/03/2025,d\n").plan.either_order.empty());
  app::ImportOptions options;
  options.day_first = true;
  CHECK(read_bytes(".csv", rows, options).plan.either_order.empty());
}

TEST_CASE("dates that contradict one another are told, and most of them followed", "[app]") {
  const Read read =
      read_bytes(".csv", "date,text\n13/01/2026,a\n01/14/2026,b\n02/03/2026,c\n15/01/2026,d\n");
  CHECK(read.plan.day_first == true);
  CHECK(read.plan.day_first_why == "13/01/2026 in line 2");
  CHECK(read.plan.date_columns.at("date").other_order == "01/14/2026 in line 3");
  REQUIRE(read.posts[2]);
  CHECK(to_iso8601(*read.posts[2]->posted_at) == "2026-03-02T00:00:00Z");
  CHECK(read_bytes(".csv", "date,updated at,text\n03/01/2026,25/01/2026,a\n").plan.day_first ==
        true);
}

TEST_CASE("each column of dates is read in the order that its own cells show", "[app]") {
  const Read read = read_bytes(".csv",
                               "date,updated at,reply date,text\n13/01/2026,02/14/2026,,a\n"
                               "02/03/2026,03/04/2026,04/05/2026,b\n15/01/2026,,,c\n");
  CHECK(read.plan.day_first == true);
  CHECK(read.plan.date_columns.at("date").other_order.empty());
  CHECK(read.plan.date_columns.at("updated at").day_first == false);
  CHECK(read.plan.date_columns.at("updated at").other_order.empty());
  REQUIRE(read.posts[1]);
  CHECK(to_iso8601(*read.posts[1]->posted_at) == "2026-03-02T00:00:00Z");
  CHECK(to_iso8601(*read.posts[1]->edited_at) == "2026-03-04T00:00:00Z");
  // A column that shows none follows the others.
  CHECK(to_iso8601(*read.posts[1]->owner_reply_at) == "2026-05-04T00:00:00Z");
}

TEST_CASE("scale and zone in a column's head hold for its cells", "[app]") {
  app::ImportOptions options;
  options.configured_zone = "Europe/Madrid";
  const std::string rows =
      "text,Rating (0-10),Created at (UTC),Updated at\n"
      "a,7,2026-07-01 10:00,2026-07-01 13:00\n";
  const Read read = read_bytes(".csv", rows, options);
  CHECK(read.scale);
  REQUIRE(read.posts[0]);
  CHECK(read.posts[0]->rating->best == 10.0);
  CHECK(read.posts[0]->rating->worst == 0.0);
  CHECK(to_iso8601(*read.posts[0]->posted_at) == "2026-07-01T10:00:00Z");
  CHECK(to_iso8601(*read.posts[0]->edited_at) == "2026-07-01T11:00:00Z");
  options.zone = "America/New_York";
  options.rating_best = 20.0;
  const Read said = read_bytes(".csv", rows, options);
  CHECK(said.posts[0]->rating->best == 20.0);
  CHECK(to_iso8601(*said.posts[0]->posted_at) == "2026-07-01T14:00:00Z");
}

TEST_CASE("a zone in the head may be a place, and a JSON key", "[app]") {
  const Read rows = read_bytes(".csv", "text,Date (America/New_York)\na,2026-07-01 10:00\n");
  REQUIRE(rows.posts[0]);
  CHECK(to_iso8601(*rows.posts[0]->posted_at) == "2026-07-01T14:00:00Z");
  app::ImportOptions options;
  options.configured_zone = "Europe/Madrid";
  options.map["posted_at"] = "/at/date_utc";
  const Read lines = read_bytes(
      ".jsonl", "{\"text\": \"a\", \"at\": {\"date_utc\": \"2026-07-01 10:00\"}}\n", options);
  REQUIRE(lines.posts[0]);
  CHECK(to_iso8601(*lines.posts[0]->posted_at) == "2026-07-01T10:00:00Z");
}

TEST_CASE("the zone that Qualtrics states of a column holds for it", "[app]") {
  app::ImportOptions options;
  options.configured_zone = "Europe/Madrid";
  const Read read = read_bytes(
      ".csv",
      "EndDate,ResponseId,Q1,Q2\nEnd Date,Response ID,How likely are you to recommend Brumiva?,Why "
      "did you say so?\n\"{\"\"ImportId\"\":\"\"endDate\"\",\"\"timeZone\"\":\"\"America/"
      "Denver\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\","
      "\"\"timeZone\"\":\"\"No/Where\"\"}\",\"{}\"\n2026-07-01 10:00:00,R_1,3,Loud\n",
      options);
  REQUIRE(read.posts.at(0).has_value());
  CHECK(to_iso8601(*read.posts[0]->posted_at) == "2026-07-01T16:00:00Z");
  CHECK(read.rows[0].raw.find("\"EndDate\":") != std::string::npos);
}

TEST_CASE("a zone in the head does not undo the order that the cells show", "[app]") {
  const Read read = read_bytes(".csv", "date_utc,text\n03/04/2026,a\n25/04/2026,b\n");
  REQUIRE(read.posts[0]);
  CHECK(to_iso8601(*read.posts[0]->posted_at) == "2026-04-03T00:00:00Z");
  CHECK(read.plan.date_columns.at("date_utc").zone.has_value());
}

TEST_CASE("cells that were made UTF-8 twice are mended, their evidence is not", "[app]") {
  Read read = read_bytes(".csv",
                         "Opini\u00C3\u00B3n,autor\nCaf\u00C3\u00A9 malo,Jos\u00C3\u00A9\n"
                         "Bonito caf\u00E9,Ana\n");
  REQUIRE(read.rows.size() == 2);
  CHECK(app::mend_cells(read.rows[0]));
  CHECK_FALSE(app::mend_cells(read.rows[1]));
  CHECK(read.rows[0].fields.at("text") == "Caf\u00E9 malo");
  CHECK(read.rows[0].fields.at("author") == "Jos\u00E9");
  CHECK(read.rows[0].raw ==
        "{\"Opini\u00C3\u00B3n\":\"Caf\u00C3\u00A9 malo\",\"autor\":\"Jos\u00C3\u00A9\"}");
}

TEST_CASE("a review of Google Play has one id in the console's file and in the API's answer",
          "[app]") {
  const Read read = read_bytes(
      ".csv",
      "Package Name,Star Rating,Review Text,Review Link\n"
      "com.acme.app,2,a,http://play.example/details?id=com.acme.app&reviewId=gp%3AAb&hl=es\n"
      "com.acme.app,2,b,http://play.example/details?id=com.acme.app&thereviewId=x\n");
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0]->external_id == "gp:Ab");
  CHECK(app::former_own_id(read.rows[0], *read.posts[0]) ==
        "http://play.example/details?id=com.acme.app&reviewId=gp%3AAb&hl=es");
  CHECK(read.posts[1]->external_id == "http://play.example/details?id=com.acme.app&thereviewId=x");
  CHECK_FALSE(app::former_own_id(read.rows[1], *read.posts[1]));
}

TEST_CASE("what a program writes for no value is none", "[app]") {
  const Read read = read_bytes(
      ".csv",
      "id,date,author,review\n1,NULL,-,Null date\n2,,Al,NULL\n3,,Al,#N/A\n-,,Al,dash\n-,,Al,"
      "another dash\n7,,Nan,Nan wrote this\n1.23457E+17,,,cut\n1.23457E+17,,,cut too\n");
  REQUIRE(read.posts.size() == 8);
  CHECK_FALSE(read.posts[0]->posted_at);
  CHECK_FALSE(read.posts[0]->author);
  CHECK_FALSE(read.posts[1]);
  CHECK_FALSE(read.posts[2]);
  CHECK(read.posts[3]->external_id != read.posts[4]->external_id);
  CHECK(read.posts[5]->author == "Nan");
  CHECK(read.posts[6]->external_id != read.posts[7]->external_id);
}

TEST_CASE("ratings beyond a scale that nobody stated are refused before any is stored", "[app]") {
  const Read read = read_bytes(".csv", "rating,text\n3,a\n9,b\n");
  REQUIRE_FALSE(read.scale);
  CHECK(read.scale.error().what.find("--rating-best 10") != std::string::npos);
  app::ImportOptions options;
  options.rating_best = 10.0;
  const Read said = read_bytes(".csv", "rating,text\n3,a\n9,b\n", options);
  CHECK(said.scale);
  for (const std::string fine :
       {"rating,rating best,text\n9,10,a\n", "rating,text\n80%,a\n8/10,b\n"}) {
    const Read one = read_bytes(".csv", fine);
    CHECK(one.scale);
  }
}

TEST_CASE("words for no rating are none, and a zero below the scale", "[app]") {
  const Read read =
      read_bytes(".csv", "rating,text\nN/A,a\n-,b\nNo aplica,c\nFără notă,d\n—,e\n0,f\nfive,g\n");
  REQUIRE(read.posts.size() == 7);
  for (std::size_t i = 0; i < 6; ++i) {
    REQUIRE(read.posts[i]);
    CHECK_FALSE(read.posts[i]->rating);
  }
  CHECK_FALSE(read.posts[6]);
  const Read german = read_bytes(".csv", "Bewertung;Kommentar\nk.A.;nur Text\n4,5;gut\n");
  REQUIRE(german.posts.at(0).has_value());
  CHECK_FALSE(german.posts[0]->rating);
  CHECK(german.posts.at(1)->rating == Rating{4.5, 5.0, 1.0});
}

TEST_CASE("columns are found by their usual names, whatever their case and accents", "[app]") {
  const Read read = read_bytes(
      ".csv", "Review-ID;Reseña;Estrellas;FECHA\r\nr1;\"Good; really\";4,5;2026-01-02\r\n");
  REQUIRE(read.posts.size() == 1);
  REQUIRE(read.posts[0].has_value());
  CHECK(read.posts[0]->text == "Good; really");
  CHECK(read.posts[0]->external_id == "r1");
  CHECK(read.posts[0]->rating == Rating{4.5, 5.0, 1.0});
  CHECK(read.posts[0]->posted_at == parse_iso8601("2026-01-02"));
  CHECK(read.plan.dialect == "semicolons");
}

TEST_CASE("a mapping reaches into JSON by pointer", "[app]") {
  app::ImportOptions options;
  options.rating_best = 10;
  options.map = {{"text", "/review/body"}, {"rating", "/review/score"}};
  const Read read = read_bytes(
      ".jsonl", "{\"review\":{\"body\":\"Bad\",\"score\":3},\"id\":9}\n{\"id\":10}\n", options);
  REQUIRE(read.posts.size() == 2);
  REQUIRE(read.posts[0].has_value());
  CHECK(read.posts[0]->text == "Bad");
  CHECK(read.posts[0]->rating == Rating{3.0, 10.0, 0.0});
  REQUIRE_FALSE(read.posts[1].has_value());
  CHECK(read.posts[1].error().what == "the text is empty");
}

TEST_CASE("a text may be put together of columns, whatever the case of their names", "[app]") {
  app::ImportOptions options;
  options.map = {{"text", "={pros}. {CONS}"}};
  const Read table = read_bytes(".csv", "id,Pros,Cons,Other\n1,Cheap,Slow,x\n", options);
  REQUIRE(table.posts.at(0).has_value());
  CHECK(table.posts[0]->text == "Cheap. Slow");
  CHECK(table.plan.unused == std::vector<std::string>{"Other"});
  const Read lines = read_bytes(".jsonl", R"({"Pros": "Cheap", "Cons": "Slow"})", options);
  REQUIRE(lines.posts.at(0).has_value());
  CHECK(lines.posts[0]->text == "Cheap. Slow");
}

TEST_CASE("keys within keys are known by both together", "[app]") {
  const Read read = read_bytes(
      ".jsonl",
      R"({"review":{"text":"Loud","rating":2,"date":{"created_at_utc":"2026-07-01 10:00"}},)"
      R"("user":{"name":"Ann","email":"a@b.example"},"product":{"id":7},"tags":{"a/b":1}})");
  REQUIRE(read.posts.at(0).has_value());
  CHECK(read.posts[0]->text == "Loud");
  CHECK(read.posts[0]->author == "Ann");
  CHECK(read.posts[0]->rating->value == 2.0);
  CHECK(read.posts[0]->item == "7");
  CHECK(read.plan.mapping.at("text") == std::vector<std::string>{"/review/text"});
  CHECK(read.plan.unused == std::vector<std::string>{"tags"});
  CHECK(refusal(".jsonl", R"({"review":{"words":"Loud"}})")
            .what.ends_with("the file has review, /review/words"));
}

TEST_CASE("a title alone is a post, as of a ticket that has no more", "[app]") {
  const Read read = read_bytes(".csv", "id,title,text\n1,Kettle leaks,\n2,,\n");
  REQUIRE(read.posts.at(0).has_value());
  CHECK(read.posts.at(0)->title == "Kettle leaks");
  CHECK(read.posts.at(1).error().what == "the text is empty");
}

TEST_CASE("fields and columns that do not exist are refused before a row is read", "[app]") {
  app::ImportOptions options;
  options.map = {{"txt", "body"}};
  CHECK(refusal(".csv", "id,body\n1,x\n", options).what.find("\"text\"") != std::string::npos);
  options.map = {{"text", "bodi"}};
  CHECK(refusal(".csv", "id,body\n1,x\n", options).what.find("\"body\"") != std::string::npos);
  options.map = {{"text", "={id} {bodi}"}};
  CHECK(refusal(".csv", "id,body\n1,x\n", options).what ==
        "there is no column \"bodi\"; did you mean \"body\"?");
  options.map = {};
  options.preset = "npss";
  CHECK(refusal(".csv", "id,body\n1,x\n", options).what.find("\"nps\"") != std::string::npos);
  options.preset = std::nullopt;
  options.file = "/nowhere/at/all.csv";
  CHECK(app::open_import(options, presets()).error().code == Errc::not_found);
  CHECK(refusal(".csv", "a,b\n1,2\n")
            .what.find("--map text=COLUMN, or what export it is with --preset (--presets lists "
                       "them); the file has a, b") != std::string::npos);
}

TEST_CASE("empty files, files of one encoding mark and files without a row are said to be so",
          "[app]") {
  for (const char* name : {".csv", ".jsonl", ".mbox"})
    CHECK(refusal(name, "").what == "the file is empty");
  CHECK(refusal(".csv", "\xEF\xBB\xBF").what == "the file is empty");
  CHECK(refusal(".jsonl", "\n\n").what == "there is no row in the file");
  CHECK(read_bytes(".csv", "id,text\n").rows.empty());
}

TEST_CASE("ratings off their scale and dates that are none are rejected", "[app]") {
  const Read read =
      read_bytes(".csv", "text,rating,date\na,7,\nb,x,\nc,5,someday\nd,5,\ne,5,1784-01-01\n");
  REQUIRE(read.posts.size() == 5);
  CHECK_FALSE(read.posts[0].has_value());
  CHECK_FALSE(read.posts[1].has_value());
  CHECK_FALSE(read.posts[2].has_value());
  CHECK(read.posts[3].has_value());
  CHECK_FALSE(read.posts[4].has_value());
}

TEST_CASE("ratings are read as people and spreadsheets write them", "[app]") {
  const Read read =
      read_bytes(".csv", "text,rating\na,★★★★☆\nb,4/5\nc,90%\nd,\"4,5\"\ne,7/10\nf,3 of 5 stars\n");
  REQUIRE(read.posts.size() == 6);
  for (const auto& post : read.posts) REQUIRE(post.has_value());
  CHECK(read.posts[0]->rating == Rating{4.0, 5.0, 1.0});
  CHECK(read.posts[1]->rating == Rating{4.0, 5.0, 1.0});
  CHECK(read.posts[2]->rating == Rating{90.0, 100.0, 0.0});
  CHECK(read.posts[3]->rating == Rating{4.5, 5.0, 1.0});
  CHECK(read.posts[4]->rating == Rating{7.0, 10.0, 0.0});
  CHECK(read.posts[5]->rating == Rating{3.0, 5.0, 1.0});
}

TEST_CASE("Excel's files are read in the encoding that they are written in", "[app]") {
  const Read wide = read_bytes(".csv", utf16le("id\ttext\r\n1\tCaf\xE9 ol\xE9\r\n"));
  REQUIRE(wide.posts.size() == 1);
  CHECK(wide.posts[0]->text == "Café olé");
  CHECK(wide.plan.encoding == "UTF-16LE, by its byte order mark");
  CHECK(wide.plan.dialect == "tabs");

  const Read west = read_bytes(".csv", "id;texto\r\n1;Caf\xE9 a 3 \x80, \x93muy bueno\x94\r\n");
  CHECK(west.posts.at(0)->text == "Café a 3 €, “muy bueno”");

  const Read hinted = read_bytes(".csv", "sep=;\r\nid;text\r\n1;\"a;b\"\r\n");
  CHECK(hinted.posts.at(0)->text == "a;b");
  CHECK(hinted.posts.at(0)->external_id == "1");

  // The letter that shows the encoding stands behind what was looked at.
  std::string late = "id,text\n";
  for (int i = 0; i < 40'000; ++i) late += std::to_string(i) + ",plain words\n";
  late +=
      "x,ma\xF1"
      "ana\n";
  CHECK(read_bytes(".csv", late).posts.back()->text == "mañana");

  app::ImportOptions said;
  said.encoding = "iso-8859-2";
  CHECK(read_bytes(".csv",
                   "id,text\n1,\xBA"
                   "tie\n",
                   said)
            .posts.at(0)
            ->text == "ştie");
  said.encoding = "klingon";
  CHECK(refusal(".csv", "id,text\n1,a\n", said).where == "--encoding");
}

TEST_CASE("a bad row costs that row alone", "[app]") {
  const std::string nul("2,a\0b\n", 6);
  const Read read =
      read_bytes(".csv", "id,text\n1,one\n" + nul +
                             "3,\"never closed\n4,four,five,six\n5,\"two\nlines\"\n6,fi");
  std::map<std::string, std::string> outcome;
  for (std::size_t i = 0; i < read.rows.size(); ++i)
    outcome[std::to_string(read.rows[i].line)] =
        read.posts[i] ? read.posts[i]->text : "! " + read.posts[i].error().what;
  CHECK(outcome["2"] == "one");
  CHECK(outcome["3"].find("NUL") != std::string::npos);
  CHECK(outcome.at("8") == "fi");
  const Read torn = read_bytes(".csv", "id,text,rating\n1,one,5\n2,tw");
  CHECK(torn.posts.at(0).has_value());
  CHECK(torn.posts.at(1).error().what.find("ends in the middle") != std::string::npos);
  const Read ragged = read_bytes(".csv", "id,text\n1,a,b\n2,c,,\n3\n4,d\n");
  CHECK(ragged.posts.at(0).error().what.find("3 fields, the header 2") != std::string::npos);
  CHECK(ragged.posts.at(1)->text == "c");
  CHECK(ragged.posts.at(2).error().what == "the text is empty");
  CHECK(ragged.posts.at(3)->text == "d");
}

TEST_CASE("a JSON line that is broken costs that line alone", "[app]") {
  const Read read = read_bytes(
      ".jsonl",
      "{\"text\":\"a\"}\n\nnot json\n{'text': u'b'}\n[{\"text\":\"c\"},7]\n\"x\"\n{\"text\":\"to");
  std::vector<std::string> outcome;
  for (const auto& post : read.posts) outcome.push_back(post ? post->text : post.error().what);
  REQUIRE(outcome.size() == 7);
  CHECK(outcome[0] == "a");
  CHECK(outcome[2].find("Python literal") != std::string::npos);
  CHECK(outcome[3] == "c");
  CHECK(outcome[4] == "item 2: this is no JSON object");
  CHECK(outcome[5] == "this is no JSON object");
  CHECK(outcome[6].find("ends in the middle") != std::string::npos);
  CHECK(read.rows[6].line == 7);
}

TEST_CASE("a document of rows is read as its rows", "[app]") {
  CHECK(read_bytes(".json", "[\n {\"text\":\"a\"},\n {\"text\":\"b\"}\n]").posts.size() == 2);
  CHECK(read_bytes(".json", "{\n \"text\": \"a\"\n}").posts.at(0)->text == "a");
  CHECK(read_bytes(".jsonl", utf16le("{\"text\":\"a\"}\r\n{\"text\":\"b\"}\r\n")).posts.size() ==
        2);
}

TEST_CASE("a text that is HTML is read so, one with a sign is not", "[app]") {
  const Read read = read_bytes(".jsonl",
                               "{\"text\":\"<p>Boils &amp; boils.</p><p>Leaks.</p>\"}\n"
                               "{\"text\":\"1 < 2 &amp; I <3 the <b> key\"}\n");
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0]->text == "Boils & boils.\n\nLeaks.");
  CHECK(read.posts[1]->text == "1 < 2 & I <3 the <b> key");
}

TEST_CASE("a line of a hundred megabytes is refused in bounded memory", "[app]") {
  std::string line = "{\"text\":\"first\"}\n{\"text\":\"" + std::string(100u << 20, 'x') +
                     "\"}\n{\"text\":\"last\"}\n";
  const Read read = read_bytes(".jsonl", line);
  REQUIRE(read.posts.size() == 3);
  CHECK(read.posts[0]->text == "first");
  CHECK(read.posts[1].error().what.find("longer than 16 MiB") != std::string::npos);
  CHECK(read.rows[1].raw.empty());
  CHECK(read.posts[2]->text == "last");
  const std::string list = "[" + std::string(70u << 20, ' ') + "]";
  const Error error = refusal(".json", list);
  CHECK(error.code == Errc::limit_exceeded);
  CHECK(error.where.ends_with(":1"));
  CHECK(error.what.find("jq") != std::string::npos);
}

TEST_CASE("which of two numbers is the day is learnt from the file", "[app]") {
  const auto dates = [](std::string_view bytes) {
    std::vector<std::string> out;
    for (const auto& post : read_bytes(".csv", bytes).posts)
      out.push_back(post && post->posted_at ? to_iso8601(*post->posted_at) : "none");
    return out;
  };
  using Dates = std::vector<std::string>;
  CHECK(dates("text,date\na,03/04/2026\nb,25/04/2026\n") ==
        Dates{"2026-04-03T00:00:00Z", "2026-04-25T00:00:00Z"});
  CHECK(dates("text,date\na,03/04/2026\nb,04/25/2026\n") ==
        Dates{"2026-03-04T00:00:00Z", "2026-04-25T00:00:00Z"});
  CHECK(dates("text;date\na;03/04/2026\n") == Dates{"2026-04-03T00:00:00Z"});
  CHECK(dates("text,date\na,45292.5\n") == Dates{"2024-01-01T12:00:00Z"});
  CHECK(dates("text,date\na,1767225600\nb,1767225600000\n") ==
        Dates{"2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"});
}

TEST_CASE("times without a zone are those of the zone that was said", "[app]") {
  const text::TimeZone zone = *text::find_time_zone("Europe/Madrid");
  const auto read = [&](std::string_view written) {
    const auto time = app::import_date(written, std::nullopt, zone, noon);
    return time ? to_iso8601(*time) : "none";
  };
  CHECK(read("2026-07-01 10:00:00") == "2026-07-01T08:00:00Z");
  CHECK(read("2026-01-01") == "2025-12-31T23:00:00Z");
  CHECK(read("2026-07-01T10:00:00Z") == "2026-07-01T10:00:00Z");
  CHECK(read("2026-07-01T10:00:00+02:00") == "2026-07-01T08:00:00Z");
  CHECK(read("7/1/2026 3:00 PM") == "2026-07-01T13:00:00Z");
  CHECK(read("Wed, 01 Jul 2026 10:00:00 GMT") == "2026-07-01T10:00:00Z");
  CHECK(read("1767225600") == "2026-01-01T00:00:00Z");
  CHECK(read("46023") == "2025-12-31T23:00:00Z");
}

TEST_CASE("rows without an id are known by what they say", "[app]") {
  const Read read = read_bytes(
      ".csv", "text,author,date\na,Ana,2026-01-02\na,Ion,2026-01-02\na,Ana,2026-01-02\n");
  CHECK(read.posts[0]->external_id != read.posts[1]->external_id);
  CHECK(read.posts[0]->external_id == read.posts[2]->external_id);
}

TEST_CASE("rows without an id are one whatever the spelling of their date", "[app]") {
  const Read spelt = read_bytes(".jsonl",
                                R"({"text":"a","author":"Ana","date":"2026-10-01T00:00:00Z"}
{"text":"a","author":"Ana","date":"1 October 2026"}
{"text":"a","author":"Ana","date":"2026-10-01 13:00"}
{"text":"a","author":"Ana","date":"2026-10-02"}
{"text":"a","date":"2026-10-01 10:00"}
{"text":"a","date":"2026-10-01T10:00:00Z"}
{"text":"a","date":"2026-10-01 11:00"}
)");
  const auto id = [&](std::size_t i) { return spelt.posts[i]->external_id; };
  CHECK(id(0) == id(1));
  CHECK(id(0) == id(2));
  CHECK(id(0) != id(3));
  CHECK(id(4) == id(5));
  CHECK(id(4) != id(6));
}

TEST_CASE("mail keeps its author's own words", "[app]") {
  CHECK(app::own_words_of_mail("It broke.\n\nOn 3 May 2026, Ana Pop <ana@mail.example>\nwrote:\n> "
                               "How is it?\n\nAgain.\n-- \nIon\n") == "It broke.\n\nAgain.");
  CHECK(app::own_words_of_mail(
            "No funciona\n\nEl 3 de mayo de 2026, Ana escribió:\nHola, ¿qué tal?") ==
        "No funciona");
  CHECK(app::own_words_of_mail("On Sun, Ann wrote:\n> Is it good?\nIt is.") == "It is.");
  CHECK(app::own_words_of_mail("Ann wrote:\n\n> Is it good?\nIt is.") == "It is.");
  CHECK(app::own_words_of_mail("As Ann wrote:\nit is good") == "As Ann wrote:\nit is good");
  CHECK(app::own_words_of_mail("Late\n-----Original Message-----\nFrom: x") == "Late");
  for (const char* signature :
       {"Sent from my iPhone", "Enviado desde Outlook para Android", "Wysłane z iPhone'a",
        "Gesendet von Mail für Windows", "Envoyé à partir de Outlook pour iOS",
        "Verzonden vanaf mijn iPhone", "Yahoo Mail: Search, Organize, Conquer"}) {
    INFO(signature);
    CHECK(app::own_words_of_mail("Late\n\n" + std::string(signature)) == "Late");
  }
  for (const char* words : {"Late\nEnvoyé depuis 3 semaines", "Late\nWysłane z magazynu w maju",
                            "Late\nTrimis de la depozit luni"})
    CHECK(app::own_words_of_mail(words) == words);
  CHECK(app::own_words_of_mail("On the whole it is good:\nfast and quiet") ==
        "On the whole it is good:\nfast and quiet");
  CHECK(app::own_words_of_mail("> all of it") == "> all of it");
  CHECK(app::own_words_of_mail("Łuszczy się.\n\nW dniu 2 lis 2026 o 9:00 Support "
                               "<s@b.example> napisał(a):\n\nJak się sprawuje?") == "Łuszczy się.");
  CHECK(app::own_words_of_mail("Zła.\n\nOd: Support\nWysłano: 2 listopada 2026\nDo: "
                               "Jan\nTemat: Brumix\n\nJak?") == "Zła.");
  CHECK(app::own_words_of_mail("Late\n\n**From:** S\n**Sent:** Monday\n**To:** A\n\nHow?") ==
        "Late");
  CHECK(app::own_words_of_mail("Târziu\n---- Mesaj original ----\nBună") == "Târziu");
  CHECK(app::own_words_of_mail("From: the start\nit was bad, no date\nat all") ==
        "From: the start\nit was bad, no date\nat all");
}

TEST_CASE("what a cell of HTML quotes is left out, unless it is all there is", "[app]") {
  const Read read = read_bytes(".csv",
                               "id,text\n1,<p>It broke.</p><blockquote>How is it?</blockquote>\n"
                               "2,<blockquote>Only this</blockquote>\n");
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0]->text == "It broke.");
  CHECK(read.posts[1]->text == "Only this");
}

TEST_CASE("what a report says before its table is passed over", "[app]") {
  const Read read = read_bytes(".csv",
                               "Report: Reviews export\nGenerated: 2026-11-20\n\n"
                               "Review ID;Date;Rating;Review\n1;2026-11-01;5;Good one\n");
  REQUIRE(read.posts.size() == 1);
  CHECK(read.posts[0]->text == "Good one");
  CHECK(read.rows[0].line == 5);
  CHECK(read_bytes(".csv", "text\nGood, cheap\n").posts.size() == 1);
}

TEST_CASE("columns that the tools of the trade name are known", "[app]") {
  const Read maps = read_bytes(
      ".csv",
      "query,author_title,review_id,review_text,review_rating,review_datetime_utc,review_likes,"
      "owner_answer\nx,Ana,rv1,Frio todo,2,2026-11-01 10:00:00,3,Lo sentimos\n");
  REQUIRE(maps.posts.size() == 1);
  const Post& post = *maps.posts[0];
  CHECK(post.author == "Ana");
  CHECK(post.rating->value == 2.0);
  CHECK(post.reach == 3);
  CHECK(post.owner_reply == "Lo sentimos");
  CHECK(to_iso8601(*post.posted_at) == "2026-11-01T10:00:00Z");
  const Read nps = read_bytes(".csv", "Response ID,Date,NPS Score,Comment\n1,2026-11-01,4,Slow\n");
  CHECK(nps.plan.preset.name == "nps");
  CHECK(nps.plan.rating_best == 10.0);
  const Read dated = read_bytes(".jsonl", R"({"id":9,"publishedDate":"2026-11-01","text":"a"})");
  CHECK(dated.posts[0]->posted_at);
  app::ImportOptions tickets;
  tickets.preset = "tickets";
  const Read desk = read_bytes(".csv",
                               "Ticket ID,Subject,Created time,Full name,Spam,Survey results\n"
                               "101,Fryer dead,2026-11-01 10:00:00,Ana,FALSE,Extremely Unhappy\n"
                               "102,Buy,2026-11-01 10:00:00,Bo,TRUE,\n",
                               tickets);
  REQUIRE(desk.posts.size() == 2);
  CHECK(desk.posts[0]->title == "Fryer dead");
  CHECK(desk.posts[0]->rating->value == 1.0);
  CHECK(desk.rows[1].skipped);
}

TEST_CASE("a head may say whose or of what its column is", "[app]") {
  const Read read = read_bytes(
      ".csv",
      "Review Created (UTC),Review Username,Review Title,Review Content,Review Stars,Review "
      "Language,Review Country,Review Verified,Company Reply Date (UTC),Company Reply "
      "Content,Source/Reference Id,Review Id,Reviewer Email\n"
      "2026-03-01 10:00:00,Ann Lee,Great,Fast delivery,5,en,GB,true,2026-03-02 "
      "09:00:00,\"Thanks, Ann\",R1,6512,ann@mail.example\n");
  REQUIRE(read.posts.at(0).has_value());
  const Post& post = *read.posts[0];
  CHECK(post.text == "Fast delivery");
  CHECK(post.title == "Great");
  CHECK(post.author == "Ann Lee");
  CHECK(post.external_id == "6512");
  CHECK(post.rating->value == 5.0);
  CHECK(post.language == "en");
  CHECK(post.location == "GB");
  CHECK(post.owner_reply == "Thanks, Ann");
  CHECK(to_iso8601(*post.posted_at) == "2026-03-01T10:00:00Z");
  CHECK(to_iso8601(*post.owner_reply_at) == "2026-03-02T09:00:00Z");
  CHECK(read.plan.unused ==
        std::vector<std::string>{"Review Verified", "Source/Reference Id", "Reviewer Email"});
  const Read spanish = read_bytes(
      ".csv",
      "Nombre del cliente;Fecha de la reseña;Comentario del cliente;Valoración general;Respuesta "
      "de la empresa\nAna;25/03/2026;Llegó tarde;2;Lo sentimos\n");
  REQUIRE(spanish.posts.at(0).has_value());
  CHECK(spanish.plan.unused.empty());
  CHECK(spanish.posts[0]->text == "Llegó tarde");
  CHECK(spanish.posts[0]->author == "Ana");
  const Read romanian = read_bytes(
      ".csv",
      "E-mail;Numele clientului;Data recenziei;Titlul recenziei;Textul recenziei;Nota "
      "generală;Răspunsul companiei\na@b.example;Ana;25.03.2026;Slab;A venit târziu;2;Ne pare "
      "rău\nc@b.example;;25.03.2026;;Bun;5;\n");
  REQUIRE(romanian.posts.size() == 2);
  CHECK(romanian.plan.unused.empty());
  CHECK(romanian.posts[0]->author == "Ana");
  CHECK(romanian.posts[1]->author == "c@b.example");
}

TEST_CASE("a field that is mapped to nothing stays empty", "[app]") {
  const std::string row = R"({"id":"k1","body":"It leaks","score":57})";
  CHECK_FALSE(read_bytes(".jsonl", row).scale);
  app::ImportOptions options;
  options.map = {{"rating", ""}};
  const Read read = read_bytes(".jsonl", row, options);
  CHECK(read.scale);
  REQUIRE(read.posts.at(0).has_value());
  CHECK_FALSE(read.posts[0]->rating);
  CHECK(read.plan.unused == std::vector<std::string>{"score"});
}

TEST_CASE("a form's question for comments is the text", "[app]") {
  for (const char* head : {"Any comments?", "Any additional feedback?", "¿Algún comentario?",
                           "Otros comentarios", "Alte comentarii"}) {
    INFO(head);
    const Read read = read_bytes(".csv", "Timestamp," + std::string(head) + "\n,Late\n");
    REQUIRE(read.posts.at(0).has_value());
    CHECK(read.posts[0]->text == "Late");
  }
}

TEST_CASE("what a head says of its owner is never the wrong one's", "[app]") {
  const Read read = read_bytes(
      ".csv",
      "Comments,Customer Feedback,Reviewer ID,Reviewer Title,Reviewer Email,Customer ID,Company "
      "Name,Survey ID\nLate,x,9,Manager,a@b.example,8,Acme,7\n");
  REQUIRE(read.posts.at(0).has_value());
  CHECK(read.posts[0]->text == "Late");
  CHECK_FALSE(read.posts[0]->title);
  CHECK_FALSE(read.posts[0]->author);
  CHECK(read.plan.mapping.size() == 1);
  CHECK(refusal(".csv", "Company Reply Content,Company Reply Date\nThanks,2026-03-01\n")
            .what.starts_with("no column looks like the text"));
}

TEST_CASE("the addresses in a ticket's words are masked", "[app]") {
  CHECK(app::without_addresses("Write to ana.pop+shop@mail.example.com. Thanks") ==
        "Write to [e-mail]. Thanks");
  CHECK(app::without_addresses("a@b.example, <c-d@e.example>") == "[e-mail], <[e-mail]>");
  CHECK(app::without_addresses("@acme is at 5 @ home, me@localhost @") ==
        "@acme is at 5 @ home, me@localhost @");
  CHECK(app::without_addresses("") == "");
}

TEST_CASE("a machine's translation is left out", "[app]") {
  constexpr std::string_view original = "(Original)";
  constexpr std::string_view translated = "(Translated by Google)";
  CHECK(app::original_of("(Translated by Google) Good\n\n(Original)\nBueno", original,
                         translated) == "Bueno");
  CHECK(app::original_of("Bueno\n\n(Translated by Google)\nGood", original, translated) == "Bueno");
  CHECK(app::original_of("Bueno", original, translated) == "Bueno");
}
