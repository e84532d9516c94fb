#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "store/connection.h"

namespace testigo::store {

// What is kept of each host lies in rows of 64 hosts with numbers that follow one another: hosts are
// met and asked in the order of their numbers, so that a step changes few rows, whatever the number
// of hosts.

// Which hosts have a request that may be asked now.
class ReadyHosts {
 public:
  [[nodiscard]] bool contains(Connection& c, std::int64_t host) { return (bits_of(c, host) & bit(host)) != 0; }
  void insert(Connection& c, std::int64_t host);
  void erase(Connection& c, std::int64_t host);
  // The first of those in (after, last], in order. What changed must have been saved.
  [[nodiscard]] std::vector<std::int64_t> between(Connection& c, std::int64_t after,
                                                  std::int64_t last, std::size_t most) const;
  void save(Connection& c);

 private:
  struct Block {
    std::uint64_t bits = 0;
    std::uint64_t saved = 0;  // as the table has it
  };
  [[nodiscard]] static std::uint64_t bit(std::int64_t host) { return std::uint64_t{1} << (host & 63); }
  [[nodiscard]] std::uint64_t& bits_of(Connection& c, std::int64_t host);

  std::map<std::int64_t, Block> blocks_;  // looked at since they were saved last
};

// How many requests each host answered on the UTC day (days since 1970) on which it answered last.
class HostAnswers {
 public:
  // Not yet in the tables, nor in what `on` says, until `save`.
  void add(std::int64_t host, std::int64_t day, std::int64_t answers = 1);
  [[nodiscard]] std::int64_t on(Connection& c, std::int64_t host, std::int64_t day);
  void save(Connection& c);

 private:
  struct Block {
    std::int64_t number = -1;
    std::int64_t day = 0;
    std::array<std::uint32_t, 64> answers{};
  };
  [[nodiscard]] static Block read(Connection& c, std::int64_t number);
  static void write(Connection& c, const Block& block);

  std::map<std::int64_t, std::int64_t> new_;  // by host
  std::int64_t day_ = 0;                      // theirs
  Block last_;                                // that `on` looked at
};

}  // namespace testigo::store
