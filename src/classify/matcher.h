#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "text/words.h"

namespace testigo::classify {

// A rule that fired on tokens [begin, end).
struct Hit {
  std::uint32_t rule = 0;  // in LanguageRules::rules
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint16_t value = 0;
  std::uint8_t axis = 0;
  double weight = 0.0;
};

// A named brand that stands on tokens [begin, end).
struct BrandAt {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint16_t brand = 0;  // in ClassifyInput::brands
};

// Finds what fires in a text. Keeps its buffers; results live until the next run.
class Matcher {
 public:
  // `brands` by begin. The longest hit wins on each axis, and one inside another does not count
  // (rules/README.md). Linear in tokens.
  void run(const LanguageRules& rules, const text::Tokenizer& tokenizer,
           std::span<const text::Token> tokens, std::span<const BrandAt> brands);

  // By begin.
  [[nodiscard]] std::span<const Hit> hits() const { return hits_; }
  [[nodiscard]] std::span<const Hit> modifiers() const { return modifiers_; }
  [[nodiscard]] std::span<const Hit> units() const { return units_; }

 private:
  void classify_tokens(const text::Tokenizer& tokenizer);
  [[nodiscard]] const Automaton::WordClass& class_of_emoji(std::string_view folded) const;
  [[nodiscard]] const Automaton::WordClass& class_of_elongated(const text::Token& token,
                                                               std::string_view folded) const;
  void look_ahead();
  void find_sentence_end();
  void match_from(std::uint32_t start, std::span<const PairTable::Step> ahead);
  void open(const Automaton::Opening& opening, std::span<const PairTable::Step> steps);
  void match_brand(std::uint32_t start);
  void walk(std::uint32_t node, std::uint32_t at);
  void walk_on(const Automaton::Node& node, std::uint32_t at);
  void pass_empty_gaps(const Automaton::Node& node, std::uint32_t at);
  [[nodiscard]] bool may_step(PairTable::Place place, std::uint32_t at) const;
  [[nodiscard]] std::span<const PairTable::Step> steps(PairTable::Place place,
                                                       std::uint32_t at) const;
  void look_through(std::span<const Automaton::Edge> edges, std::uint32_t at);
  void follow(std::span<const Automaton::Edge> edges, std::uint32_t symbol, std::uint32_t at);
  void skip_gap(const Automaton::Gap& gap, std::uint32_t at);
  void step_over_gap(const Automaton::Gap& gap, PairTable::Place place, std::uint32_t at);
  void accept(std::span<const std::uint32_t> rules, std::uint32_t end);
  void drop_names();
  void keep_longest();
  void keep(const Hit& hit);
  [[nodiscard]] bool ends_sentence(std::uint32_t at) const;
  [[nodiscard]] bool in_sentence(std::uint32_t at) const;
  [[nodiscard]] bool is_mark(std::uint32_t at) const;

  const LanguageRules* rules_ = nullptr;
  std::span<const text::Token> tokens_;
  std::uint32_t start_ = 0;
  std::uint32_t sentence_end_ = 0;  // the first token after the sentence of start_
  std::vector<const Automaton::WordClass*> classes_;
  // The tokens which lead anywhere together with the next one, and where.
  struct Lead {
    std::uint32_t at = 0;
    std::span<const PairTable::Step> steps;
  };
  std::vector<Lead> leads_;
  std::vector<std::uint32_t> brand_ends_;  // by token: where a brand that begins here ends; 0 none
  std::uint32_t named_until_ = 0;          // the end of the brand that began last
  bool has_brands_ = false;
  std::vector<Hit> found_;                              // from the current start
  std::array<std::uint32_t, rule_axis_count> reach_{};  // by axis: how far kept hits reach so far
  std::vector<Hit> hits_, modifiers_, units_;
};

}  // namespace testigo::classify
