#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::extract {

// A property's value: plain text, or another thing by its place in Things.
struct ThingValue {
  std::string text;
  std::string own;  // `text` without what it quotes of others, where it does
  std::string url;  // where the markup gave an address (href, src)
  std::optional<std::size_t> thing;
};

struct ThingProperty {
  std::string name;  // without vocabulary: "reviewBody"
  ThingValue value;
};

// Whether it says anything at all.
[[nodiscard]] bool has_value(const ThingProperty& property);

// One described thing, whatever syntax described it: JSON-LD, microdata, RDFa or microformats
// (those under schema.org's names).
struct Thing {
  std::vector<std::string> types;  // without vocabulary: "Review"
  std::string id;                  // @id, itemid, resource; "" none
  std::vector<ThingProperty> properties;

  [[nodiscard]] bool is(std::string_view type) const;
  // The first value of the first of these names that has one.
  [[nodiscard]] const ThingValue* first(std::initializer_list<std::string_view> names) const;
};

using Things = std::vector<Thing>;

// Lets values that only name a thing described elsewhere on the page stand for it: by its id, or by
// the id's fragment where one of both is no more than that ("#product").
void resolve_references(Things& things);

// "https://schema.org/Review", "schema:Review", "#Review" → "Review".
[[nodiscard]] std::string_view short_name(std::string_view name);

// How many types one thing may have: each is asked for with each review that hangs on it.
inline constexpr std::size_t max_types = 32;

// How many things a page may describe: a long product list has a few thousand.
inline constexpr std::size_t max_things = 200'000;

}  // namespace testigo::extract
