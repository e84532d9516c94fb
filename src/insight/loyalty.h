#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/standing.h"
#include "insight/statistics.h"
#include "insight/switches.h"

namespace testigo::insight {

// Where an author stands with a brand.
enum class Side : std::uint8_t {
  none,       // took no side: only questions and other posts
  fan,        // more advocacy than complaints; of equally many, advocacy last
  torn,       // mixed posts only
  detractor,  // the opposite of a fan
};
[[nodiscard]] Side side_of(const AuthorStanding& author);

// How a brand stands with its authors, each counted once whatever they wrote.
struct Loyalty {
  BrandId brand;
  std::int64_t authors = 0;  // who took a side: fans, detractors and torn
  std::int64_t fans = 0;
  std::int64_t detractors = 0;
  std::int64_t silent = 0;                // authors who took none
  std::optional<Estimate> net_advocacy;   // (fans − detractors) / authors, as net_sentiment()
  bool small = false;                     // under small_sample authors
  std::int64_t classified = 0;            // mentions: of which the intents are shares
  std::array<std::int64_t, 4> intents{};  // by Intent
  std::array<std::optional<Estimate>, 4> intent_shares;  // Wilson's interval
  std::int64_t arrivals = 0;                             // as in BrandStanding
  std::vector<AuthorStanding> top_fans;        // by advocacy − complaints, then reach, then name
  std::vector<AuthorStanding> top_detractors;  // by complaints − advocacy likewise
};
inline constexpr std::size_t most_authors_named = 5;

// Who leaves and who comes: a post that says that its author leaves or changes may name several
// brands, and only from one of them does its author go. Sets `intents` for churn and switch, and
// `arrivals`, which the mentions alone do not tell.
void count_departures(BrandStanding& standing, std::span<const Crossing> churn,
                      std::span<const Crossing> switches);

// One for each brand, in their order.
[[nodiscard]] std::vector<Loyalty> loyalty_of(std::span<const BrandStanding> standings);

}  // namespace testigo::insight
