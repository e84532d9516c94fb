#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/match.h"
#include "query/parse.h"

namespace testigo::query {

// Tells which of many queries a document may match, by words that a query cannot do without: what
// search engines call a presearcher, or percolation. Each query is filed under a fewest and
// rarest set of words of which any match holds one (of a phrase one word, of a NEAR or AND one
// side, of an OR every side); a document then asks only what is filed under its own words.
// Immutable; shared by threads. A document costs one look-up a word, and one for each length of
// the prefixes filed.
class Presearcher {
 public:
  Presearcher() = default;
  // Queries are known by their place in `roots`, which need not outlive this.
  explicit Presearcher(std::span<const Node* const> roots);

  // The places of all queries that the document matches, whatever the facts, and of some that it
  // does not; ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const Document& document) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  using Filed = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;

  void file(const std::string& word, bool prefix, std::uint32_t query);

  Filed words_;
  Filed prefixes_;
  std::vector<std::size_t> prefix_bytes_;  // the lengths of prefixes_, ascending
  std::vector<std::uint32_t> always_;      // those that can match without any word: NOT acme
};

}  // namespace testigo::query
