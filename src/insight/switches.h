#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "insight/quote.h"
#include "insight/statistics.h"

namespace testigo::insight {

// A post that sets one brand above another.
struct Crossing {
  enum class Kind : std::uint8_t {
    goes,     // its author changes from the one to the other (intent: switch)
    prefers,  // it praises the one and blames the other, both named
  };
  BrandId from;  // empty: from none of the brands compared
  BrandId to;    // empty: to none of them
  Kind kind = Kind::goes;
  std::vector<std::string> themes;  // each once
  Quote quote;
};

// A theme of a cell, and in how many of its posts.
struct Cause {
  std::string theme;
  std::int64_t posts = 0;

  friend bool operator==(const Cause&, const Cause&) = default;
};

// A cell of the switch matrix.
struct SwitchCell {
  BrandId from, to;
  std::int64_t goes = 0;
  std::int64_t prefers = 0;
  std::optional<Estimate> share;  // goes + prefers / those of all cells
  // (to − from) / (to + from) between these two, both directions counted; empty to one of none.
  std::optional<Estimate> balance;
  bool small = false;         // all cells together are under small_sample
  std::vector<Cause> causes;  // most first, most_causes at most
  std::vector<Quote> quotes;  // those who go before those who prefer, newest first, most_quotes
};
inline constexpr std::size_t most_causes = 3;
inline constexpr std::size_t most_quotes = 3;

// Cells that are not empty, fullest first, then by names. A crossing from a brand to itself is
// passed over; one of which neither end is known is not.
[[nodiscard]] std::vector<SwitchCell> switch_matrix(std::span<const Crossing> crossings);

}  // namespace testigo::insight
