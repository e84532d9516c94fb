#include "insight/phrases.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace testigo;
using namespace testigo::insight;

namespace {

// Words parted by blanks; "/" breaks, and a word in brackets is a stop word.
PhraseText text(std::string speaker, const std::string& words) {
  PhraseText made;
  made.speaker = std::move(speaker);
  std::istringstream in(words);
  bool breaks = true;
  for (std::string word; in >> word;) {
    if (word == "/") {
      breaks = true;
      continue;
    }
    const bool stop = word.front() == '(';
    made.words.push_back({stop ? word.substr(1, word.size() - 2) : word, stop, breaks});
    breaks = false;
  }
  return made;
}

std::vector<PhraseText> many(int count, const std::string& words, const std::string& prefix = "p") {
  std::vector<PhraseText> texts;
  for (int i = 0; i < count; ++i) texts.push_back(text(prefix + std::to_string(i), words));
  return texts;
}

void append(std::vector<PhraseText>& texts, const std::vector<PhraseText>& more) {
  texts.insert(texts.end(), more.begin(), more.end());
}

}  // namespace

TEST_CASE("what more people say than before is named once, whole", "[insight]") {
  auto now = many(60, "good lamp");
  append(now, many(20, "(the) app (does) not connect / lamp", "q"));
  const auto before = many(80, "good lamp");
  const auto found = new_phrases(now, before);
  REQUIRE(found.size() >= 1);
  CHECK(found[0].words == "app does not connect");
  CHECK(found[0].now == 20);
  CHECK(found[0].before == 0);
  CHECK(found[0].share_now.value == Approx(0.25));
  // 2·(20·ln 2 + 60·ln(60/70) + 80·ln(80/70))
  CHECK(found[0].g2 == Approx(30.59).margin(0.01));
  CHECK(found[0].sure);
  CHECK(found[0].text == 60);
  for (const NewPhrase& phrase : found) {
    CHECK(phrase.words != "connect");
    CHECK(phrase.words.find("lamp") == std::string::npos);  // everybody said that before
    CHECK(phrase.words.rfind("the", 0) == std::string::npos);
  }
}

TEST_CASE("one who says it often is one", "[insight]") {
  auto now = many(30, "good lamp");
  for (int i = 0; i < 50; ++i) now.push_back(text("loud", "terrible hinge"));
  CHECK(new_phrases(now, many(30, "good lamp")).empty());
}

TEST_CASE("without a period before nothing is new", "[insight]") {
  CHECK(new_phrases(many(30, "hinge"), {}).empty());
  CHECK(new_phrases({}, many(30, "hinge")).empty());
  CHECK(new_phrases({}, {}).empty());
}
