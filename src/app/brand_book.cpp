#include "app/brand_book.h"

#include <algorithm>
#include <cstdint>

#include "query/parse.h"

namespace testigo::app {

namespace {

query::Presearcher presearcher_of(const std::vector<ListenedBrand>& brands) {
  std::vector<const query::Node*> roots;
  for (const ListenedBrand& brand : brands) roots.push_back(&brand.matcher.query().root);
  return query::Presearcher(roots);
}

}  // namespace

BrandBook::BrandBook(const Configuration& configuration) {
  for (const BrandSettings& brand : configuration.brands) {
    auto query = query::parse_query(brand.query);
    if (query)
      brands_.push_back(
          {brand.id, brand.name, query::Matcher(std::move(*query)), brand.own_domains});
  }
  presearcher_ = presearcher_of(brands_);
}

std::vector<const ListenedBrand*> BrandBook::matches(const Post& post,
                                                     const query::Document& document,
                                                     Day day) const {
  std::vector<const ListenedBrand*> found;
  query::Facts facts = query::facts_of(post, {}, day);
  for (const std::uint32_t at : presearcher_.candidates(document)) {
    const ListenedBrand& brand = brands_[at];
    facts.brand = brand.id;
    if (brand.matcher.matches(document, facts)) found.push_back(&brand);
  }
  return found;
}

const ListenedBrand* BrandBook::find(const BrandId& id) const {
  const auto found = std::find_if(brands_.begin(), brands_.end(),
                                  [&](const ListenedBrand& brand) { return brand.id == id; });
  return found == brands_.end() ? nullptr : &*found;
}

}  // namespace testigo::app
