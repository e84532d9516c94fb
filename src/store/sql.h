#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/result.h"
#include "store/store.h"

namespace testigo::store {

// One cell of an answer: null, integer, real, text; a blob comes as text of hexadecimal digits.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

struct SqlLimits {
  std::chrono::milliseconds time{30'000};
  std::size_t rows = 0;  // 0: all
};

// Called once with the column names as soon as the first row, or that there is none, is known; then
// for each row; the spans live for that call. `row` says
// false to stop.
struct SqlSink {
  std::function<void(std::span<const std::string>)> columns;
  std::function<bool(std::span<const Cell>)> row;
};

// Runs one SELECT (or VALUES, WITH, EXPLAIN, a PRAGMA that only tells) that somebody typed. Nothing
// else is possible: an authorizer refuses writes, ATTACH, extensions and settings, whichever way
// the store was opened. Errors: malformed (SQL that does not parse, with SQLite's words), refused
// (not a question, or more than one statement), timed_out, limit_exceeded (a value of more than
// 64 MiB).
[[nodiscard]] Result<void> run_sql(Store& store, std::string_view sql, const SqlLimits& limits,
                                   const SqlSink& sink);

}  // namespace testigo::store
