#include "classify/language.h"

#include <catch2/catch.hpp>

#include "classify/support/rules_folder.h"

using namespace testigo::classify;

namespace {

std::string language_of(std::string_view text) {
  return identify_language(testing::project_classifier().rules(), text).language;
}

}  // namespace

TEST_CASE("short texts of our languages are told apart", "[classify]") {
  for (const std::string_view text :
       {"great product", "Not bad", "I love it", "worst app ever", "don't buy"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "en");
  }
  for (const std::string_view text :
       {"muy bueno", "No me gusta", "una mierda", "¿Qué tal va?", "Todo perfecto"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "es");
  }
  for (const std::string_view text : {"foarte bun", "nu recomand", "Nu-mi place", "țeapă totală",
                                      "merge bine", "multumit de produs"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "ro");
  }
}

TEST_CASE("a drawn-out word is of the language that it is meant in", "[classify]") {
  for (const std::string_view text : {"baaaad", "yummmmy", "sooooo sloooow", "excellentttt"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "en");
  }
  for (const std::string_view text : {"feooooo", "buenisimoooo", "malisiiiiimo", "excelenteee"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "es");
  }
  CHECK(language_of("groaaaaznic") == "ro");
  CHECK(language_of("mi-a placuuuut") == "ro");
}

TEST_CASE("other languages are named as what they are", "[classify]") {
  CHECK(language_of("Je ne suis pas content de ce produit, il ne marche pas très bien") == "fr");
  CHECK(language_of("Das Produkt ist sehr schlecht und der Kundenservice antwortet nicht") == "de");
  CHECK(language_of("O produto é muito bom, não tenho nada a reclamar") == "pt");
  CHECK(language_of("Il prodotto non funziona, sono molto deluso della qualità") == "it");
  CHECK(language_of("Это очень хороший продукт, я всем рекомендую его") == "ru");
  CHECK(language_of("この製品はとても良いです。おすすめします。") == "ja");
}

TEST_CASE("where nothing speaks the language is unknown", "[classify]") {
  for (const std::string_view text : {"", "   ", "12345", "😀😀", "\xFF\xFE", "https://a.example/"}) {
    CAPTURE(text);
    CHECK(language_of(text) == "und");
  }
}

TEST_CASE("a language that is stated holds unless the text clearly is in another", "[classify]") {
  const auto language_of_stated = [](std::string_view text, std::string_view stated) {
    return identify_language(testing::project_classifier().rules(), text, stated).language;
  };
  CHECK(language_of_stated("Acme no", "en") == "en");
  CHECK(language_of_stated("Acme no", "ro") == "ro");
  CHECK(language_of_stated("12345", "es") == "es");
  CHECK(language_of_stated("Super kettle", "fr") == "fr");
  CHECK(language_of_stated("No me gusta nada, una mierda", "en") == "es");
  CHECK(language_of_stated("Nu-mi place, țeapă totală", "en") == "ro");
  CHECK(language_of_stated("I love it, the best app ever", "es") == "en");
  CHECK(language_of_stated("Это очень хороший продукт, я всем рекомендую его", "en") == "ru");
}
