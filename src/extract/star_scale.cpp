#include "extract/star_scale.h"

#include <algorithm>
#include <iterator>

#include "extract/number.h"
#include "extract/rating_words.h"
#include "extract/star_icon.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr double stars_in_all = 5.0;
constexpr std::size_t max_kinds = 1'000;  // of names on a page; the rest is read one by one
constexpr std::string_view digits = "0123456789";

struct NumberedName {
  std::string_view front;  // "stars-"
  std::string number;      // "4.5" of "4-5"
  bool whole = false;      // figures alone
};

std::optional<NumberedName> parts_of(std::string_view name) {
  const std::size_t digit = name.find_first_of(digits);
  if (digit == std::string_view::npos) return std::nullopt;
  NumberedName parts{name.substr(0, digit), std::string(name.substr(digit)), false};
  std::string& number = parts.number;
  std::replace_if(
      number.begin(), number.end(), [](char c) { return c == ',' || c == '-' || c == '_'; }, '.');
  const std::size_t end = number.find_first_not_of("0123456789.");
  if (end != std::string::npos) number.resize(end);
  while (number.ends_with('.')) number.pop_back();
  parts.whole = number.find('.') == std::string::npos;
  return parts;
}

template <typename Each>
void for_each_name(Node element, Each each) {
  if (element.is_element("img")) {
    std::string_view source = element.attribute("src").value_or("");
    source = source.substr(0, source.find('?'));
    source.remove_prefix(std::min(source.rfind('/') + 1, source.size()));
    if (source.find_first_of(digits) != std::string_view::npos) {
      const std::string file = text::ascii_lower(source);
      if (names_stars(file)) each(std::string_view(file));
    }
  }
  const std::string_view written = element.attribute("class").value_or("");
  if (written.find_first_of(digits) == std::string_view::npos) return;
  const std::string classes = text::ascii_lower(written);
  for (std::size_t at = 0; at < classes.size();) {
    const std::size_t end = std::min(classes.find(' ', at), classes.size());
    const std::string_view name = std::string_view(classes).substr(at, end - at);
    if (names_stars(name)) each(name);
    at = end + 1;
  }
}

}  // namespace

StarScales::StarScales(const formats::Tree& page) {
  for (const Node node : page.document().descendants())
    if (node.is_element()) for_each_name(node, [&](std::string_view name) { note(name); });
}

void StarScales::note(std::string_view name) {
  const auto parts = parts_of(name);
  if (!parts || !parts->whole) return;
  const auto value = parse_number(parts->number);
  if (!value || *value == 0.0 || *value > 100.0) return;
  auto seen = seen_.find(parts->front);
  if (seen == seen_.end()) {
    if (seen_.size() == max_kinds) return;
    seen = seen_.emplace(parts->front, 0).first;
  }
  seen->second |= *value > 50.0           ? to_hundred
                  : *value > 10.0         ? to_fifty
                  : *value == 10.0        ? ten
                  : *value > stars_in_all ? to_nine
                                          : to_five;
}

std::optional<double> StarScales::stars_of(std::string_view name) const {
  const auto parts = parts_of(name);
  if (!parts) return std::nullopt;
  auto value = parse_number(parts->number);
  if (!value) return std::nullopt;
  const auto found = seen_.find(parts->front);
  const std::uint8_t seen = found == seen_.end() || !parts->whole ? 0 : found->second;
  const bool of_ten = (seen & (to_fifty | to_hundred)) == 0;
  if ((seen & to_hundred) != 0) {
    *value *= stars_in_all / 100.0;
  } else if (of_ten && ((seen & to_nine) != 0 || (seen & (to_five | ten)) == (to_five | ten))) {
    *value /= 2.0;
  } else if (seen == ten) {
    return std::nullopt;  // one star of five, or all ten halves
  } else if (*value > stars_in_all && parts->number.size() == 2) {
    *value /= 10.0;  // nobody has fifty stars
  }
  return *value <= stars_in_all ? value : std::nullopt;
}

std::optional<double> StarScales::stars(Node element) const {
  std::optional<double> stars;
  for_each_name(element, [&](std::string_view name) {
    if (!stars) stars = stars_of(name);
  });
  return stars;
}

bool names_stars(std::string_view name) { return holds_star_name(name) || names_rating(name); }

}  // namespace testigo::extract
