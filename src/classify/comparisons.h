#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "classify/effects.h"
#include "classify/matcher.h"
#include "classify/named_brands.h"

namespace testigo::classify {

// Which brands one field compares, and which hits say so. Keeps its buffers.
class Comparisons {
 public:
  enum class Role : std::uint8_t {
    none,     // an opinion like any other
    decides,  // it is of the subjects, and turned round of the objects
    nobodys,  // it may be of either side, or compares with what the text does not name
  };
  // What a hit is to the comparisons.
  struct Part {
    Role role = Role::none;
    NamedBrands::Range subjects;
    NamedBrands::Range objects;
  };

  // What was given must live as long as parts are asked for.
  void read(const Reading& reading, const NamedBrands& named, std::span<const Hit> modifiers);
  // Where the hit stands behind a comparator, or has one before it, that one decides; a word that
  // compares ("better") without one compares with the brand that an earlier clause of its sentence
  // names, if its own names another close before it.
  [[nodiscard]] Part part_of(const Outcome& outcome) const;

 private:
  // A comparator ("than") with what stands on its two sides.
  struct Comparison {
    std::uint32_t begin = 0;  // tokens
    std::uint32_t end = 0;
    std::uint32_t sentence = 0;
    std::uint32_t clause = 0;
    bool has_comparative = false;  // "better" stands before it
    bool equates = false;          // "as good as": not so good, if it is denied
    bool leads = false;            // it begins the sentence: "Unlike Acme, Globex …"
    NamedBrands::Range subjects;
    NamedBrands::Range objects;

    [[nodiscard]] Part decides() const { return {Role::decides, subjects, objects}; }
  };

  void add(const Hit& comparator);
  void lead(Comparison& comparison) const;
  void part_from_last(Comparison& comparison);
  [[nodiscard]] NamedBrands::Range::iterator end_of_sentence(std::uint32_t sentence,
                                                             NamedBrands::Range::iterator brand);
  [[nodiscard]] NamedBrands::Range named_before(NamedBrands::Range::iterator object) const;
  [[nodiscard]] bool has_comparative(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] Part part_behind(const Comparison& last, std::uint32_t clause, bool compares) const;
  [[nodiscard]] Part part_without_comparator(const Outcome& outcome) const;

  const Reading* reading_ = nullptr;
  const NamedBrands* named_ = nullptr;
  std::vector<Comparison> all_;           // by place
  std::vector<const Hit*> comparatives_;  // by place
  std::uint32_t ended_sentence_ = 0;      // the one whose end was looked for last
  NamedBrands::Range::iterator ended_{};
};

}  // namespace testigo::classify
