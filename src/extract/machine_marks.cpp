#include "extract/machine_marks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/normalize.h"

namespace testigo::extract {
namespace {

// The length of a mark for machines at the front, "[[VIDEOID:4f1c]]"; 0 where none is. Behind the
// id may stand words, "[[ASIN:B004 Blue Kettle]]": `words`.
struct MachineMark {
  std::size_t size = 0;
  std::string_view words;
};
MachineMark machine_mark(std::string_view text) {
  constexpr std::size_t longest = 300;
  constexpr std::string_view opening = "[[", closing = "]]";
  if (!text.starts_with(opening)) return {};
  const std::size_t end = text.substr(0, longest).find(closing);
  if (end == std::string_view::npos) return {};
  const std::string_view inside = text.substr(opening.size(), end - opening.size());
  const std::size_t colon = inside.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
  if (colon == 0 || colon == std::string_view::npos || inside[colon] != ':') return {};
  const std::string_view id = inside.substr(colon + 1);
  const std::size_t blank = std::min(id.find(' '), id.size());
  if (blank == 0) return {};
  return {end + closing.size(), text::trim(id.substr(blank))};
}

}  // namespace

std::string without_machine_marks(std::string text) {
  std::string_view rest = text::trim(text);
  std::string words;
  for (MachineMark mark = machine_mark(rest); mark.size > 0; mark = machine_mark(rest)) {
    if (!mark.words.empty()) words.append(mark.words).append(1, ' ');
    rest = text::trim(rest.substr(mark.size));
  }
  if (rest.size() == text::trim(text).size()) return text;
  return std::string(text::trim(words.append(rest)));
}

}  // namespace testigo::extract
