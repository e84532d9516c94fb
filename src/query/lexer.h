#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "query/parse.h"

// Inside the room: cuts a query's text into operators, brackets and terms.

namespace testigo::query {

struct Lexeme {
  enum class Kind : std::uint8_t { open, close, and_op, or_op, not_op, near_op, term };

  Kind kind = Kind::term;
  std::size_t begin = 0;  // bytes of the query
  std::size_t end = 0;
  int distance = 0;      // near_op
  bool ordered = false;  // near_op
  Node term;             // term: a phrase or a filter
};

[[nodiscard]] Result<std::vector<Lexeme>> lex(std::string_view text);

// The error with the query's line and carets under [begin, end).
[[nodiscard]] Error error_at(std::string_view text, std::size_t begin, std::size_t end,
                             std::string_view what, Errc code = Errc::malformed);

}  // namespace testigo::query
