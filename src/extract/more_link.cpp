#include "extract/more_link.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extract/foreign_lines.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_link = 400;  // bytes, with the title in it
constexpr std::size_t words_between = 3;  // "Read more about the Kettle", "Leer más sobre Teteras"
constexpr std::array<std::string_view, 2> ellipses = {"…", "..."};
constexpr std::array<std::string_view, 4> arrows = {"→", "»", "›", ">"};
constexpr std::array<std::string_view, 10> quotation_marks = {"\"", "'", "“", "”", "‘",
                                                              "’",  "„", "«", "»", "‹"};

bool begins_with_one(std::string_view text, std::span<const std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return text.starts_with(mark); });
}

bool ends_with_one(std::string_view text, std::span<const std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return text.ends_with(mark); });
}

// Whether words are a title, with no more than "about the" before it. Both folded.
bool name_title(std::string_view words, std::string_view title) {
  if (title.empty() || !words.ends_with(title)) return false;
  const std::string_view before = words.substr(0, words.size() - title.size());
  return before.empty() || (before.ends_with(' ') && words_in(before) <= words_between);
}

bool leads_to_more(std::string_view link, std::string_view title,
                   std::span<const std::string> phrases) {
  const std::string folded = text::fold(link);
  for (const std::string& phrase : phrases) {
    if (words_in(phrase) < 2 || !folded.starts_with(phrase)) continue;
    std::string_view name = std::string_view(folded).substr(phrase.size());
    if (name.empty() || (name.front() != ' ' && name.front() != ':')) continue;
    name = text::trim(name.substr(1));
    if (name.empty()) continue;
    const bool is_quoted =
        begins_with_one(name, quotation_marks) && ends_with_one(name, quotation_marks);
    if (is_quoted || ends_with_one(name, arrows) || name_title(name, title)) return true;
  }
  return false;
}

// Most lines end otherwise, and are done with here.
bool may_end_in_link(std::string_view line, std::string_view title) {
  if (ends_with_one(line, quotation_marks) || ends_with_one(line, arrows)) return true;
  return !title.empty() && line.size() > title.size() &&
         text::equal_ignoring_case(line.substr(line.size() - title.size()), title);
}

// Past the last ellipsis that ends before `end`, and what closes brackets behind it.
std::optional<std::size_t> past_ellipsis(std::string_view line, std::size_t end) {
  std::size_t past = 0;
  for (const std::string_view ellipsis : ellipses) {
    const std::size_t at = line.substr(0, end).rfind(ellipsis);
    if (at != std::string_view::npos) past = std::max(past, at + ellipsis.size());
  }
  if (past == 0) return std::nullopt;
  return past;
}

}  // namespace

std::size_t more_link_at(std::string_view line, std::string_view title,
                         std::span<const std::string> phrases) {
  constexpr int most_ellipses = 5;  // the title may have some
  title = text::trim(title);
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  if (!may_end_in_link(line, title)) return std::string_view::npos;
  const std::string folded_title = text::fold(title);
  std::size_t end = line.size();
  for (int i = 0; i < most_ellipses; ++i) {
    const auto past = past_ellipsis(line, end);
    if (!past || line.size() - *past > longest_link) break;
    const std::size_t begin = std::min(line.find_first_not_of(" ])", *past), line.size());
    if (leads_to_more(line.substr(begin), folded_title, phrases)) return begin;
    end = *past - 1;
  }
  if (line.size() > longest_link) return std::string_view::npos;
  return leads_to_more(text::trim(line), folded_title, phrases) ? 0 : std::string_view::npos;
}

}  // namespace testigo::extract
