#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace testigo::serve {

// How a product page marks up its reviews for machines (schema.org Review).
enum class ReviewMarkup : std::uint8_t { json_ld, microdata };

// One product page of the demo shop.
struct Product {
  std::string_view place;  // "shop/en/brumiva-aero-2"
  std::string_view name;
  std::string_view brand;
  std::string_view price;
  std::string_view currency;
  std::string_view about;
  ReviewMarkup markup = ReviewMarkup::json_ld;
};
[[nodiscard]] std::span<const Product> catalogue();

// The second part of a place's path: "es" of "shop/es/brumiva-aero-2".
[[nodiscard]] constexpr std::string_view language_of(std::string_view place) {
  const auto slash = place.find('/');
  return slash == std::string_view::npos ? std::string_view() : place.substr(slash + 1, 2);
}

}  // namespace testigo::serve
