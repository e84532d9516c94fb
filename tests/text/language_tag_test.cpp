#include "text/language_tag.h"

#include <catch2/catch.hpp>

using namespace testigo;

TEST_CASE("a language is known by its first part", "[text]") {
  for (const auto* tag : {"zz", "", "-", "e", "klingonese", "en_", "9", "\xff\xfe"})
    CHECK_FALSE(text::is_language(tag));
  for (const auto* tag : {"en", "es", "ro", "pt-BR", "zh-Hant-TW", "und", "yue", "nb"})
    CHECK(text::is_language(tag));
}

TEST_CASE("a page's tag tells a language that is known", "[text]") {
  for (const auto* tag : {"en", "en-US", "EN_us", "En"}) CHECK(text::known_language(tag) == "en");
  CHECK(text::known_language("zh-Hant-TW") == "zh");
  for (const auto* tag : {"", "und", "english", "x-default", "\xff"})
    CHECK(text::known_language(tag).empty());
}
