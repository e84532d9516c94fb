#include "app/language_code.h"

#include <catch2/catch.hpp>

using testigo::app::language_code_of;
using testigo::app::language_tag_of;

TEST_CASE("a language is known however it is written", "[app]") {
  for (const char* spanish : {"es", "ES", "Es", "spa", "SPA", "Spanish", "spanish", "español"}) {
    INFO(spanish);
    CHECK(language_tag_of(spanish) == "es");
  }
  for (const char* romanian : {"ro", "ron", "rum", "RON", "Romanian", "română"}) {
    INFO(romanian);
    CHECK(language_tag_of(romanian) == "ro");
  }
  CHECK(language_tag_of("eng") == "en");
  CHECK(language_tag_of("fr") == "fr");
}

TEST_CASE("script and region stay, in their case", "[app]") {
  CHECK(language_tag_of("es-MX") == "es-MX");
  CHECK(language_tag_of("ES_mx") == "es-MX");
  CHECK(language_tag_of("spa-419") == "es-419");
  CHECK(language_tag_of("SR-latn-rs") == "sr-Latn-RS");
  CHECK(language_tag_of("en-") == "en");
  CHECK(language_code_of("ES_mx") == "es");
}

TEST_CASE("what names no language is none", "[app]") {
  for (const char* none : {"", "und", "klingonese", "x-default", "e", "zz", "-", "es es"}) {
    INFO(none);
    CHECK(language_tag_of(none).empty());
  }
}
