#include <catch2/catch.hpp>

#include "app/rule_book.h"
#include "app/switch_ends.h"
#include "core/embedded.h"

namespace testigo::app {
namespace {

const BrandId acme("acme");
const BrandId globex("globex");

SwitchWords words() {
  auto files = rule_files(embedded_files(), std::nullopt);
  REQUIRE(files);
  auto loaded = SwitchWords::load(*files);
  REQUIRE(loaded);
  return *loaded;
}

BrandBook brands() {
  auto configuration = parse_configuration("t.toml", R"(
[brand.acme]
name = "Acme"
query = 'acme* OR "box 2"'
[brand.globex]
name = "Globex"
)");
  REQUIRE(configuration);
  return BrandBook(*configuration);
}

// "acme>globex", "acme>" where the other end is open, "" for nothing.
std::string read(std::string language, std::string text, std::vector<BrandId> of) {
  store::SwitchingPost post;
  post.goes = true;
  post.language = std::move(language);
  post.text = std::move(text);
  std::int64_t id = 0;
  for (const BrandId& brand : of) post.brands.push_back({brand, MentionId(++id), Tag::complaint});
  const auto crossing = crossing_of(post, brands(), words());
  return crossing ? crossing->from.value + ">" + crossing->to.value : "";
}

const std::vector<BrandId> both = {acme, globex};

}  // namespace

TEST_CASE("the word before a name says whether a customer goes there", "[app]") {
  CHECK(read("en", "I am switching from Acme to Globex", both) == "acme>globex");
  CHECK(read("en", "Switching to the new Box 2, leaving Globex", both) == "globex>acme");
  CHECK(read("es", "Harto. Me paso a Globex en cuanto cobre", both) == "acme>globex");
  CHECK(read("es", "Dejo Acme y me voy a Globex", both) == "acme>globex");
  CHECK(read("ro", "Trec de la Acme la Globex", both) == "acme>globex");
  CHECK(read("ro", "Gata, m-am săturat, trec la Acme", both) == "globex>acme");
  CHECK(read("en", "I will never go back to Globex after moving to Acme", both) == "globex>acme");
  CHECK(read("en", "Ditched Acme, now with Globex", both) == "acme>globex");
  CHECK(read("es", "Nunca volveré a Globex después de pasarme a Acme", both) == "globex>acme");
  CHECK(read("ro", "Nu mă mai întorc la Globex, am trecut la Acme", both) == "globex>acme");
}

TEST_CASE("an end that is not said is the post's other brand, or open", "[app]") {
  CHECK(read("en", "That is it, I am leaving Acme", {acme}) == "acme>");
  CHECK(read("en", "I am done and will go elsewhere", {acme}) == "acme>");
  CHECK(read("en", "I will change, Globex it is", both) == "acme>globex");
  CHECK(read("en", "I am done and will go elsewhere", both) == ">");
  CHECK(read("en", "Acme or Globex, I will change", both) == ">");
  CHECK(read("en", "(Acme) vs Globex: we are switching providers", both) == ">");
}

TEST_CASE("a brand that is denied is no end, nor is one beside a place that is not named",
          "[app]") {
  CHECK(read("en", "I am cancelling Acme and moving to another provider. Globex is near", both) ==
        "acme>");
  CHECK(read("en", "I am cancelling Acme. Globex was not considered", both) == "acme>");
  CHECK(read("en", "I am leaving Acme, but not to Globex", both) == "acme>");
  CHECK(read("en", "Switching to Globex, not Acme this time", both) == ">globex");
  CHECK(read("en", "Leaving Acme for Globex, no regrets, it does not fail", both) == "acme>globex");
  CHECK(read("es", "Dejo Acme. Globex no me convence", both) == "acme>");
  CHECK(read("es", "Dejo Acme y me voy a la competencia, no a Globex", both) == "acme>");
  CHECK(read("ro", "Plec de la Acme la alt furnizor. Globex nu conta", both) == "acme>");
}

TEST_CASE("where neither end is said, blame and praise say it", "[app]") {
  store::SwitchingPost post;
  post.goes = true;
  post.language = "en";
  post.text = "Time to change. Acme is poor, Globex is fine";
  post.brands = {{acme, MentionId(1), Tag::complaint}, {globex, MentionId(2), Tag::advocacy}};
  const auto crossing = crossing_of(post, brands(), words());
  REQUIRE(crossing);
  CHECK(crossing->from == acme);
  CHECK(crossing->to == globex);
  CHECK(crossing->kind == insight::Crossing::Kind::goes);
}

TEST_CASE("where one is praised and the other blamed, it is preferred", "[app]") {
  store::SwitchingPost post;
  post.text = "Globex lasts, Acme does not";
  post.brands = {{acme, MentionId(1), Tag::complaint}, {globex, MentionId(2), Tag::advocacy}};
  const auto crossing = crossing_of(post, brands(), words());
  REQUIRE(crossing);
  CHECK(crossing->from == acme);
  CHECK(crossing->to == globex);
  CHECK(crossing->kind == insight::Crossing::Kind::prefers);
  CHECK(crossing->quote.mention == MentionId(1));
}

TEST_CASE("a file of the user's own that is wrong says where", "[app]") {
  const std::vector<RuleFile> files = {{"own/switches.toml", "[en]\nto = 3\n", true}};
  const auto loaded = SwitchWords::load(files);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().where.starts_with("own/switches.toml:2"));
}

}  // namespace testigo::app
