#include "insight/loyalty.h"

#include <algorithm>

namespace testigo::insight {
namespace {

std::int64_t balance(const AuthorStanding& author) { return author.advocacy - author.complaints; }

// Those of a side, the furthest out first.
std::vector<AuthorStanding> top_of(const BrandStanding& standing, Side side) {
  std::vector<AuthorStanding> found;
  std::copy_if(standing.authors.begin(), standing.authors.end(), std::back_inserter(found),
               [side](const AuthorStanding& author) { return side_of(author) == side; });
  const std::int64_t sign = side == Side::fan ? 1 : -1;
  std::stable_sort(found.begin(), found.end(), [sign](const auto& a, const auto& b) {
    if (balance(a) != balance(b)) return sign * balance(a) > sign * balance(b);
    return a.reach != b.reach ? a.reach > b.reach : a.author < b.author;
  });
  found.resize(std::min(found.size(), most_authors_named));
  return found;
}

Loyalty loyalty_of_one(const BrandStanding& standing) {
  Loyalty loyalty;
  loyalty.brand = standing.brand;
  for (const AuthorStanding& author : standing.authors) {
    const Side side = side_of(author);
    loyalty.authors += side != Side::none;
    loyalty.silent += side == Side::none;
    loyalty.fans += side == Side::fan;
    loyalty.detractors += side == Side::detractor;
  }
  loyalty.net_advocacy = net_sentiment(loyalty.fans, loyalty.detractors, loyalty.authors);
  loyalty.small = loyalty.authors < small_sample;
  loyalty.classified = standing.classified;
  loyalty.intents = standing.intents;
  loyalty.arrivals = standing.arrivals;
  for (std::size_t i = 0; i < loyalty.intents.size(); ++i)
    loyalty.intent_shares[i] =
        share(std::min(loyalty.intents[i], loyalty.classified), loyalty.classified);
  loyalty.top_fans = top_of(standing, Side::fan);
  loyalty.top_detractors = top_of(standing, Side::detractor);
  return loyalty;
}

}  // namespace

Side side_of(const AuthorStanding& author) {
  if (balance(author) > 0) return Side::fan;
  if (balance(author) < 0) return Side::detractor;
  if (author.advocacy > 0)  // as often as complaints: what was said last
    return author.advocated_at > author.complained_at ? Side::fan : Side::detractor;
  return author.mixed > 0 ? Side::torn : Side::none;
}

void count_departures(BrandStanding& standing, std::span<const Crossing> churn,
                      std::span<const Crossing> switches) {
  const auto count = [&](std::span<const Crossing> crossings, BrandId Crossing::*end) {
    return std::count_if(crossings.begin(), crossings.end(), [&](const Crossing& one) {
      return one.kind == Crossing::Kind::goes && one.*end == standing.brand;
    });
  };
  standing.intents[static_cast<std::size_t>(Intent::churn)] = count(churn, &Crossing::from);
  standing.intents[static_cast<std::size_t>(Intent::switch_to)] = count(switches, &Crossing::from);
  standing.arrivals = count(switches, &Crossing::to);
}

std::vector<Loyalty> loyalty_of(std::span<const BrandStanding> standings) {
  std::vector<Loyalty> found;
  for (const BrandStanding& standing : standings) found.push_back(loyalty_of_one(standing));
  return found;
}

}  // namespace testigo::insight
