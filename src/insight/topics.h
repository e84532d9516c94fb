#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::insight {

// What a text is about, as terms (stems of its words, "theme:price") that weigh more the fewer
// texts have them. Terms are numbers, so that comparing two texts is a walk along two short lists.
struct TermWeight {
  std::uint32_t term = 0;
  double weight = 0.0;
};
using TermVector =
    std::vector<TermWeight>;  // by term, each once; squares of weights sum to 1, or none

// Cosine of the angle between two texts, in [0, 1].
[[nodiscard]] double likeness(const TermVector& a, const TermVector& b);

// The terms of a collection. Add every text first, then ask.
class TermTable {
 public:
  void add(std::span<const std::string> terms);  // of one text, each once

  // weight = ln(1 + texts / texts that have the term), times `theme_factor` for a theme: it holds
  // across languages, which words do not. A term that no other text has is left out: it makes a
  // text like no other.
  [[nodiscard]] TermVector vector_of(std::span<const std::string> terms) const;
  [[nodiscard]] std::string_view name(std::uint32_t term) const { return *names_[term]; }
  // The same weight of any term that was added, also of one that no other text has.
  [[nodiscard]] double weight_of(std::string_view term) const;

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<const std::string*> names_;  // the map's own
  std::vector<std::int64_t> texts_with_;
  std::int64_t texts_ = 0;
};
inline constexpr double theme_factor = 2.0;
inline constexpr std::string_view theme_prefix = "theme:";

// Groups texts that are about one thing. Each text, in the order given, joins the group whose
// middle (the mean of its members) is most like it, if the likeness is `enough` or more, else
// begins a group. Returns the members of each group, in order. Texts × groups × terms.
[[nodiscard]] std::vector<std::vector<std::size_t>> grouped_by_likeness(
    std::span<const TermVector> texts, double enough);

// The mean of some texts, as long as any of them.
[[nodiscard]] TermVector middle_of(std::span<const TermVector> texts,
                                   std::span<const std::size_t> members);

}  // namespace testigo::insight
