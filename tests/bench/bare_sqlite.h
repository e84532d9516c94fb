#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace testigo::bench {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

// The rows that a post has become in a store, read back from it.
struct StoredPost {
  Row page, post, revision, verdict, mention;  // the tables' columns in their order
  Row full_text;                               // doc, words
  Row daily;                                   // of that table, with what the post adds to it
  Row hourly;                   // the same; empty for what is too old to be counted there
  std::vector<Row> split_days;  // of split_day, the same
};

// In the order of their mentions. Full text and themes stand in no table in a form that can be read
// back: the caller gives them by `add_tokens`.
[[nodiscard]] std::vector<StoredPost> read_back(const std::string& database);
void add_tokens(StoredPost& post, std::string words, const std::vector<std::string>& themes);

// SQLite inserts and nothing else, into a new database with the store's own settings, so many posts
// in a transaction. They end the program on an error.
//
// One table with all the columns of a post's rows, no index.
void insert_plain(const std::string& database, const std::vector<StoredPost>& posts,
                  std::size_t per_transaction);
// The store's tables with their indexes, full text, and an upsert for each count.
void insert_same_tables(const std::string& database, const std::vector<StoredPost>& posts,
                        std::size_t per_transaction);

}  // namespace testigo::bench
