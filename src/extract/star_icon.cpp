#include "extract/star_icon.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t most_parts = 24;       // elements in one icon
constexpr std::size_t most_text_bytes = 16;  // of one icon: a character, an icon font's word
constexpr std::size_t most_sign_bytes = 6;   // of characters: one star over another

template <std::size_t N>
bool holds_any(std::string_view text, const std::string_view (&parts)[N]) {
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

template <std::size_t N>
bool is_any(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr std::string_view empty_parts[] = {"empty",       "inactive",   "unfilled",
                                            "outline",     "blank",      "hollow",
                                            "star_border", "starborder", "-0-filled"};
constexpr std::string_view half_parts[] = {"half", "-50-filled"};
constexpr std::string_view empty_words[] = {
    "off",  "o",    "far",       "regular", "zero",      "none",      "grey",
    "gray", "line", "unchecked", "void",    "lightgray", "lightgrey", "border"};
constexpr std::string_view full_words[] = {"on",      "full",     "filled", "fill",        "active",
                                           "checked", "fas",      "solid",  "gold",        "yellow",
                                           "orange",  "selected", "amber",  "currentcolor"};
// Names of siblings that tell their places.
constexpr std::string_view place_words[] = {"first", "last", "odd", "even"};
// What icon fonts draw in the place of these words.
constexpr std::string_view ligatures[] = {"star",      "star_border",  "star_half",
                                          "star_rate", "star_outline", "grade"};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#';
}

template <typename Each>
void for_each_word(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_letter_or_digit(text[end])) ++end;
    if (end > at) each(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

// What a paint like "#ffc107" tells: colours are filled, greys and white are not. Black may be
// either.
Fill fill_painted(std::string_view hex) {
  const std::size_t size = hex.size() == 4 ? 1 : 2;  // digits of one part
  if (!hex.starts_with('#') || hex.size() != 1 + 3 * size) return Fill::unknown;
  int parts[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const char* begin = hex.data() + 1 + i * size;
    if (std::from_chars(begin, begin + size, parts[i], 16).ptr != begin + size)
      return Fill::unknown;
    if (size == 1) parts[i] *= 0x11;
  }
  const auto [least, most] = std::minmax_element(std::begin(parts), std::end(parts));
  constexpr int colourful = 60, grey = 20, dark = 0x60;
  if (*most - *least > colourful) return Fill::full;
  return *most - *least <= grey && *most >= dark ? Fill::none : Fill::unknown;
}

Fill fill_named(std::string_view name) {
  if (holds_any(name, empty_parts)) return Fill::none;
  if (holds_any(name, half_parts)) return Fill::half;
  Fill fill = Fill::unknown;
  bool outlined_font = false;  // Bootstrap's icons are filled where they say so
  for_each_word(name, [&](std::string_view word) {
    if (word == "bi") outlined_font = true;
    if (fill == Fill::none) return;
    if (is_any(word, empty_words)) fill = Fill::none;
    if (is_any(word, full_words) || word.ends_with("filled")) fill = Fill::full;
    if (const Fill painted = fill_painted(word); painted != Fill::unknown) fill = painted;
  });
  if (fill == Fill::unknown && outlined_font && holds_star_name(name)) return Fill::none;
  return fill;
}

std::string lower(Node node, std::string_view attribute) {
  return text::ascii_lower(node.attribute(attribute).value_or(""));
}

// The file of a picture, the symbol of an SVG: "star_off.png", "icon-star".
std::string shown_file(Node node) {
  std::string file;
  for (const std::string_view attribute : {"src", "href", "xlink:href"})
    if (file.empty() && node.name() != "a") file = lower(node, attribute);
  file.erase(0, file.find_last_of("/#") + 1);
  return file.substr(0, file.find('?'));
}

// The values of a style that tell how an icon looks.
std::string looks_of_style(Node node) {
  std::string style = lower(node, "style");
  std::erase(style, ' ');
  std::string looks;
  for (std::size_t at = 0; at < style.size();) {
    const std::size_t end = std::min(style.find(';', at), style.size());
    const std::string_view rule = std::string_view(style).substr(at, end - at);
    for (const std::string_view name : {"color:", "fill:", "opacity:", "width:"})
      if (rule.starts_with(name)) looks.append(" ").append(rule);
    at = end + 1;
  }
  return looks;
}

// Names with the numbers that count siblings left out: "star-3", but not "text-gray-300".
std::string without_places(std::string_view names) {
  std::string kept;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find_first_of(" \t\n"), names.size());
    std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    const bool counted = holds_star_name(name);
    bool is_place = false;
    for_each_word(name, [&](std::string_view word) { is_place |= is_any(word, place_words); });
    if (is_place || name.starts_with("material-")) continue;  // that names a font
    while (counted && !name.empty() && name.back() >= '0' && name.back() <= '9')
      name.remove_suffix(1);
    kept.append(name).append(" ");
  }
  return kept;
}

// What one element of an icon is named and painted.
std::string names_of(Node node) {
  std::string names = without_places(lower(node, "class"));
  for (const std::string_view attribute : {"data-icon", "data-prefix", "data-testid", "offset"})
    names.append(" ").append(lower(node, attribute));
  // An SVG without a paint of its own says nothing of the paths in it.
  const std::string fill = lower(node, "fill");
  names.append(" ").append(node.name() == "svg" && fill == "none" ? "unpainted" : fill);
  if (node.name() == "ion-icon") names.append(" ").append(lower(node, "name"));
  return names.append(" ").append(shown_file(node)).append(looks_of_style(node));
}

// "star_border", "★"; of a picture's title the words that tell whether it is filled.
std::string drawn_text(Node text_node) {
  const std::string text = text::ascii_lower(text::trim(text_node.text()));
  if (is_any(text, ligatures)) return text;
  const Fill fill = fill_named(text);
  if (fill == Fill::none) return "empty";
  if (fill == Fill::half) return "half";
  return fill == Fill::full ? "full" : std::string();
}

bool is_drawn_text(std::string_view text) {
  const std::string lower = text::ascii_lower(text::trim(text));
  if (is_any(lower, ligatures)) return true;
  std::string_view rest = lower;
  for (bool cut = true; cut && !rest.empty();) {
    cut = false;
    for (const std::string_view sign : {"★", "☆", "⭐", "✩", "✭", "✮", "½", "\u00A0", "\uFE0F"})
      if (rest.starts_with(sign)) rest.remove_prefix(sign.size()), cut = true;
  }
  return rest.empty() && lower.size() <= most_sign_bytes;
}

bool is_title(Node text_node) {
  const std::string_view name = text_node.parent().name();
  return name == "title" || name == "desc";
}

}  // namespace

bool may_be_icon(Node unit) {
  constexpr std::string_view others[] = {"input", "label", "button", "select", "textarea", "p"};
  constexpr std::string_view drawn[] = {"i", "svg", "img"};
  constexpr std::size_t most_drawn = 2;  // a filled one over an empty one; more are a row
  std::size_t parts = 0;
  std::size_t drawings = 0;
  const auto fits = [&](Node node) {
    if (++parts > most_parts) return false;
    if (node.is_element()) {
      if (is_any(node.name(), drawn)) ++drawings;
      return drawings <= most_drawn && !is_any(node.name(), others);
    }
    const std::string_view words = text::trim(node.text());
    return words.empty() || is_title(node) ||
           (words.size() <= most_text_bytes && is_drawn_text(words));
  };
  const auto within = unit.descendants();
  return fits(unit) && std::all_of(within.begin(), within.end(), fits);
}

namespace {

// Puts together what an icon and the elements in it look like.
class IconReader {
 public:
  explicit IconReader(Node unit) : unit_(unit) {}

  Icon read() {
    add_element(unit_);
    for (const Node node : unit_.descendants())
      node.is_element() ? add_element(node) : add_text(node);
    // A plain star is laid over an empty one.
    if (icon_.fill == Fill::none && plain_star_ && !empty_around_) icon_.fill = Fill::full;
    return std::move(icon_);
  }

 private:
  void add_element(Node node) {
    const std::string names = names_of(node);
    icon_.look.append("<").append(node.name()).append(" ").append(names);
    icon_.is_star = icon_.is_star || holds_star_name(names);
    if (const auto path = node.attribute("d"); path && icon_.path.empty()) {
      icon_.path = *path;
      icon_.look.append(std::to_string(std::hash<std::string_view>()(*path)));
    }
    note_fill(names, node.first_child() && node.name() != "svg");
  }

  void add_text(Node node) {
    const std::string drawn = drawn_text(node);
    if (drawn.empty() && node.text().find("★") == std::string_view::npos) return;
    icon_.look.append(" ").append(drawn);
    icon_.is_star = icon_.is_star || drawn.empty() || holds_star_name(drawn);
    note_fill(drawn, false);
  }

  // `around`: it holds others.
  void note_fill(std::string_view names, bool around) {
    const Fill fill = fill_named(names);
    if (fill == Fill::unknown) plain_star_ = plain_star_ || (!around && holds_star_name(names));
    if (fill == Fill::none) empty_around_ = empty_around_ || around;
    const bool tells_more = fill == Fill::half || icon_.fill == Fill::unknown ||
                            (icon_.fill == Fill::none && fill == Fill::full);
    if (fill != Fill::unknown && tells_more) icon_.fill = fill;
  }

  Node unit_;
  Icon icon_;
  bool plain_star_ = false;
  bool empty_around_ = false;
};

// "start", "postarea", "mustard", "starve": whether what is around "star" makes another word of it.
bool makes_another_word(std::string_view before, std::string_view behind) {
  constexpr std::string_view fronts[] = {"ba", "cu", "mu"};
  constexpr std::string_view ends[] = {"t", "ea", "ve", "ch", "ring", "ling", "buck", "board"};
  if (behind.starts_with('d')) {
    return std::any_of(std::begin(fronts), std::end(fronts),
                       [&](std::string_view front) { return before.ends_with(front); });
  }
  return std::any_of(std::begin(ends), std::end(ends),
                     [&](std::string_view end) { return behind.starts_with(end); });
}

}  // namespace

Icon read_icon(Node unit) { return IconReader(unit).read(); }

bool holds_star_name(std::string_view name) {
  if (name.find("estrella") != std::string_view::npos) return true;
  for (std::size_t at = name.find("star"); at != std::string_view::npos;
       at = name.find("star", at + 1)) {
    if (!makes_another_word(name.substr(0, at), name.substr(at + 4))) return true;
  }
  return false;
}

}  // namespace testigo::extract
