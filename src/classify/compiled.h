#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classify/automaton.h"
#include "classify/rules.h"
#include "core/verdict.h"
#include "text/words.h"

// The compiled form of the rules, for the files of this room only.
namespace testigo::classify {

// Axes of rules: those of a verdict (same numbers as Axis), and two that stay inside.
inline constexpr std::uint8_t modifier_axis = axis_count;
inline constexpr std::uint8_t unit_axis = axis_count + 1;
inline constexpr std::size_t rule_axis_count = axis_count + 2;

constexpr std::uint8_t index_of(Axis axis) { return static_cast<std::uint8_t>(axis); }

// What a modifier does; rules/README.md says it in words.
enum class Modifier : std::uint8_t {
  negator,
  pseudo_negator,
  intensifier,
  diminisher,
  contrast,
  concession,
  boundary,
  conditional,
  past,
  comparator,
  comparative,
  equative,
  joiner,
  question,
  exclaim,
  caps,
  elongated,
  quoted,
};
inline constexpr std::size_t modifier_count = 18;

enum class Unit : std::uint8_t { duration, money, number, article, part };

// Circumstances in which a hit does not simply speak for itself.
enum class When : std::uint8_t { plain, negated, question, conditional };
inline constexpr std::size_t when_count = 4;

// A value of a verdict's axis by one number: all logits lie in one array.
using ValueSlot = std::uint16_t;

struct Rule {
  std::uint32_t row = 0;  // in CompiledRules::rows
  std::uint8_t axis = 0;
  std::uint16_t value = 0;  // of the axis; a Modifier or Unit on the inner ones
  double weight = 0.0;
};

// Where a hit's weight goes: one row of links.tsv, resolved.
struct Link {
  std::uint8_t axis = 0;
  std::uint16_t value = 0;
  ValueSlot slot = 0;  // of that value
  double factor = 0.0;
};

// A rule that fires without words: a bias, a star rating, the brand's own account.
struct FieldRule {
  enum class Kind : std::uint8_t {
    bias,
    both,
    addressed,
    mentions,
    rating,
    by_brand,
    contradiction
  };
  Kind kind = Kind::bias;
  Rule rule;
  double low = 0.0;  // rating: the range, in [0, 1]
  double high = 0.0;
};

// The rules of one language; the shared ones are compiled into each.
struct LanguageRules {
  std::string language;
  std::vector<Rule> rules;
  Automaton automaton;
  std::vector<FieldRule> fields;  // all but those of kind both
  std::vector<FieldRule> boths;   // which count when all else is summed
  std::array<std::optional<std::uint32_t>, modifier_count>
      marks;                                           // rules for caps, elongated, quoted
  double temperature = 1.0;                            // of the tag's softmax
  std::map<std::string, double, std::less<>> numbers;  // "three", "a couple of" → value
  std::map<std::string, double, std::less<>> parts;    // "and a half" → what it adds to a number
};

// Votes for languages; see language.h.
struct LanguageModel {
  struct Vote {
    std::uint16_t language = 0;
    float weight = 0.0F;
  };
  struct Letters {
    std::string bytes;  // lower case, unfolded
    Vote vote;
  };
  // Letters at one end of a word, as bytes of a chunk (text/chunk.h) that ends or begins there.
  struct EndLetters {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;  // of those bytes
    std::size_t size = 0;
    Vote vote;
  };
  // All of one end, by the byte at it. Which bytes stand beside that one is kept as bits (of the
  // byte's lower five), which spares most comparisons.
  struct End {
    std::vector<EndLetters> letters;
    std::uint32_t neighbours = 0;
  };
  std::vector<std::string> languages;
  Vocabulary words;                 // folded, and unfolded where that differs
  std::vector<Vote> votes;          // those of a word stand together,
  std::vector<Slice> vote_ranges;   // by word
  std::array<End, 256> beginnings;  // by first byte
  std::array<End, 256> endings;     // by last byte
  std::vector<Letters> inside;
};

// Whether an axis may have no answer (`none` in bias.tsv).
[[nodiscard]] constexpr bool has_none(std::uint8_t axis) {
  return axis == index_of(Axis::stage) || axis == index_of(Axis::intent) ||
         axis == index_of(Axis::service) || axis == index_of(Axis::cycle) ||
         axis == index_of(Axis::theme);
}

// A value that texts are judged to have.
struct SlotName {
  Axis axis = Axis::tag;
  std::string_view value;  // "none" where the axis may have no answer
};

// Where a rule's row stands.
struct RowPlace {
  Slice written;           // in CompiledRules::letters: the whole line
  std::uint32_t file = 0;  // in CompiledRules::paths
  int line = 0;
};

struct CompiledRules {
  std::uint64_t serial = 0;  // tells compiled rules apart within a process, for reused buffers
  std::string hash;
  std::vector<char> letters;             // of all rows, as they are written
  std::vector<std::string> paths;        // of the files
  std::vector<RowPlace> rows;            // by id
  std::vector<std::string_view> ids;     // of the rows, side by side for those who read many
  std::vector<LanguageRules> languages;  // by name
  LanguageModel identification;
  std::vector<std::string> symbols;      // emoticons
  std::vector<std::string> themes;       // built-in ones and those declared
  std::vector<std::vector<Link>> links;  // by when, then by slot of the value
  std::array<ValueSlot, axis_count + 1> first_slot{};
  std::vector<SlotName> slot_names;

  [[nodiscard]] RuleRow row(std::size_t index) const;
  [[nodiscard]] std::string_view written(std::size_t row) const {
    return {letters.data() + rows[row].written.begin, rows[row].written.count};
  }
  [[nodiscard]] const LanguageRules* find(std::string_view language) const;
  [[nodiscard]] ValueSlot slot(std::uint8_t axis, std::uint16_t value) const {
    return static_cast<ValueSlot>(first_slot[axis] + value);
  }
  [[nodiscard]] std::size_t slot_count() const { return first_slot[axis_count]; }
  // Values of an axis, without `none`.
  [[nodiscard]] std::uint16_t value_count(std::uint8_t axis) const {
    const int values = first_slot[axis + 1u] - first_slot[axis];
    return static_cast<std::uint16_t>(values - (has_none(axis) ? 1 : 0));
  }
  // The slot of `none` on the axes that may have no answer: the last of the axis.
  [[nodiscard]] ValueSlot none_slot(Axis axis) const {
    return static_cast<ValueSlot>(first_slot[index_of(axis) + 1] - 1);
  }
  [[nodiscard]] const std::vector<Link>& links_of(When when, std::uint8_t axis,
                                                  std::uint16_t value) const {
    return links[static_cast<std::size_t>(when) * slot_count() + slot(axis, value)];
  }
};

}  // namespace testigo::classify
