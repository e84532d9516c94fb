#include "classify/learnt_row.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace testigo::classify {
namespace {

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// A pattern as a name: letters and digits, all else one hyphen; a stem ends with "-", so that
// it is told from the word.
std::string name_of(std::string_view pattern) {
  constexpr std::string_view negated = "<not> _{0,2} ";
  std::string name;
  if (pattern.starts_with(negated)) {
    name = "negated-";
    pattern.remove_prefix(negated.size());
  }
  for (const char c : pattern) {
    if (is_plain(c)) {
      name += c;
    } else if (c != '\'' && (name.empty() || name.back() != '-')) {
      name += '-';
    }
  }
  return name;
}

std::string one_decimal(double weight) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", weight);
  return text.data();
}

}  // namespace

std::string learnt_id(const LearntOrigin& origin, const LearntRow& row) {
  const std::string_view kind = origin.axis == LearntAxis::polarity ? "learnt" : "learnt-tag";
  const std::string name = row.pattern == "-"
                               ? "bias-" + std::string(value_name(origin.axis, row.side))
                               : name_of(row.pattern);
  return origin.language + "." + std::string(kind) + "." + name;
}

std::string table_line(const LearntOrigin& origin, const LearntRow& row) {
  return learnt_id(origin, row) + "\t" + std::string(axis_name(origin.axis)) + "\t" +
         std::string(value_name(origin.axis, row.side)) + "\t" + one_decimal(row.weight) + "\t" +
         row.pattern + "\t" + std::to_string(row.support) + "\t" + origin.provenance;
}

std::string table_of(const LearntOrigin& origin, std::span<const LearntRow> rows) {
  std::map<std::string, std::string> lines;  // the first of an id stays
  for (const LearntRow& row : rows) lines.emplace(learnt_id(origin, row), table_line(origin, row));
  std::string out(table_header);
  for (const auto& [id, line] : lines) out += line + "\n";
  return out;
}

}  // namespace testigo::classify
