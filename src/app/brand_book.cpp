#include "app/brand_book.h"

#include <algorithm>

#include "query/parse.h"

namespace testigo::app {

BrandBook::BrandBook(const Configuration& configuration) {
  for (const BrandSettings& brand : configuration.brands) {
    auto query = query::parse_query(brand.query);
    if (query)
      brands_.push_back(
          {brand.id, brand.name, query::Matcher(std::move(*query)), brand.own_domains});
  }
}

std::vector<const ListenedBrand*> BrandBook::matches(const Post& post,
                                                     const query::Document& document,
                                                     Day day) const {
  std::vector<const ListenedBrand*> found;
  for (const ListenedBrand& brand : brands_)
    if (brand.matcher.matches(document, query::facts_of(post, brand.id, day)))
      found.push_back(&brand);
  return found;
}

const ListenedBrand* BrandBook::find(const BrandId& id) const {
  const auto found = std::find_if(brands_.begin(), brands_.end(),
                                  [&](const ListenedBrand& brand) { return brand.id == id; });
  return found == brands_.end() ? nullptr : &*found;
}

}  // namespace testigo::app
