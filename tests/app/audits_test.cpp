#include "app/audits.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::app;

TEST_CASE("labels come back from a spreadsheet in whatever dress", "[app]") {
  const auto labels = read_labels("s.tsv",
                                  "audit\tmention\tlabel\tsource\n"
                                  "3\t00000000000000ff\tComplaint\tforum\tx\n"
                                  "\"3\"\t\"00000000000000fe\"\t\" q \"\tforum\r\n"
                                  "\n"
                                  "3\t00000000000000fd\t\tforum\n");
  REQUIRE(labels);
  REQUIRE(labels->size() == 3);
  CHECK((*labels)[0].audit == 3);
  CHECK((*labels)[0].mention == MentionId(255));
  CHECK((*labels)[0].tag == Tag::complaint);
  CHECK((*labels)[1].tag == Tag::question);
  CHECK_FALSE((*labels)[2].tag);
}

TEST_CASE("a label that is none is told by its line", "[app]") {
  const auto labels =
      read_labels("s.tsv", "3\t00000000000000ff\tother\n3\t00000000000000ff\tbad\n");
  REQUIRE_FALSE(labels);
  CHECK(labels.error().where == "s.tsv:2");
  CHECK(read_labels("s.tsv", "x\ty\tz").error().where == "s.tsv:1");
  CHECK(read_labels("s.tsv", "3\n").error().where == "s.tsv:1");
  CHECK(read_labels("s.tsv", "")->empty());
}

TEST_CASE("a table to label does not say what the rules said", "[app]") {
  store::AuditItem item;
  item.mention = MentionId(255);
  item.source = SourceId("forum");
  item.text = "two\nlines\tand a tab";
  const std::string table = render::render_rows(label_table(3, {item}), render::Format::tsv);
  CHECK(std::count(table.begin(), table.end(), '\n') == 2);
  const auto labels = read_labels("s.tsv", table);
  REQUIRE(labels);
  CHECK(labels->at(0).mention == item.mention);
}
