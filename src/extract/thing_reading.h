#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/thing.h"

namespace testigo::extract {

// A rating on its scale, as far as the page says.
struct ThingScale {
  std::optional<double> value, best, worst;
};

// Asks the things of a page for what they say of themselves, whatever hangs on what. The things
// must outlive this and stay as they are.
class ThingReading {
 public:
  explicit ThingReading(const Things& things);

  struct Parent {
    std::size_t thing;
    std::string_view property;  // at which the other stands
  };
  // What a thing stands in first; none of one that stands by itself.
  [[nodiscard]] std::optional<Parent> parent_of(std::size_t place) const;

  // Whether a thing that does not say what it is stands where only such things stand.
  [[nodiscard]] bool hangs_on(std::size_t place,
                              std::initializer_list<std::string_view> properties) const;

  // The first value of the first of these names that has one. A product's hundred thousand reviews
  // ask it for its name, and it may come behind all of them: large things have an index.
  [[nodiscard]] const ThingValue* first(const Thing& thing,
                                        std::initializer_list<std::string_view> names) const;

  // A value's words; of a thing its name.
  [[nodiscard]] std::string words(const ThingValue* value) const { return words(value, 0); }
  [[nodiscard]] std::optional<std::string> words_of(
      const Thing& thing, std::initializer_list<std::string_view> names) const;
  // The text, none in place of an empty one; what is read is counted.
  [[nodiscard]] std::optional<std::string> counted(std::string text) const;

  // The texts of all values of a property; of lists (schema.org's ItemList) those of their items.
  [[nodiscard]] std::vector<std::string> list_of(const Thing& thing, std::string_view name) const;

  // All authors: a review by two has two.
  [[nodiscard]] std::optional<std::string> author_of(const Thing& thing) const;
  // The rating that a review has, in a thing of its own or not. Of several, which rate its aspects
  // (reviewAspect), the one of the whole, if there is such.
  [[nodiscard]] ThingScale rating_of(const Thing& review) const;
  [[nodiscard]] ThingScale scale_of(const Thing& thing) const;
  [[nodiscard]] std::optional<std::int64_t> count_of(
      const Thing& thing, std::initializer_list<std::string_view> names) const;
  [[nodiscard]] std::optional<std::string> url_of(const Thing& thing) const;
  // The site's own number before @id: that is often the page's address and moves with the paging.
  [[nodiscard]] std::optional<std::string> id_of(const Thing& thing) const;

  // Whether so much was read of one page that no more should be: each review has its product's
  // name, and one of some megabytes would be had a hundred thousand times.
  [[nodiscard]] bool is_full() const;

 private:
  [[nodiscard]] std::string words(const ThingValue* value, int depth) const;
  [[nodiscard]] const ThingValue* rating_in(const Thing& review) const;

  const Things& things_;
  mutable std::size_t bytes_ = 0;
  std::vector<std::optional<Parent>> parents_;  // by place
  mutable std::unordered_map<const Thing*, std::unordered_map<std::string_view, const ThingValue*>>
      large_;  // by name, of things with many properties
};

}  // namespace testigo::extract
