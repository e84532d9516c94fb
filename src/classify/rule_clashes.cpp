#include "classify/rule_clashes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "classify/matcher.h"

namespace testigo::classify {
namespace {

bool is_opposite(const Hit& a, const Hit& b) {
  if (a.axis != b.axis || a.begin != b.begin || a.end != b.end) return false;
  const auto are = [&](auto one, auto other) {
    const auto first = static_cast<std::uint16_t>(one);
    const auto second = static_cast<std::uint16_t>(other);
    return (a.value == first && b.value == second) || (a.value == second && b.value == first);
  };
  if (a.axis == index_of(Axis::polarity)) return are(Polarity::positive, Polarity::negative);
  if (a.axis == index_of(Axis::tag)) return are(Tag::advocacy, Tag::complaint);
  return false;
}

// What trying a rule on its samples has shown.
struct Standing {
  bool counts = false;
  std::optional<std::uint32_t> other;     // row of one that counts in its place
  std::optional<std::uint32_t> opposite;  // row of one that says the opposite
};

class ClashFinder {
 public:
  explicit ClashFinder(const CompiledRules& rules)
      : rules_(rules), symbols_(rules.symbols.begin(), rules.symbols.end()), tokenizer_(symbols_) {}

  void try_out(const LanguageRules& language, const RuleSample& sample) {
    const auto tokens = tokenizer_.tokenize(sample.text);
    matcher_.run(language, tokenizer_, tokens, brands_in(tokens));
    const Rule& rule = language.rules[sample.rule];
    Standing& standing = standings_[rule.row];
    const auto row_of = [&](const Hit& hit) { return language.rules[hit.rule].row; };
    const auto is_own = [&](const Hit& hit) { return hit.rule == sample.rule; };
    for (const auto& hits : {matcher_.hits(), matcher_.modifiers(), matcher_.units()}) {
      const auto own = std::find_if(hits.begin(), hits.end(), is_own);
      standing.counts = standing.counts || own != hits.end();
      for (const Hit& hit : hits) {
        if (hit.axis != rule.axis || is_own(hit)) continue;
        if (own == hits.end()) standing.other = row_of(hit);
        if (own != hits.end() && is_opposite(*own, hit)) standing.opposite = row_of(hit);
      }
    }
  }

  [[nodiscard]] std::vector<Finding> findings() const {
    std::vector<Finding> findings;
    for (const auto& [row, standing] : standings_) {
      if (!standing.counts && standing.other)
        findings.push_back(warning(row, "never counts, for " + name(*standing.other) +
                                            " counts wherever it is found; take one of them out"));
      if (standing.opposite && *standing.opposite < row)
        findings.push_back(warning(row, "says the opposite of " + name(*standing.opposite) +
                                            " about the same words; take one of them out"));
    }
    return findings;
  }

 private:
  std::vector<BrandAt> brands_in(std::span<const text::Token> tokens) const {
    std::vector<BrandAt> brands;
    for (std::uint32_t i = 0; i < tokens.size(); ++i)
      if (tokenizer_.folded(tokens[i]) == sample_brand) brands.push_back({i, i + 1, 0});
    return brands;
  }

  std::string name(std::uint32_t row) const {
    const RuleRow rule = rules_.row(row);
    return "'" + rule.id + "' (" + rule.path + ":" + std::to_string(rule.line) + ")";
  }

  Finding warning(std::uint32_t row, const std::string& what) const {
    const RuleRow rule = rules_.row(row);
    return {rule.path, rule.line, 1, "'" + rule.id + "' " + what, "", true};
  }

  const CompiledRules& rules_;
  std::vector<std::string_view> symbols_;
  text::Tokenizer tokenizer_;
  Matcher matcher_;
  std::map<std::uint32_t, Standing> standings_;  // by row
};

}  // namespace

std::vector<Finding> find_clashes(const Compilation& compilation) {
  ClashFinder finder(*compilation.rules);
  for (const auto& [language, samples] : compilation.samples) {
    const LanguageRules* const rules = compilation.rules->find(language);
    if (rules == nullptr) continue;
    for (const RuleSample& sample : samples) finder.try_out(*rules, sample);
  }
  return finder.findings();
}

}  // namespace testigo::classify
