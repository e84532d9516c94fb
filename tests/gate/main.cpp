#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string_view>

#include "classify/classifier.h"
#include "core/digest.h"
#include "core/embedded.h"
#include "gate/dev_figures.h"
#include "gate/floors.h"
#include "gate/gold_figures.h"
#include "gate/labelled_rows.h"

using namespace testigo;

namespace {

constexpr const char* pins_path = TESTIGO_SOURCE_DIR "/tests/gate/floors.tsv";

std::string gold_path(const std::string& language) {
  return TESTIGO_SOURCE_DIR "/data/gold/" + language + ".jsonl";
}

classify::Classifier built_in_classifier() {
  std::vector<classify::RulesFile> files;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with("rules/")) files.push_back({file.path, file.bytes, false});
  auto rules = classify::load_rules(files);
  if (!rules) {
    std::cerr << describe(rules.error()) << "\n";
    std::exit(1);
  }
  return classify::Classifier(*rules);
}

std::string digest_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return labelled_digest(bytes.str());
}

// Prints each figure beside its floor and its bar; how many are below their floor.
std::size_t report(const std::vector<Figure>& figures, const Floors& floors, const Floors& bars) {
  std::size_t missed = 0;
  for (const Figure& figure : figures) {
    const auto floor = floors.find({figure.set, figure.axis});
    const auto bar = bars.find({figure.set, figure.axis});
    const bool low = floor != floors.end() && figure.value < floor->second;
    missed += low ? 1 : 0;
    std::printf("%-28s %-20s %-9s n %6zu  %.3f", figure.set.c_str(), figure.axis.c_str(),
                figure.measure.c_str(), figure.rows, figure.value);
    if (floor != floors.end()) std::printf("  floor %.2f%s", floor->second, low ? "  BELOW" : "");
    if (bar != bars.end() && figure.value < bar->second)
      std::printf("  short of its bar %.2f", bar->second);
    std::printf("\n");
  }
  return missed;
}

std::size_t check_digests(const Pins& pins, const std::map<std::string, std::string>& digests) {
  std::size_t changed = 0;
  for (const auto& [language, digest] : digests) {
    const auto pinned = pins.digests.find(language);
    if (pinned != pins.digests.end() && pinned->second == digest) continue;
    std::printf(
        "%s: the gold set is not the one that the floors were measured on; see gate --pin\n",
        language.c_str());
    ++changed;
  }
  return changed;
}

// Figures of the dev corpora, where there are any.
DevFigures find_dev_figures(const classify::Classifier& classifier) {
  const std::string folder = TESTIGO_SHARED_DIR "/corpus";
  if (std::filesystem::exists(folder + "/bars.tsv")) return dev_figures(classifier, folder);
  std::printf("dev corpora left out: there is no %s/bars.tsv\n", folder.c_str());
  return {};
}

}  // namespace

// gate [--pin [--lower]]: exit 1 where a floor is missed or a gold set has changed.
int main(int count, char** words) {
  const bool pin = count > 1 && std::string_view(words[1]) == "--pin";
  const bool lower = count > 2 && std::string_view(words[2]) == "--lower";
  const classify::Classifier classifier = built_in_classifier();
  const Pins pins = read_pins(pins_path);
  std::vector<Figure> figures;
  std::map<std::string, std::string> digests;
  for (const std::string language : {"en", "es", "ro"}) {
    digests[language] = digest_of(gold_path(language));
    for (Figure& figure : gold_figures(language, read_rows(classifier, gold_path(language))))
      figures.push_back(std::move(figure));
  }
  const DevFigures dev = find_dev_figures(classifier);
  figures.insert(figures.end(), dev.figures.begin(), dev.figures.end());
  if (pin) {
    write_pins(pins_path, {raised(pins.floors, figures, lower), digests});
    return report(figures, read_pins(pins_path).floors, dev.bars) > 0 ? 1 : 0;
  }
  const std::size_t wrong = check_digests(pins, digests) + report(figures, pins.floors, dev.bars);
  return wrong > 0 ? 1 : 0;
}
