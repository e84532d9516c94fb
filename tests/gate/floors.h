#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gate/figures.h"

// By set and axis.
using Floors = std::map<std::pair<std::string, std::string>, double>;

// What is pinned: floors, and the digest of each gold set that they were measured on.
struct Pins {
  Floors floors;
  std::map<std::string, std::string> digests;  // by language, "sha256:…"
};

// Lines of a table by their columns, comments left out.
[[nodiscard]] std::vector<std::vector<std::string>> read_columns(const std::string& path);

[[nodiscard]] Pins read_pins(const std::string& path);
void write_pins(const std::string& path, const Pins& pins);

// Floors at what is reached, less a margin, to two decimals. A floor that stands higher stays
// unless `lower`.
[[nodiscard]] Floors raised(const Floors& floors, const std::vector<Figure>& figures, bool lower);
