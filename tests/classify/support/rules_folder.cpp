#include "classify/support/rules_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <list>
#include <set>
#include <sstream>

namespace testigo::classify::testing {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

struct Folder {
  std::list<std::string> bytes;  // what the views below look at
  std::vector<RulesFile> files;
};

const Folder& project_folder() {
  static const Folder folder = [] {
    Folder made;
    std::set<std::filesystem::path> paths;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(TESTIGO_SOURCE_DIR "/rules")) {
      if (entry.is_regular_file() && entry.path().extension() == ".tsv") paths.insert(entry.path());
    }
    for (const auto& path : paths) {
      const std::string& name = made.bytes.emplace_back(path.string());
      const std::string& bytes = made.bytes.emplace_back(read_file(path));
      made.files.push_back({name, bytes, false});
    }
    return made;
  }();
  return folder;
}

}  // namespace

const std::vector<RulesFile>& project_files() { return project_folder().files; }

const Classifier& project_classifier() {
  static const Classifier classifier = [] {
    auto rules = load_rules(project_files());
    if (!rules) FAIL(describe(rules.error()));
    return Classifier(*rules);
  }();
  return classifier;
}

Rules small_rules(const Tables& tables) {
  std::vector<RulesFile> files;
  for (const auto& [path, bytes] : tables) files.push_back({path, bytes, false});
  auto rules = load_rules(files);
  if (!rules) FAIL(describe(rules.error()));
  return *rules;
}

std::string rows(std::string_view lines) {
  std::string out(lines);
  for (std::size_t at = 0; (at = out.find(" | ", at)) != std::string::npos;)
    out.replace(at, 3, "\t");
  return out;
}

const Classifier& toy_classifier() {
  static const Classifier classifier(small_rules({
      {"rules/en/lexicon.tsv",
       rows("en.lex.bad | polarity | negative | 2 | bad | - | hand\n"
            "en.lex.better | polarity | positive | 1 | better | - | hand\n"
            "en.lex.good | polarity | positive | 2 | good | - | hand\n"
            "en.lex.problem | polarity | negative | 1 | problem* | - | hand\n"
            "en.phr.no-problems | polarity | positive | 2 | no problems | - | hand\n"
            "en.phr.why-so-bad | polarity | negative | 3 | why so _ \"?\" | - | hand\n"
            "en.act.ask | act | ask | 2 | anyone know | - | hand\n"
            "en.theme.battery | theme | battery | 2 | battery | - | hand\n"
            "en.theme.price | theme | price | 2 | price | - | hand\n"
            "en.stage.waiting | stage | amot | 2 | waiting | - | hand\n")},
      {"rules/en/modifiers.tsv",
       rows("en.mod.although | modifier | concession | 0.5 | although | - | hand\n"
            "en.mod.because | modifier | boundary | - | because | - | hand\n"
            "en.mod.bit | modifier | diminisher | 0.6 | a bit | - | hand\n"
            "en.mod.but | modifier | contrast | 1.5 | but | - | hand\n"
            "en.mod.if | modifier | conditional | - | if | - | hand\n"
            "en.mod.not | modifier | negator | 4 | (not|no|isn't) | - | hand\n"
            "en.mod.not-only | modifier | pseudo_negator | - | not only | - | hand\n"
            "en.mod.or | modifier | joiner | - | or | - | hand\n"
            "en.mod.as | modifier | equative | - | as _{1,2} as | - | hand\n"
            "en.mod.better | modifier | comparative | - | better | - | hand\n"
            "en.mod.than | modifier | comparator | - | than | - | hand\n"
            "en.mod.very | modifier | intensifier | 1.5 | very | - | hand\n")},
      {"rules/en/bias.tsv", rows("en.bias.mixed | tag | mixed | 1.4 | <both> | - | hand\n"
                                 "en.bias.neutral | polarity | neutral | 0.5 | - | - | hand\n"
                                 "en.bias.other | tag | other | 1 | - | - | hand\n"
                                 "en.bias.no-stage | stage | none | 0.5 | - | - | hand\n")},
      {"rules/shared/links.tsv", rows("polarity | positive | plain | tag | advocacy | 1\n"
                                      "polarity | negative | plain | tag | complaint | 1\n"
                                      "act | ask | plain | tag | question | 1\n"
                                      "polarity | positive | negated | polarity | negative | 0.74\n"
                                      "polarity | negative | negated | polarity | positive | 0.74\n"
                                      "polarity | * | question | polarity | = | 0.5\n"
                                      "polarity | * | conditional | polarity | = | 0.25\n"
                                      "act | * | question | act | = | 1\n"
                                      "theme | * | negated | theme | = | 1\n")},
      {"rules/shared/marks.tsv",
       rows("shared.mod.caps | modifier | caps | 1.5 | - | - | hand\n"
            "shared.mod.elongated | modifier | elongated | 1.2 | - | - | hand\n"
            "shared.mod.exclaim | modifier | exclaim | 1.1 | \"!\" | - | hand\n"
            "shared.mod.question | modifier | question | - | \"?\" | - | hand\n"
            "shared.mod.quoted | modifier | quoted | 0 | - | - | hand\n")},
      {"rules/shared/emoticons.tsv",
       rows("shared.emoticon.smile | polarity | positive | 1 | :) :-) | - | hand\n")},
      {"rules/shared/units.tsv",
       rows("en.unit.three | unit | number | 3 | three | - | hand\n"
            "en.unit.couple | unit | number | 2 | a couple of | - | hand\n"
            "en.unit.a | unit | number | 1 | a | - | hand\n"
            "en.unit.forty | unit | number | 40 | forty | - | hand\n"
            "en.unit.half-a | unit | number | 0.5 | half a | - | hand\n"
            "en.unit.and-a-half | unit | part | 0.5 | and a half | - | hand\n"
            "en.unit.and-three | unit | part | 3 | and three | - | hand\n"
            "en.unit.hour | unit | duration | 3600 | (hour|hours|h|hrs) | - | hand\n"
            "en.unit.week | unit | duration | 604800 | (week|weeks) | - | hand\n"
            "shared.unit.euro | unit | money | 1 | (eur|euros) | - | hand\n")},
      {"rules/shared/fields.tsv",
       rows("shared.rating.low | polarity | negative | 3 | <rating 0-0.3> | - | hand\n"
            "shared.rating.contradicted | tag | mixed | 1 | <rating-contradicts> | - | hand\n")},
  }));
  return classifier;
}

Verdict judge(const Classifier& classifier, std::string_view text, std::string_view language) {
  ClassifyInput input;
  input.text = text;
  input.language = language;
  return classifier.classify(input, true);
}

void expect_reasons(const Classifier& classifier, std::string_view text,
                    const std::vector<std::string_view>& drawn) {
  std::set<std::string> found;
  for (const Reason& reason : judge(classifier, text).why) {
    if (reason.axis != Axis::polarity || !reason.span) continue;
    found.insert(std::string(reason.span->begin, ' ') +
                 std::string(reason.span->end - reason.span->begin, '^') + " " + std::string(reason.rule));
  }
  std::set<std::string> expected;
  for (std::string line : std::vector<std::string>(drawn.begin(), drawn.end())) {
    const std::size_t carets_end = line.find_last_of('^') + 1;
    const std::size_t name = line.find_first_not_of(' ', carets_end);
    expected.insert(line.substr(0, carets_end) + " " + line.substr(name));
  }
  CAPTURE(text);
  CHECK(found == expected);
}

}  // namespace testigo::classify::testing
