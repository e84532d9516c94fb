#include "gate/floors.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

// So much may a figure sink for the sake of others: two texts, and a little of what is averaged.
double margin_of(const Figure& figure) {
  return 0.005 + 2.0 / static_cast<double>(std::max<std::size_t>(figure.rows, 1));
}

}  // namespace

std::vector<std::vector<std::string>> read_columns(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    rows.push_back(std::move(row));
  }
  return rows;
}

Pins read_pins(const std::string& path) {
  Pins pins;
  for (const std::vector<std::string>& row : read_columns(path)) {
    if (row.size() != 3) continue;
    if (row[1] == "digest") {
      pins.digests[row[0]] = row[2];
    } else {
      pins.floors[{row[0], row[1]}] = std::stod(row[2]);
    }
  }
  return pins;
}

void write_pins(const std::string& path, const Pins& pins) {
  std::ofstream out(path);
  out << "# What the classifier may not sink below on data/gold, and the digests of the sets that "
         "it was\n"
         "# measured on. Written by gate --pin; measures are named in gold_figures.h.\n"
         "# set\taxis\tfloor or digest\n";
  for (const auto& [language, digest] : pins.digests)
    out << language << "\tdigest\t" << digest << "\n";
  for (const auto& [key, floor] : pins.floors) {
    char number[16];
    std::snprintf(number, sizeof number, "%.2f", floor);
    out << key.first << "\t" << key.second << "\t" << number << "\n";
  }
}

Floors raised(const Floors& floors, const std::vector<Figure>& figures, bool lower) {
  Floors out = floors;  // of sets that are not there now, too
  for (const Figure& figure : figures) {
    const double reached =
        std::max(0.0, std::floor((figure.value - margin_of(figure)) * 100) / 100);
    const auto before = floors.find({figure.set, figure.axis});
    const bool keep = before != floors.end() && !lower && before->second > reached;
    out[{figure.set, figure.axis}] = keep ? before->second : reached;
  }
  return out;
}
