#include <catch2/catch.hpp>

#include "app/judge.h"
#include "app/rule_book.h"
#include "core/embedded.h"

namespace testigo::app {
namespace {

const classify::Classifier& classifier() {
  static const classify::Classifier loaded = [] {
    auto files = rule_files(embedded_files(), std::nullopt);
    REQUIRE(files);
    auto book = load_rule_book(std::move(*files));
    REQUIRE(book);
    return classify::Classifier(book->rules);
  }();
  return loaded;
}

std::string language_of(std::string_view text, std::optional<std::string> stated) {
  Post post;
  post.text = text;
  post.language = std::move(stated);
  return verdict_of(classifier(), post, {}).language;
}

}  // namespace

TEST_CASE("what a page says of its language holds against a guess of few letters", "[app]") {
  CHECK(language_of("Acme no", "en") == "en");
  CHECK(language_of("Acme no", "en-US") == "en");
  CHECK(language_of("Acme no", "es") == "es");
  CHECK(language_of("Super Acme", "ro") == "ro");
  CHECK(language_of("Acme bine", "en") == "en");
  CHECK(language_of("👍 12345", "ro-RO") == "ro");
  CHECK(language_of("Acme total", "es-ES") == "es");
  CHECK(language_of("Acme no", "spa") == "es");
  CHECK(language_of("Acme no", "ENG") == "en");
  CHECK(language_of("Super Acme", "rum") == "ro");
}

TEST_CASE("a text that surely is of another language than its page is of that", "[app]") {
  const std::string english =
      "I have had this kettle for a year and it has never leaked, so I would buy it again.";
  const std::string spanish =
      "Llevo un año con este hervidor y no ha goteado nunca, así que lo volvería a comprar.";
  const std::string romanian =
      "Am acest fierbător de un an și nu a curs niciodată, așa că l-aș cumpăra din nou.";
  for (const char* stated : {"en", "es", "ro", "fr", "en-GB"}) {
    INFO(stated);
    CHECK(language_of(english, stated) == "en");
    CHECK(language_of(spanish, stated) == "es");
    CHECK(language_of(romanian, stated) == "ro");
  }
  CHECK(language_of("この製品はとても良いです。おすすめします。", "en") == "ja");
  CHECK(language_of("Это очень хороший продукт, я всем рекомендую его", "en") == "ru");
}

TEST_CASE("a page's language that is none is not heeded", "[app]") {
  CHECK(language_of("Muy bueno, no me puedo quejar", "klingonese") == "es");
  CHECK(language_of("Muy bueno, no me puedo quejar", "x-default") == "es");
  CHECK(language_of("Muy bueno, no me puedo quejar", std::nullopt) == "es");
}

}  // namespace testigo::app
