#include "app/language_code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/language_tag.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

using namespace std::string_view_literals;

// ISO 639-2 names languages with three letters, some of them with two codes; the rules have two.
constexpr std::array short_codes = {std::pair{"eng"sv, "en"sv}, std::pair{"spa"sv, "es"sv},
                                    std::pair{"ron"sv, "ro"sv}, std::pair{"rum"sv, "ro"sv}};

std::string shortest(std::string code) {
  for (const auto& [three, two] : short_codes)
    if (code == three) return std::string(two);
  return code;
}

// RFC 5646 §2.1.1: "Latn" for scripts, "MX" for regions.
std::string in_its_case(std::string_view subtag) {
  std::string out = text::ascii_lower(subtag);
  const std::size_t capitals = out.size() == 2 ? 2 : out.size() == 4 ? 1 : 0;
  for (std::size_t i = 0; i < capitals; ++i)
    if (out[i] >= 'a' && out[i] <= 'z') out[i] = static_cast<char>(out[i] - 'a' + 'A');
  return out;
}

}  // namespace

std::string language_code_of(std::string_view said) {
  const std::string first = text::ascii_lower(said.substr(0, said.find_first_of("-_")));
  const std::string code = shortest(first);
  return code == first ? text::known_language(said) : code;
}

std::string language_tag_of(std::string_view said) {
  std::string tag = language_code_of(said);
  const std::size_t end = said.find_first_of("-_");
  const bool is_name = end > 3 && end != std::string_view::npos;
  if (tag.empty() || end == std::string_view::npos || is_name) return tag;
  for (std::string_view rest = said.substr(end); !rest.empty();) {
    rest.remove_prefix(1);
    const std::size_t next = std::min(rest.find_first_of("-_"), rest.size());
    if (next > 0) tag += "-" + in_its_case(rest.substr(0, next));
    rest.remove_prefix(next);
  }
  return tag;
}

}  // namespace testigo::app
