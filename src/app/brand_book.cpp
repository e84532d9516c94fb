#include "app/brand_book.h"

#include <algorithm>
#include <cstdint>

#include "query/parse.h"
#include "query/verdict_fields.h"

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
    if (!query) continue;
    const bool asks_verdict = query::asks_verdict(query->root);
    brands_.push_back(
        {brand.id, brand.name, query::Matcher(std::move(*query)), brand.own_domains, asks_verdict});
  }
  presearcher_ = presearcher_of(brands_);
}

std::vector<const ListenedBrand*> BrandBook::matches(const Post& post,
                                                     const query::Document& document, Day day,
                                                     const VerdictFor& verdict_for) const {
  std::vector<const ListenedBrand*> found;
  query::Facts facts = query::facts_of(post, {}, day);
  for (const std::uint32_t at : presearcher_.candidates(document)) {
    const ListenedBrand& brand = brands_[at];
    facts.brand = brand.id;
    const bool matched =
        brand.asks_verdict
            ? brand.matcher.matches(document, query::with_verdict(facts, verdict_for(brand)))
            : brand.matcher.matches(document, facts);
    if (matched) found.push_back(&brand);
  }
  return found;
}

const ListenedBrand* BrandBook::find(const BrandId& id) const {
  const auto found = std::find_if(brands_.begin(), brands_.end(),
                                  [&](const ListenedBrand& brand) { return brand.id == id; });
  return found == brands_.end() ? nullptr : &*found;
}

}  // namespace testigo::app
