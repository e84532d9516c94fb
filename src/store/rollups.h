#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/rollup.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/connection.h"

namespace testigo::store {

// Hourly counts reach back so far (DESIGN §8: the last 35 days).
inline constexpr std::int64_t hourly_days = 35;

// Real numbers are summed as whole ten-thousandths: what is taken away again leaves nothing behind.
inline constexpr double sum_scale = 10'000.0;
[[nodiscard]] std::int64_t scaled(double value);
// Of StarCounts: where a scaled rating counts.
[[nodiscard]] std::size_t star_index(std::int64_t scaled_stars);

// What one mention adds to the rollups, in the numbers of the tables; -1 is unknown.
struct Contribution {
  std::int64_t mention = 0;  // its doc, where it is stored already
  std::int64_t brand = 0;
  std::int64_t source = 0;
  std::int64_t day = 0;
  std::int64_t hour = 0;
  bool dated = true;
  std::string language;
  int tag = -1, polarity = -1, stage = -1;
  std::int64_t score = 0;             // scaled
  std::optional<std::int64_t> stars;  // scaled, from 1 to 5
  std::vector<Facet> themes;
};

// Hours since 1970 in UTC, also before.
[[nodiscard]] std::int64_t hour_of(UtcTime time);

// What the stored mentions of a post add now: nothing for a copy, the brand's own post, a reply or
// a promotion.
[[nodiscard]] std::vector<Contribution> contributions_of(Connection& c, std::int64_t post);

// Changes to the rollups, gathered over a batch and written once per cell. What the rollups do not
// count yet is to be added before one of them is written: late_sums.h.
class RollupChanges {
 public:
  void add(const Contribution& contribution) { apply(contribution, 1); }
  void take(const Contribution& contribution) { apply(contribution, -1); }
  void add_all(Connection& c, std::int64_t post);
  void take_all(Connection& c, std::int64_t post);

  // Writes the changes. Hours that are out of the window, seen from the latest `now` so far, are
  // neither kept nor added.
  void write(Connection& c, UtcTime now);

  // The last mention.doc that the rollups count, and the first hour that they keep.
  void counted_to(std::int64_t doc) { counted_to_ = doc; }
  void hours_from(std::int64_t hour) { hours_from_ = hour; }
  // Whether, since they were written, stored mentions were added or taken that the rollups count.
  [[nodiscard]] bool touched_counted() const { return touched_counted_; }
  // What is gathered, in cells of some 80 bytes.
  [[nodiscard]] std::size_t cells() const {
    return daily_.size() + themes_.size() + hourly_.size();
  }

 private:
  struct Cell {
    std::int32_t brand = 0;
    std::int64_t when = 0;
    std::int32_t source = 0;
    std::int32_t language = 0, theme = -1;  // in names_
    std::int8_t tag = -1, polarity = -1, stage = -1;
    bool dated = true;
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct Sums {
    std::int64_t score = 0, stars = 0;
    std::int32_t mentions = 0, rated = 0;
    std::array<std::int32_t, 5> by_star{};  // as StarCounts
    Sums& operator+=(const Sums& more);
    friend bool operator==(const Sums&, const Sums&) = default;
  };
  // A key of split_day; its value is a number, or stands for a name.
  struct SplitCell {
    std::int64_t brand = 0;
    int split = 0;
    std::int64_t day = 0, value = 0;
    friend auto operator<=>(const SplitCell&, const SplitCell&) = default;
  };
  struct SplitSums {
    Sums all;
    std::array<std::int64_t, 5> tags{};        // by Tag
    std::array<std::int64_t, 4> polarities{};  // by Polarity
    friend bool operator==(const SplitSums&, const SplitSums&) = default;
  };
  // What was added to a cell; the same cell may stand there more than once until it is written.
  using Cells = std::vector<std::pair<Cell, Sums>>;
  static constexpr std::size_t fewest_merged = 8'192;

  void apply(const Contribution& contribution, std::int32_t sign);
  void touch(const Contribution& contribution);
  void merge_all();
  static void merge(Cells& cells);
  std::int32_t number_of(const std::string& name);
  [[nodiscard]] const std::string& name(std::int32_t number) const {
    return *names_[static_cast<std::size_t>(number)];
  }
  void write_daily(Connection& c) const;
  void write_brand_days(Connection& c) const;
  void write_splits(Connection& c) const;
  template <class Value>
  static void write_split(Connection& c, const SplitCell& at, const Value& value,
                          const SplitSums& sums);
  void write_hourly(Connection& c, std::int64_t from) const;

  Cells daily_, themes_, hourly_;
  std::size_t merge_at_ = fewest_merged;  // cells
  std::int64_t counted_to_ = 0;
  std::int64_t hours_from_ = std::numeric_limits<std::int64_t>::min();
  bool touched_counted_ = false;
  // Of languages and themes; the names are the map's own.
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<const std::string*> names_;
};

}  // namespace testigo::store
