// Each preset is tried on an export in its tool's shape: tests/fixtures/import/<preset>/ holds
// pairs of <case>.<any> and <case>.<any>.expected.json, the posts with the fields that count.

#include "app/import_preset.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/import_rows.h"
#include "app/rule_book.h"
#include "formats/json.h"
#include "formats/json_writer.h"

using namespace testigo;
namespace fs = std::filesystem;
using formats::JsonValue;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

const app::ImportPresets& presets() {
  static const app::RuleBook book =
      *app::load_rule_book(*app::rule_files(embedded_files(), std::nullopt));
  return book.import_presets;
}

fs::path fixtures() { return fs::path(TESTIGO_SOURCE_DIR) / "tests/fixtures/import"; }

JsonValue read_json(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const auto value = formats::parse_json(bytes.str());
  INFO(path.string() << (value ? "" : ": " + describe(value.error())));
  REQUIRE(value.has_value());
  return *value;
}

std::optional<std::string> iso(const std::optional<UtcTime>& time) {
  return time ? std::optional(to_iso8601(*time)) : std::nullopt;
}

JsonValue shown(const Post& post) {
  formats::JsonWriter json;
  json.begin_object();
  json.field("source", post.source.value).field("id", post.external_id).field("url", post.url);
  json.field("parent", post.parent).field("author", post.author).field("item", post.item);
  json.field("posted_at", iso(post.posted_at)).field("edited_at", iso(post.edited_at));
  json.field("lang", post.language).field("title", post.title).field("text", post.text);
  json.field("location", post.location).field("reach", post.reach);
  json.field("reply", post.owner_reply).field("replied_at", iso(post.owner_reply_at));
  json.key("rating");
  if (post.rating) {
    json.begin_array().number(post.rating->value).number(post.rating->worst);
    json.number(post.rating->best).end_array();
  } else {
    json.null();
  }
  json.end_object();
  return *formats::parse_json(json.text());
}

std::vector<JsonValue> posts_in(const fs::path& file, const std::optional<std::string>& preset,
                                std::string& chosen) {
  app::ImportOptions options;
  options.file = file.string();
  options.preset = preset;
  auto reader = app::open_import(options, presets());
  INFO((reader ? "" : describe(reader.error())));
  REQUIRE(reader.has_value());
  std::vector<app::ImportRow> rows;
  while (true) {
    auto row = (*reader)->next();
    REQUIRE(row.has_value());
    if (!*row) break;
    if (!(*row)->skipped) rows.push_back(std::move(**row));
  }
  app::ImportSurvey survey((*reader)->plan());
  for (const app::ImportRow& row : rows) survey.see(row);
  survey.learn_order((*reader)->plan());
  chosen = (*reader)->plan().preset.name;
  std::vector<JsonValue> posts;
  for (const app::ImportRow& row : rows) {
    const auto post = app::post_of(row, (*reader)->plan(), noon);
    INFO("line " << row.line << (post ? "" : ": " + post.error().what));
    REQUIRE(post.has_value());
    posts.push_back(shown(*post));
  }
  return posts;
}

void check_case(const fs::path& expected_file, const std::string& preset) {
  std::string file = expected_file.string();
  file.resize(file.size() - std::string_view(".expected.json").size());
  INFO(file);
  const JsonValue expected = read_json(expected_file);
  std::string chosen;
  const std::vector<JsonValue> posts = posts_in(file, preset, chosen);
  REQUIRE(posts.size() == expected.items().size());
  for (std::size_t i = 0; i < posts.size(); ++i)
    for (const formats::JsonMember& member : expected.items()[i].members()) {
      INFO("post " << i << ", field " << member.key);
      const JsonValue* actual = posts[i].find(member.key);
      REQUIRE(actual != nullptr);
      CHECK(formats::to_json(*actual) == formats::to_json(member.value));
    }
  // What a preset is known by is in its own examples, but for those that say otherwise.
  if (presets().at(preset).known_by.empty() || file.find("unmarked") != std::string::npos) return;
  posts_in(file, std::nullopt, chosen);
  CHECK(chosen == preset);
}

Error refusal(std::string_view toml) {
  const auto preset = app::load_import_preset("rules/import/mine.toml", toml);
  REQUIRE_FALSE(preset.has_value());
  return preset.error();
}

}  // namespace

TEST_CASE("every preset reads its examples", "[app]") {
  for (const auto& [name, preset] : presets()) {
    INFO(name);
    const fs::path folder = fixtures() / name;
    REQUIRE(fs::is_directory(folder));
    std::size_t cases = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (!entry.path().string().ends_with(".expected.json")) continue;
      check_case(entry.path(), name);
      ++cases;
    }
    CHECK(cases > 0);
  }
}

TEST_CASE("a preset that is wrong says where and what to do", "[app]") {
  CHECK(refusal("title = \"x\"\n").what.find("[fields] is missing") != std::string::npos);
  CHECK(refusal("title = \"x\"\n[fields]\ntitle = \"a\"\n").what.find("names no text") !=
        std::string::npos);
  const Error field = refusal("title = \"x\"\n[fields]\ntext = \"a\"\nautor = \"b\"\n");
  CHECK(field.what.find("\"author\"") != std::string::npos);
  CHECK(field.where.starts_with("rules/import/mine.toml:4"));
  CHECK(refusal("title = \"x\"\nfoo = 1\n[fields]\ntext = \"a\"\n")
            .where.starts_with("rules/import/mine.toml:2"));
  CHECK(refusal("title = \"x\"\n[fields]\ntext = \"a\"\n[rating]\nbest = 1\nworst = 5\n")
            .what.find("above") != std::string::npos);
  CHECK(refusal("title = \"x\"\n[fields]\ntext = \"a\"\n[dates]\nzone = \"Mars\"\n")
            .where.find(":5") != std::string::npos);
  CHECK(refusal("title = \"x\"\n[fields]\ntext = \"a\"\n[rows]\nskip_if = \"deleted\"\n")
            .what.find("COLUMN=WORD") != std::string::npos);
  const Error around =
      refusal("title = \"x\"\n[fields]\ntext = \"a\"\n[around]\ntext = \"review\"\n");
  CHECK(around.where.starts_with("rules/import/mine.toml:5"));
  CHECK(around.what.find("one * where the name stands") != std::string::npos);
  const Error word =
      refusal("title = \"x\"\n[fields]\ntext = \"a\"\n[values.rating]\ngood = \"great\"\n");
  CHECK(word.where.starts_with("rules/import/mine.toml:5"));
  CHECK(word.what.find("\"great\" is no number: say how many good is") != std::string::npos);
}

TEST_CASE("columns are compared by letters and digits alone", "[app]") {
  CHECK(app::column_key("Review Text") == app::column_key("review_text"));
  CHECK(app::column_key("Fecha de creación") == "fechadecreacion");
  CHECK(app::column_key("¿Algún comentario?") == "alguncomentario");
  CHECK(app::column_key("#") == "#");
  CHECK(app::column_key("¿") == "¿");
}
