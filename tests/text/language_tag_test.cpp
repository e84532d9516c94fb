#include "text/language_tag.h"

#include <catch2/catch.hpp>
#include <string>

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
  for (const auto* tag : {"", "und", "x-default", "\xff"}) CHECK(text::known_language(tag).empty());
}

TEST_CASE("a language is known by its name, too", "[text]") {
  for (const auto* name : {"Spanish", "SPANISH", "español", "Espanol", "Spanish (Latin America)"})
    CHECK(text::known_language(name) == "es");
  CHECK(text::known_language("Română") == "ro");
  CHECK(text::known_language("english") == "en");
  CHECK(text::known_language("Deutsch") == "de");
  CHECK(text::known_language("klingonese").empty());
  CHECK(text::known_language("mixed").empty());
  CHECK(text::known_language(std::string(500, 'a')).empty());
}
