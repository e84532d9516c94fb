#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "formats/tree.h"

namespace testigo::extract {

// How many stars a page's names tell, "stars-4" of a class, "stars_4.0.png" of a picture: their
// numbers are stars, halves of stars, tenths or percents, and only all names of one kind on a page
// tell which.
class StarScales {
 public:
  // Of names whose page is not known: figures are stars, two of them tenths.
  StarScales() = default;
  // The page may die before this.
  explicit StarScales(const formats::Tree& page);

  // Stars of five that an element's own names tell.
  [[nodiscard]] std::optional<double> stars(formats::Node element) const;

 private:
  enum Seen : std::uint8_t {
    to_five = 1,      // "stars-4"
    to_nine = 2,      // "stars-7"
    ten = 4,          // "stars-10"
    to_fifty = 8,     // "stars-35"
    to_hundred = 16,  // "stars-80"
  };

  void note(std::string_view name);
  [[nodiscard]] std::optional<double> stars_of(std::string_view name) const;

  std::map<std::string, std::uint8_t, std::less<>> seen_;  // by what stands before the number
};

// Whether a lower-case name is one for stars: "star-rating", "bubble_45".
[[nodiscard]] bool names_stars(std::string_view name);

}  // namespace testigo::extract
