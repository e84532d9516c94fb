#include <catch2/catch.hpp>

#include "classify/lint.h"
#include "classify/support/rules_folder.h"

using namespace testigo::classify;

namespace {

// Sentences that must come out right, as `rules/<lang>/examples.tsv` writes them; the language is
// identified, not given.
struct Sentence {
  const char* language;
  const char* expectation;
  const char* text;
};

constexpr Sentence sentences[] = {
    {"en", "tag=advocacy", "Everything has been smooth. No problems or complaints."},
    {"en", "tag=other|mixed,score>-0.3", "Not the worst I've seen"},
    {"en", "tag=complaint", "Great, another update that breaks everything"},
    {"en", "tag=advocacy,act=recommend,stage=umot", "I would recommend it to anyone"},
    {"en", "tag=complaint,act=warn,stage=umot", "I would not recommend this to anyone"},
    {"es", "tag=advocacy", "No me puedo quejar, todo perfecto"},
    {"es", "tag=complaint", "No es que sea malo, pero no lo recomiendo"},
    {"es", "tag=question,stage=zmot", "¿Alguien sabe si merece la pena frente a Globex?"},
    {"es", "tag=complaint,stage=amot,theme=delivery",
     "Sigo esperando el pedido desde hace dos semanas"},
    {"es", "tag=mixed|advocacy,recovery=claimed,service=resolution,service=follow_up",
     "Al principio fatal, pero me llamaron, se disculparon y me lo cambiaron gratis"},
    {"ro", "tag=advocacy", "Nu am nimic de reproșat"},
    {"ro", "tag=complaint,act=warn", "Nu recomand nimanui, teapa totala"},
    {"ro", "tag=advocacy,stage=smot", "Îl folosesc de trei luni și merge perfect"},
    {"ro", "tag=question,stage=zmot", "Merită banii sau mai aștept?"},
    {"en", "tag=question,stage=zmot", "Is it worth it compared to the Globex one?"},
    {"en", "tag=complaint,stage=amot,theme=delivery,service=response_time|reachability",
     "Still waiting for my order after three weeks, nobody answers"},
    {"en", "tag=other,act=reply",
     "Hello, we are sorry to hear that. Please send us your order number by DM."},
    {"en", "tag=other,act=promote", "50% off this weekend only! Use code ACME50"},
};

}  // namespace

TEST_CASE("the sentences that must come out right do", "[classify]") {
  std::string table;
  for (const Sentence& sentence : sentences) {
    table += std::string("-\tlanguage=") + sentence.language + "," + sentence.expectation + "\t" +
             sentence.text + "\n";
  }
  const RulesFile examples{"rules/shared/examples.tsv", table, false};
  const ExampleReport report = run_examples(testing::project_classifier().rules(), {&examples, 1});
  CHECK(report.examples == std::size(sentences));
  for (const Finding& failure : report.failures) FAIL_CHECK(show(failure));
}

TEST_CASE("the examples beside the rules come out as they say", "[classify]") {
  const ExampleReport report =
      run_examples(testing::project_classifier().rules(), testing::project_files());
  for (const Finding& failure : report.failures) FAIL_CHECK(show(failure));
}

TEST_CASE("the rules have no errors and every section is sorted", "[classify]") {
  for (const Finding& finding : lint(testing::project_files())) FAIL_CHECK(show(finding));
}
