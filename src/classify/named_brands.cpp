#include "classify/named_brands.h"

#include <algorithm>

namespace testigo::classify {
namespace {

// An item of a list has no more words than these, "and" among them.
constexpr std::uint32_t max_item_words = 3;

// Brands farther apart are no list, whatever stands between them.
constexpr std::uint32_t list_reach = 24;

}  // namespace

bool NamedBrands::names_several() const {
  return std::any_of(all_.begin(), all_.end(),
                     [this](const BrandAt& brand) { return brand.brand != all_.front().brand; });
}

NamedBrands::Range::iterator NamedBrands::first_from(std::uint32_t token) const {
  return std::lower_bound(all_.begin(), all_.end(), token,
                          [](const BrandAt& brand, std::uint32_t at) { return brand.begin < at; });
}

NamedBrands::Range NamedBrands::in_clause(std::uint32_t clause) const {
  const auto before = [this](const BrandAt& brand, std::uint32_t c) {
    return scopes_.clause_of(brand.begin) < c;
  };
  const auto first = std::lower_bound(all_.begin(), all_.end(), clause, before);
  const auto last = std::lower_bound(first, all_.end(), clause + 1, before);
  if (first == last) return {};
  return listed_with(first, last);
}

// Whether an opinion stands there, or a word that begins a clause: then two things are said.
bool NamedBrands::is_parted(std::uint32_t begin, std::uint32_t end) const {
  const auto is_before = [](const auto& hit, std::uint32_t at) { return hit.begin < at; };
  const auto opinion = std::lower_bound(outcomes_.begin(), outcomes_.end(), begin, is_before);
  for (auto at = opinion; at != outcomes_.end() && at->begin < end; ++at)
    if (at->polarity != 0.0) return true;
  const auto word = std::lower_bound(modifiers_.begin(), modifiers_.end(), begin, is_before);
  for (auto at = word; at != modifiers_.end() && at->begin < end; ++at)
    if (begins_clause(static_cast<Modifier>(at->value))) return true;
  return false;
}

// Also over names that nobody asked for: "Acme, Umbrella, Hooli and Globex"; an item's name may go
// on: "Acme One, Globex".
bool NamedBrands::are_listed(const BrandAt& one, const BrandAt& next) const {
  const std::uint32_t gap = next.begin - one.end;
  if (gap == 0) return true;
  if (gap > list_reach || sentence_of(one) != sentence_of(next)) return false;
  if (gap > 1 && !follows_comma(one.end) && !follows_comma(one.end + 1)) return false;
  std::uint32_t words = 0;  // since the last comma
  for (std::uint32_t i = one.end; i < next.begin; ++i) {
    words = follows_comma(i) ? 1 : words + 1;
    if (words > max_item_words) return false;
  }
  return !is_parted(one.end, next.begin);
}

NamedBrands::Range NamedBrands::listed_with(Range::iterator first, Range::iterator last) const {
  while (first != all_.begin() && are_listed(*std::prev(first), *first)) --first;
  while (last != all_.end() && are_listed(*std::prev(last), *last)) ++last;
  return {first, last};
}

}  // namespace testigo::classify
