#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "classify/effects.h"
#include "classify/scopes.h"
#include "classify/tally.h"
#include "core/verdict.h"

namespace testigo::classify {

// Themes, service moments and cycle steps, each with the polarity of the clauses it stands in.
class Facets {
 public:
  void reset(std::size_t slots);
  // Notes the facets of one field. Where a facet's clause says nothing, its sentence speaks for it.
  void note(const Reading& reading, const Scopes& scopes, std::span<const Outcome> outcomes);
  // What exceeds `none` on an axis, in the axis' order. `fallback` is for facets around which
  // nothing is felt: neutral, or the whole text's polarity where the axis calls for that.
  [[nodiscard]] std::vector<Facet> list(const CompiledRules& rules, const Tally& tally, Axis axis,
                                        Polarity fallback) const;

 private:
  struct Feeling {
    double good = 0.0;
    double bad = 0.0;
  };

  std::vector<Feeling> feelings_;  // by slot
  std::vector<ValueSlot> noted_;   // the slots that are not empty
  std::vector<double> clauses_;
  std::vector<double> sentences_;
};

}  // namespace testigo::classify
