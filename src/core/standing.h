#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "core/verdict.h"

namespace testigo {

// What one author said of a brand over a window.
struct AuthorStanding {
  std::string author;  // pseudonym; one a source
  SourceId source;
  std::int64_t mentions = 0;
  std::int64_t advocacy = 0;
  std::int64_t complaints = 0;
  std::int64_t mixed = 0;
  std::int64_t reach = 0;                // the greatest of its posts
  std::optional<UtcTime> advocated_at;   // latest
  std::optional<UtcTime> complained_at;  // latest
  Day last;                              // latest mention

  friend bool operator==(const AuthorStanding&, const AuthorStanding&) = default;
};

// Of one brand over a window: who said it, and what they say that they will do next.
struct BrandStanding {
  BrandId brand;
  std::int64_t mentions = 0;
  std::int64_t classified = 0;            // with a tag
  std::array<std::int64_t, 4> intents{};  // by Intent
  std::int64_t arrivals = 0;              // who change to it; intents have those who change from it
  std::vector<AuthorStanding> authors;    // with a pseudonym, in its order

  [[nodiscard]] std::int64_t count(Intent intent) const {
    return intents[static_cast<std::size_t>(intent)];
  }
  friend bool operator==(const BrandStanding&, const BrandStanding&) = default;
};

}  // namespace testigo
