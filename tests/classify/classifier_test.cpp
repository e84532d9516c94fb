#include "classify/classifier.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <future>
#include <map>
#include <set>
#include <tuple>

#include "classify/support/rules_folder.h"

using namespace testigo;
using namespace testigo::classify;
using namespace testigo::classify::testing;

namespace {

double polarity_sum(const Verdict& verdict) {
  double sum = 0;
  for (const Reason& reason : verdict.why) {
    if (reason.axis != Axis::polarity) continue;
    if (reason.value == "positive") sum += reason.contribution;
    if (reason.value == "negative") sum -= reason.contribution;
  }
  return sum;
}

double sum_of(std::string_view text) { return polarity_sum(judge(toy_classifier(), text)); }

// Who is praised and blamed, of these brands.
std::vector<Target> targets_of(std::string_view text, const std::vector<std::string>& brands,
                               std::optional<BrandSwitch> goes = std::nullopt) {
  ClassifyInput input;
  input.text = text;
  input.language = "en";
  input.brands = brands;
  input.goes = goes;
  return toy_classifier().classify(input, false).targets;
}

}  // namespace

TEST_CASE("negation and intensity leave reasons of their own", "[classify]") {
  expect_reasons(
      toy_classifier(), "The battery is not very good",
      {"               ^^^           en.mod.not", "                   ^^^^      en.mod.very",
       "                        ^^^^ en.lex.good"});
  CHECK(sum_of("good") == Approx(2));
  CHECK(sum_of("very good") == Approx(3));
  CHECK(sum_of("not very good") == Approx(-3 * 0.74));
  CHECK(sum_of("a bit bad") == Approx(-1.2));
}

TEST_CASE("the score is what the reasons of polarity add up to", "[classify]") {
  const Verdict verdict = judge(toy_classifier(), "good, but not very good");
  CHECK(verdict.score == Approx(std::tanh(polarity_sum(verdict) / 4)));
}

TEST_CASE("negation ends with its clause and its reach", "[classify]") {
  CHECK(sum_of("not bad") > 0);
  CHECK(sum_of("not me, bad") < 0);
  CHECK(sum_of("not because bad") < 0);
  CHECK(sum_of("not one two three bad") > 0);
  CHECK(sum_of("not one two three four bad") < 0);
  CHECK(sum_of("not. bad") < 0);
  CHECK(sum_of("no good, or bad") ==
        Approx(-2 * 0.74 + 2 * 0.74));  // a joiner keeps the clause open
  CHECK(sum_of("isnt good") < 0);
}

TEST_CASE("what only looks like a negation is none", "[classify]") {
  CHECK(sum_of("not only good") == Approx(2));
  CHECK(sum_of("no problems") == Approx(2));  // the longer pattern has the negator in it
  expect_reasons(toy_classifier(), "no problems", {"^^^^^^^^^^^ en.phr.no-problems"});
}

TEST_CASE("the last clause gets the say", "[classify]") {
  CHECK(sum_of("good but bad") == Approx(2 * 0.5 - 2 * 1.5));
  CHECK(sum_of("bad but good") > 0);
  CHECK(sum_of("Although bad, good") == Approx(-2 * 0.5 + 2));
}

TEST_CASE("conditions and questions make a feeling unreal", "[classify]") {
  CHECK(sum_of("if good") == Approx(0.5));
  CHECK(sum_of("if so, good") == Approx(2));
  CHECK(sum_of("good?") == Approx(1));
  CHECK(sum_of("why so late?") == Approx(-3));  // the mark is part of the reproach
  CHECK(judge(toy_classifier(), "does anyone know?").tag == Tag::question);
}

TEST_CASE("capitals, marks and drawn-out words emphasise", "[classify]") {
  CHECK(sum_of("it is GOOD") == Approx(3));
  CHECK(sum_of("IT IS GOOD") == Approx(2));  // all is shouted: nothing stands out
  CHECK(sum_of("good!") == Approx(2.2));
  CHECK(sum_of("good!!!!!!!!") == Approx(2.6));
  CHECK(sum_of("goooood") == Approx(2.4));
  CHECK(sum_of("good :)") == Approx(3));
}

TEST_CASE("what another said does not count", "[classify]") {
  CHECK(sum_of("> bad\ngood") == Approx(2));
}

TEST_CASE("mixed wins where both are said and neither outweighs", "[classify]") {
  CHECK(judge(toy_classifier(), "good. bad.").tag == Tag::mixed);
  CHECK(judge(toy_classifier(), "good. good. bad.").tag == Tag::advocacy);
  CHECK(judge(toy_classifier(), "table").tag == Tag::other);
}

TEST_CASE("the smaller of two opposite sums counts in twentieths", "[classify]") {
  const Verdict verdict = judge(toy_classifier(), "good good. not bad, very bad");
  const auto mixed = std::find_if(verdict.why.begin(), verdict.why.end(), [](const Reason& reason) {
    return reason.rule == "en.bias.mixed";
  });
  REQUIRE(mixed != verdict.why.end());
  CHECK(mixed->field == Field::sums);
  CHECK_FALSE(mixed->span);
  double smaller = 0.0;
  for (const Reason& reason : verdict.why)
    if (reason.axis == Axis::tag && reason.value == "complaint") smaller += reason.contribution;
  const double steps = mixed->contribution / 1.4 * 20;
  CHECK(steps == Approx(std::round(steps)));
  CHECK(steps / 20 == Approx(smaller).margin(0.025));
}

TEST_CASE("reasons come as their words stand: title, text, then those without words",
          "[classify]") {
  ClassifyInput input;
  input.text = "very good. not bad";
  input.title = "bad";
  const Verdict verdict = toy_classifier().classify(input, true);
  const auto place = [](const Reason& reason) {
    return std::tuple(!reason.span, reason.field == Field::text,
                      reason.span ? reason.span->begin : 0);
  };
  CHECK(std::is_sorted(verdict.why.begin(), verdict.why.end(),
                       [&](const Reason& a, const Reason& b) { return place(a) < place(b); }));
  REQUIRE(verdict.why.size() > 3);
  CHECK(verdict.why.front().field == Field::title);
  CHECK_FALSE(verdict.why.back().span);
}

TEST_CASE("what one rule says of a value at one place is one reason", "[classify]") {
  const Verdict verdict =
      judge(toy_classifier(), "good good bad good, not good but bad. very good!");
  std::set<std::tuple<Axis, std::string_view, std::string_view, std::size_t, std::size_t>> seen;
  for (const Reason& reason : verdict.why) {
    const TextSpan span = reason.span.value_or(TextSpan{});
    CHECK(seen.emplace(reason.axis, reason.value, reason.rule, span.begin, span.end).second);
    CHECK(std::abs(reason.contribution) > 1e-12);
  }
}

TEST_CASE("a message to somebody about a theme is told from other texts", "[classify]") {
  const Classifier classifier(small_rules({
      {"rules/en/themes.tsv", rows("en.theme.price | theme | price | 2 | price | - | hand\n")},
      {"rules/en/bias.tsv",
       rows("en.bias.addressed | tag | complaint | 3 | <addressed> | - | hand\n"
            "en.bias.mentions | tag | other | 2 | <mentions> | - | hand\n"
            "en.bias.no-theme | theme | none | 0.5 | - | - | hand\n"
            "en.bias.question | tag | question | 1 | - | - | hand\n")},
  }));
  CHECK(judge(classifier, "@acme the price").tag == Tag::complaint);
  CHECK(judge(classifier, "@acme the weather").tag == Tag::other);
  CHECK(judge(classifier, "the price, says @acme").tag == Tag::other);
  CHECK(judge(classifier, "the price").tag == Tag::question);
}

TEST_CASE("a hashtag without capitals is cut where the words of the rules fill it", "[classify]") {
  CHECK(sum_of("#noproblems") == Approx(2));
  CHECK(sum_of("#verygood") == Approx(3));
  CHECK(sum_of("#goodbye") == Approx(0));  // no rule knows its end
  CHECK(sum_of("noproblems") == Approx(0));
  expect_reasons(toy_classifier(), "so #notbad",
                 {"       ^^^ en.lex.bad", "    ^^^    en.mod.not"});
}

TEST_CASE("themes have the polarity of their clause", "[classify]") {
  const Verdict verdict = judge(toy_classifier(), "good battery, bad price");
  CHECK(verdict.themes ==
        std::vector<Facet>{{"price", Polarity::negative}, {"battery", Polarity::positive}});
  CHECK(judge(toy_classifier(), "the battery").themes ==
        std::vector<Facet>{{"battery", Polarity::neutral}});
  CHECK(judge(toy_classifier(), "no battery").themes.size() == 1);
}

TEST_CASE("durations are read with what they measure", "[classify]") {
  const auto durations = [](std::string_view text) {
    return judge(toy_classifier(), text).durations;
  };
  CHECK(durations("waiting three weeks") ==
        std::vector<ClaimedDuration>{{3 * 604800, "waiting", {8, 19}}});
  CHECK(durations("2.5 weeks of it") == std::vector<ClaimedDuration>{{1512000, "other", {0, 9}}});
  CHECK(durations("a couple of weeks") ==
        std::vector<ClaimedDuration>{{2 * 604800, "other", {0, 17}}});
  CHECK(durations("some weeks").empty());
  CHECK(durations("99999999999999999999 weeks").empty());
}

TEST_CASE("durations are read with their fractions and tens", "[classify]") {
  const auto seconds = [](std::string_view text) {
    std::vector<std::int64_t> lengths;
    for (const ClaimedDuration& duration : judge(toy_classifier(), text).durations)
      lengths.push_back(duration.seconds);
    return lengths;
  };
  using Lengths = std::vector<std::int64_t>;
  CHECK(seconds("half a week") == Lengths{302400});
  CHECK(seconds("a week and a half") == Lengths{907200});
  CHECK(seconds("week and a half later") == Lengths{907200});
  CHECK(seconds("three and a half weeks") == Lengths{2116800});
  CHECK(seconds("2 and a half weeks") == Lengths{1512000});
  CHECK(seconds("forty three hours") == Lengths{43 * 3600});
  CHECK(seconds("forty and three hours") == Lengths{43 * 3600});
  CHECK(seconds("a couple of weeks and three of them came") == Lengths{2 * 604800});
  CHECK(seconds("two weeks. and a half of it").empty());
  CHECK(seconds("48hrs, then 3H") == Lengths{48 * 3600, 3 * 3600});
  CHECK(seconds("open 24 hours a week") == Lengths{24 * 3600});
  CHECK(seconds("three weeks, a week") == Lengths{3 * 604800});
  std::string chain = "week";
  for (int i = 0; i < 20'000; ++i) chain.insert(0, "and a half ");
  CHECK(seconds(chain).empty());
}

TEST_CASE("stars are a reason of their own, and contradiction is said", "[classify]") {
  ClassifyInput input;
  input.text = "good";
  input.language = "en";
  input.rating = Rating{1, 5, 1};
  const Verdict verdict = toy_classifier().classify(input, true);
  const auto has = [&](std::string_view rule) {
    return std::any_of(verdict.why.begin(), verdict.why.end(), [&](const Reason& reason) {
      return reason.rule == rule && reason.field == Field::rating && !reason.span;
    });
  };
  CHECK(has("shared.rating.low"));
  CHECK(has("shared.rating.contradicted"));
  CHECK(polarity_sum(verdict) == Approx(-1));
  input.rating = Rating{3, 3, 3};  // no scale at all
  CHECK(polarity_sum(toy_classifier().classify(input, true)) == Approx(2));
}

TEST_CASE("the title is a field of its own", "[classify]") {
  ClassifyInput input;
  input.text = "the table";
  input.title = "Very good";
  input.language = "en";
  const Verdict verdict = toy_classifier().classify(input, true);
  CHECK(verdict.polarity == Polarity::positive);
  for (const Reason& reason : verdict.why) {
    if (reason.rule == "en.lex.good") CHECK(reason.field == Field::title);
  }
}

TEST_CASE("of two brands the one beside the praise gets it", "[classify]") {
  const std::vector<std::string> brands = {"Acme Cloud", "Globex", "Initech"};
  const auto targets = [&](std::string_view text) { return targets_of(text, brands); };
  const auto both = targets("Acme Cloud is good but Globex is bad");
  REQUIRE(both.size() == 2);
  CHECK(both[0].tag == Tag::advocacy);
  CHECK(both[1].tag == Tag::complaint);
  const auto compared = targets("#AcmeCloud is so good, more than @globex");
  REQUIRE(compared.size() == 2);
  CHECK(compared[0].score > 0);
  CHECK(compared[1].score < 0);
  const auto listed = targets("Acme Cloud, Globex and Initech are good");
  REQUIRE(listed.size() == 3);
  CHECK(listed[0].score == listed[2].score);
  const auto many = targets("Initech is good, more than Acme Cloud or Globex");
  REQUIRE(many.size() == 3);
  CHECK(many[0].score == many[1].score);
  CHECK(many[2].tag == Tag::advocacy);
  const auto one = targets("bad. Globex.");
  REQUIRE(one.size() == 1);
  CHECK(one[0].tag == Tag::complaint);
  CHECK(targets("good").empty());
}

TEST_CASE("a comparison praises one side and blames the other", "[classify]") {
  const std::vector<std::string> brands = {"Acme", "Globex", "Initech"};
  // How much better the first brand comes off than the second.
  const auto lead = [&](std::string_view text) {
    double scores[2] = {};
    for (const Target& target : targets_of(text, brands))
      if (target.brand != brands[2]) scores[target.brand == brands[1]] = target.score;
    return scores[0] - scores[1];
  };
  SECTION("what compares decides, not what else is said") {
    CHECK(lead("bad, but Acme is better than Globex") > 0);
    CHECK(lead("Globex is better than Acme") < 0);
    CHECK(lead("Acme is better than bad Globex") > 0);
  }
  SECTION("who is level is not compared, unless it is denied") {
    CHECK(lead("Acme is as good as Globex") == 0);
    CHECK(lead("Acme is not as good as Globex") < 0);
    CHECK(lead("Acme is not as bad as the Globex") > 0);
    CHECK(lead("Acme is not as good as they say now of Globex") == 0);
  }
  SECTION("a comparator that leads its sentence is followed by its subject") {
    CHECK(lead("than Globex, Acme is good") > 0);
    CHECK(lead("than bad Globex, Acme is better") > 0);
  }
  SECTION("of two comparators the nearest decides") {
    CHECK(lead("than Globex Acme is better than Globex") > 0);
    CHECK(lead("Initech is better than Acme and better than Globex") == 0);
    CHECK(lead("Initech is better than Globex, and Acme is better than Globex") > 0);
  }
  SECTION("the first sentence begins with a comparator as any other does") {
    CHECK(lead("than Globex, Acme is good. Initech") > 0);
    CHECK(lead("Initech. than Globex, Acme is good") > 0);
  }
  SECTION("the same subject goes on") {
    CHECK(lead("Acme is smaller than Globex, and better in use") > 0);
  }
  SECTION("what is compared with nothing is of nobody") {
    CHECK(lead("better Acme with Globex") == 0);
    CHECK(lead("Acme and Globex. better times") == 0);
    CHECK(lead("Globex is good, but better") < 0);
  }
  SECTION("what an earlier clause names is compared with") {
    CHECK(lead("I have Globex but Acme is better") > 0);
    CHECK(lead("Globex is here because Acme sold out when times were in a way much better") == 0);
  }
}

TEST_CASE("what may be meant of either of two brands is of neither", "[classify]") {
  const std::vector<std::string> brands = {"Acme", "Globex"};
  const auto scores = [&](std::string_view text) {
    std::vector<double> out;
    for (const Target& target : targets_of(text, brands)) out.push_back(target.score);
    return out;
  };
  const auto either = scores("Acme came because Globex went because I say, good");
  REQUIRE(either.size() == 2);
  CHECK(either[0] == either[1]);
  const auto before = scores("good, because Acme came because Globex went");
  CHECK(before[0] == before[1]);
  const auto one = scores("Acme came because, as I say, good. Globex went");
  CHECK(one[0] > one[1]);
  const auto both = scores("Acme and Globex came because, as I say, good");
  CHECK(both[0] > 0);
  CHECK(both[0] == both[1]);
}

TEST_CASE("names that nobody asked for do not end a list of brands", "[classify]") {
  const std::vector<std::string> brands = {"Acme", "Globex"};
  const auto targets = [&](std::string_view text) { return targets_of(text, brands); };
  const auto listed = targets("good: Acme, Initech, Umbrella Group and Globex");
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].score == listed[1].score);
  const auto longer = targets("good: Acme One, Globex");
  CHECK(longer[0].score == longer[1].score);
  const auto apart = targets("good Acme, they say to me now, and Globex");
  CHECK(apart[1].score == 0.0);
  const auto opposed = targets("Acme good, Globex bad");
  CHECK(opposed[0].tag == Tag::advocacy);
  CHECK(opposed[1].tag == Tag::complaint);
}

TEST_CASE("the words of a brand's name say nothing", "[classify]") {
  const std::vector<std::string> brands = {"Good Clips", "Battery"};
  ClassifyInput input;
  input.text = "Good Clips has a Battery";
  input.language = "en";
  CHECK(toy_classifier().classify(input, false).score > 0);
  input.brands = brands;
  const Verdict verdict = toy_classifier().classify(input, false);
  CHECK(verdict.score == 0.0);
  CHECK(verdict.themes.empty());
  input.text = "Good Clips is good";
  CHECK(toy_classifier().classify(input, false).score > 0);
}

TEST_CASE("where the author goes, blame is of the brand left and praise of the other",
          "[classify]") {
  const std::vector<std::string> brands = {"Acme Cloud", "Globex"};
  const auto targets = [&](std::string_view text, std::optional<BrandSwitch> goes) {
    return targets_of(text, brands, goes);
  };
  constexpr std::string_view shared = "Acme Cloud is gone and Globex is here. Bad support";
  CHECK(targets(shared, {})[1].tag == Tag::complaint);
  const auto left = targets(shared, BrandSwitch{0, 1});
  REQUIRE(left.size() == 2);
  CHECK(left[0].tag == Tag::complaint);
  CHECK(left[1].tag == Tag::other);
  CHECK(left[1].score == 0.0);
  const auto praised =
      targets("Acme Cloud is gone and Globex is here. Good support", BrandSwitch{0, 1});
  CHECK(praised[0].score == 0.0);
  CHECK(praised[1].tag == Tag::advocacy);
  SECTION("what is said of one of them stays its own") {
    const auto own = targets("Acme Cloud is gone. Globex is bad", BrandSwitch{0, 1});
    CHECK(own[0].tag == Tag::complaint);  // the text as a whole complains
    CHECK(own[0].score == 0.0);
    CHECK(own[1].tag == Tag::complaint);
  }
  SECTION("the end that is not named gets its part") {
    const auto silent = targets("bad. Globex it is", BrandSwitch{0, 1});
    REQUIRE(silent.size() == 2);
    CHECK(silent[0].tag == Tag::complaint);
    CHECK(silent[1].tag == Tag::other);
  }
}

TEST_CASE("no text and no known language mean no verdict", "[classify]") {
  for (const std::string_view text : {"", "   ", "...", "\xFF"}) {
    const Verdict verdict = judge(toy_classifier(), text);
    CHECK_FALSE(verdict.tag);
    CHECK(verdict.why.empty());
  }
  const Verdict french = judge(toy_classifier(), "good", "fr");
  CHECK(french.language == "fr");
  CHECK_FALSE(french.tag);
  CHECK(judge(toy_classifier(), "good", "en-GB").tag == Tag::advocacy);
}

TEST_CASE("a verdict's reasons outlive the rules that gave them", "[classify]") {
  const Verdict verdict = [] {
    const Classifier classifier(small_rules(
        {{"rules/en/lexicon.tsv",
          rows("en.lex.quite-a-long-name | polarity | negative | 2 | dreadful | - | hand\n")}}));
    const Verdict judged = judge(classifier, "dreadful");
    return Verdict(judged);
  }();
  REQUIRE(verdict.why.size() == 1);
  CHECK(verdict.why[0].rule == "en.lex.quite-a-long-name");
  CHECK(verdict.why[0].value == "negative");
}

TEST_CASE("per axis and value the reasons sum to what decided", "[classify]") {
  for (const std::string_view text : {"not very good, but the price is bad!! anyone know?",
                                      "bad. good. GOOD", "if not good, no problems :)"}) {
    const Verdict verdict = judge(toy_classifier(), text);
    std::map<std::string_view, double> tags;
    for (const Reason& reason : verdict.why) {
      if (reason.axis == Axis::tag) tags[reason.value] += reason.contribution;
    }
    double total = 0;
    for (const std::string_view name : value_names(Axis::tag)) {
      const double sum = tags[name];
      CHECK(sum <= tags[to_string(*verdict.tag)] + 1e-9);
      total += std::exp(sum);  // the toy has no calibration: temperature 1
    }
    CHECK(verdict.confidence ==
          Approx(std::exp(tags[std::string(to_string(*verdict.tag))]) / total));
  }
}

TEST_CASE("threads share one classifier and agree", "[classify]") {
  const std::string text = "Not very good, but no problems! anyone know?";
  const Verdict expected = judge(toy_classifier(), text);
  std::vector<std::future<bool>> answers;
  for (int i = 0; i < 4; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      bool same = true;
      for (int round = 0; round < 200; ++round) {
        const Verdict verdict = judge(toy_classifier(), text);
        same = same && verdict.why == expected.why && verdict.score == expected.score;
      }
      return same;
    }));
  }
  for (auto& answer : answers) CHECK(answer.get());
}

TEST_CASE("one thread may change between rules", "[classify]") {
  const Classifier other(small_rules(
      {{"rules/en/a.tsv", rows("en.lex.good | polarity | negative | 2 | good | - | x\n")}}));
  for (int i = 0; i < 3; ++i) {
    CHECK(judge(toy_classifier(), "good :)").score > 0);
    CHECK(judge(other, "good :)").score < 0);
  }
}

TEST_CASE("explaining changes nothing but the reasons", "[classify]") {
  ClassifyInput input;
  input.text = "Not very good, but no problems!";
  input.language = "en";
  const Verdict with = toy_classifier().classify(input, true);
  const Verdict without = toy_classifier().classify(input, false);
  CHECK(with.score == without.score);
  CHECK(with.tag == without.tag);
  CHECK(with.confidence == without.confidence);
  CHECK(without.why.empty());
}
