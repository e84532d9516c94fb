#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/sides.h"

namespace testigo::classify {

// A rule whose weight was learnt.
struct LearntRow {
  std::string pattern;
  Side side = Side::neither;
  double weight = 0.0;
  std::uint32_t support = 0;  // texts that it stands in
};

// Where learnt rows come from and which axis they speak on.
struct LearntOrigin {
  std::string language;
  LearntAxis axis = LearntAxis::polarity;
  std::string provenance;  // "learnt from uci_sentences, 2026"
};

// "en.learnt.falls-apart" for axis polarity, "en.learnt-tag.falls-apart" for tag; "….bias-other"
// for a bias, whose pattern is `-`.
[[nodiscard]] std::string learnt_id(const LearntOrigin& origin, const LearntRow& row);

// The row as a line of a rules table, without its line break.
[[nodiscard]] std::string table_line(const LearntOrigin& origin, const LearntRow& row);

// All of them as a table, sorted by id, under the header that names the columns.
[[nodiscard]] std::string table_of(const LearntOrigin& origin, std::span<const LearntRow> rows);

inline constexpr std::string_view table_header =
    "# id\taxis\tvalue\tweight\tpattern\tsupport\tprovenance\n";

}  // namespace testigo::classify
