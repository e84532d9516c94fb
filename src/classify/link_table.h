#pragma once

#include <span>
#include <vector>

#include "classify/collect.h"
#include "classify/compiled.h"

namespace testigo::classify {

// links.tsv, resolved: by circumstance, then by slot of the value that a hit speaks for.
struct LinkTable {
  std::vector<std::vector<Link>> links;
  std::vector<Finding> findings;
};

// `layout` needs its slots and themes only.
[[nodiscard]] LinkTable compile_links(std::span<const PlacedRow> rows, const CompiledRules& layout);

}  // namespace testigo::classify
