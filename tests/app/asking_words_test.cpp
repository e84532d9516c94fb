#include "app/asking_words.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>

#include "core/embedded.h"

namespace testigo::app {
namespace {

AskingWords words() {
  auto files = rule_files(embedded_files(), std::nullopt);
  REQUIRE(files);
  auto loaded = AskingWords::load(*files);
  REQUIRE(loaded);
  return *loaded;
}

}  // namespace

TEST_CASE("stems are of words that carry meaning, whatever their form", "[app]") {
  const AskingWords asking = words();
  CHECK(asking.read("Does the Acme make a lot of noise at NIGHT?", "en", {"acme"}).stems ==
        std::vector<std::string>{"lot", "night", "noise"});
  CHECK(asking.read("¿Cuánto duran los filtros?", "es-MX", {}).stems ==
        std::vector<std::string>{"duran", "filtr"});
  CHECK(asking.read("Merită filtrele țepoase?", "ro", {}).stems ==
        std::vector<std::string>{"filtr", "merit", "tepoa"});
  CHECK(asking.read("", "en", {}).stems.empty());
  CHECK(asking.read("the what que", "und", {}).stems.empty());
}

TEST_CASE("runs of words are those that carry meaning, whatever stands around them", "[app]") {
  const AskingWords asking = words();
  const auto one = asking.runs("Acme is excellent, I love it", "en", {"acme"});
  const auto more =
      asking.runs("On monday Acme is excellent I love it near the station", "en", {"acme"});
  REQUIRE_FALSE(one.empty());
  CHECK(std::includes(more.begin(), more.end(), one.begin(), one.end()));
  const auto other = asking.runs("Acme is a kettle that my mother would love", "en", {"acme"});
  std::vector<std::uint64_t> both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(both));
  CHECK(both.empty());
  CHECK(asking.runs("I have been with them", "en", {}).empty());
  CHECK(asking.runs("love it", "en", {}).empty());
}

TEST_CASE("phrases say what kind of answer is wanted", "[app]") {
  const AskingWords asking = words();
  CHECK(asking.read("How do I pair it?", "en", {}).how);
  CHECK(asking.read("¿Cómo se limpia?", "es", {}).how);
  CHECK(asking.read("Cum se curăță?", "ro", {}).how);
  CHECK(asking.read("Has anyone tried it?", "en", {}).experience);
  CHECK(asking.read("Dudo entre el A y el B", "es", {}).compare);
  for (const auto* text :
       {"Which has much worse port selection, the Nova 5 or the Kestrel?",
        "Why is the Nova more reliable than the Kestrel?", "What do you suggest: Nova or Kestrel?",
        "Are the features on Nova inferior to those on Kestrel?",
        "Is the Nova lighter than the old one?"})
    CHECK(asking.read(text, "en", {}).compare);
  CHECK(asking.read("¿Es más fiable que el Kestrel?", "es", {}).compare);
  CHECK(asking.read("Este mai fiabil decât Kestrel?", "ro", {}).compare);
  for (const auto* text : {"Does it come in red or blue?", "Is it worth more than 30 euros?",
                           "Which cable fits?", "Better late than never?"})
    CHECK_FALSE(asking.read(text, "en", {}).compare);
  const AskingSigns plain = asking.read("Is it quiet?", "en", {});
  CHECK_FALSE((plain.how || plain.experience || plain.compare));
}

TEST_CASE("a phrase may begin with any word or with a gap", "[app]") {
  const std::vector<RuleFile> files = {
      {"rules/asking.toml",
       "[en]\nstop = []\nhow = [\"_ steps\"]\nexperience = [\"… by now\"]\ncompare = []\n"}};
  const auto asking = AskingWords::load(files);
  REQUIRE(asking);
  CHECK(asking->read("Which steps?", "en", {}).how);
  CHECK_FALSE(asking->read("Steps are known.", "en", {}).how);
  CHECK(asking->read("By now it runs", "en", {}).experience);
  CHECK(asking->read("It runs well by now", "en", {}).experience);
  CHECK_FALSE(asking->read("It runs by then", "en", {}).experience);
}

TEST_CASE("of a very long text the beginning is read", "[app]") {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "word" + std::to_string(i) + " ";
  const AskingSigns signs = words().read(text, "en", {});
  CHECK(signs.words == 2000);
  CHECK(signs.stems.size() <= AskingWords::most_words);
}

}  // namespace testigo::app
