#include <algorithm>
#include <array>

#include "formats/csv.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::string_view candidates = ",;\t|";
constexpr std::array<std::string_view, 4> candidate_names = {"commas", "semicolons", "tabs",
                                                             "bars"};
constexpr std::size_t sampled_rows = 30;

// How many fields each of the first rows has; a last row that may be torn is left out.
std::vector<std::size_t> field_counts(std::string_view head, const CsvDialect& dialect) {
  std::vector<std::size_t> counts;
  std::size_t fields = 1;
  bool quoted = false;
  bool blank = true;
  for (std::size_t i = 0; i < head.size() && counts.size() < sampled_rows; ++i) {
    const char c = head[i];
    if (quoted && c == '\\' && dialect.backslash_escapes) {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == dialect.delimiter) {
      ++fields;
    } else if (!quoted && (c == '\n' || c == '\r')) {
      if (!blank) counts.push_back(fields);
      fields = 1;
      blank = true;
      continue;
    }
    blank = false;
  }
  if (counts.empty() && !blank) counts.push_back(fields);
  return counts;
}

// A delimiter is as likely as rows have as many fields as the first that has several (reports begin
// with lines of their own), then as fields are many.
std::pair<std::size_t, std::size_t> likelihood(std::string_view head, const CsvDialect& dialect) {
  const std::vector<std::size_t> counts = field_counts(head, dialect);
  const auto first =
      std::find_if(counts.begin(), counts.end(), [](std::size_t fields) { return fields > 1; });
  if (first == counts.end()) return {0, 0};
  const auto alike = std::count(counts.begin(), counts.end(), *first);
  return {static_cast<std::size_t>(alike), *first};
}

// Whether quotes within quotes are written \" and none "".
bool escapes_by_backslash(std::string_view head) {
  bool escaped = false;
  for (std::size_t at = head.find("\\\""); at != std::string_view::npos;
       at = head.find("\\\"", at + 1)) {
    const char after = at + 2 < head.size() ? head[at + 2] : '\n';
    if (candidates.find(after) == std::string_view::npos && after != '\n' && after != '\r' &&
        after != '"')
      escaped = true;
  }
  if (!escaped) return false;
  for (std::size_t at = head.find("\"\""); at != std::string_view::npos;
       at = head.find("\"\"", at + 2)) {
    const char before = at == 0 ? '\n' : head[at - 1];
    if (before != '\n' && before != '\\' && candidates.find(before) == std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace

CsvDialect sniff_csv(std::string_view head) {
  CsvDialect best;
  best.backslash_escapes = escapes_by_backslash(head);
  if (text::equal_ignoring_case(head.substr(0, 4), "sep=") && head.size() > 5 &&
      (head[5] == '\r' || head[5] == '\n')) {
    best.delimiter = head[4];
    return best;
  }
  std::pair<std::size_t, std::size_t> most{0, 0};
  for (const char delimiter : candidates) {
    const auto here = likelihood(head, {delimiter, best.backslash_escapes});
    if (here <= most) continue;
    most = here;
    best.delimiter = delimiter;
  }
  return best;
}

std::string describe(const CsvDialect& dialect) {
  const std::size_t at = candidates.find(dialect.delimiter);
  std::string words = at == std::string_view::npos ? std::string("\"") + dialect.delimiter + "\""
                                                   : std::string(candidate_names[at]);
  return words + (dialect.backslash_escapes ? ", quotes escaped by a backslash" : "");
}

}  // namespace testigo::formats
