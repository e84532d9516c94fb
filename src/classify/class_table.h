#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "classify/compiled.h"
#include "classify/pattern.h"

namespace testigo::classify {

// The named classes of one language: those of classes.tsv, and <num>, <money> and <duration>, which
// are made from the units. `sets` must outlive it.
class ClassTable {
 public:
  explicit ClassTable(AtomSets& sets) : sets_(sets) {}

  void add_unit(Unit unit, const std::vector<Sequence>& ways);
  // Makes the classes of units; to be called when all units are there.
  void finish_units();
  void define(std::string_view name, std::vector<Sequence> ways);

  // Refers to this table, which must outlive it.
  [[nodiscard]] ClassLookup lookup() const;

 private:
  AtomSets& sets_;
  std::array<std::vector<Sequence>, 4> units_;
  std::map<std::string, std::vector<Sequence>, std::less<>> classes_;
};

// Each way as its words parted by spaces, choices written out: "a couple of".
[[nodiscard]] std::vector<std::string> spelled_out(const std::vector<Sequence>& ways,
                                                   const AtomSets& sets);

}  // namespace testigo::classify
