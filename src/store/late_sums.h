#pragma once

#include <chrono>
#include <cstdint>

#include "core/time.h"
#include "store/connection.h"
#include "store/ingest.h"
#include "store/rollups.h"

namespace testigo::store {

// What the tables of sums do not count yet: mentions behind the setting `mentions_summed_to`.
//
// A crawl at full speed changes the same days again and again. So one connection gathers what its
// new mentions add over many transactions, and writes it when it has become much, or old, or when a
// mention that the tables count is changed. Nothing of it is lost with the program: whoever next
// opens the store for writing, or changes sums, adds these mentions from their rows.
class LateSums {
 public:
  // Adds to the tables what they lack. In a transaction.
  explicit LateSums(Connection& c);

  // Whether nobody else has written to the tables since. Begins a transaction's use.
  [[nodiscard]] bool is_true(Connection& c);
  // To which the mentions of this transaction are added, and those that change.
  [[nodiscard]] RollupChanges& changes() { return changes_; }
  // With the end of a transaction that changed mentions.
  void finish(Connection& c, UtcTime now, Sums sums);

 private:
  [[nodiscard]] bool is_due() const;
  void read_bounds(Connection& c);
  void write(Connection& c, UtcTime now);

  RollupChanges changes_;
  std::int64_t written_ = 0;  // so many times were the tables written to
  std::chrono::steady_clock::time_point since_;
};

// Mentions that the tables of sums lack.
[[nodiscard]] std::int64_t mentions_without_sums(Connection& c);

// Adds them from their rows. In a transaction.
void add_late_sums(Connection& c);

// Says that the tables count all mentions there are. In a transaction, after writing to them.
void note_sums_written(Connection& c);

}  // namespace testigo::store
