#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace testigo::extract {

// Phrases, folded, by which whole lines tell that they are another's.
struct ForeignMarks {
  std::span<const std::string> wrote;      // ends of "Ana wrote:"
  std::span<const std::string> headers;    // names of a mail's header: "from", "sent"
  std::span<const std::string> forwarded;  // beginnings of "---- Original message ----"
};

// A text without the lines of others: quoted with ">", below "Ana wrote:", a forwarded mail, and
// what stands below the "-- " of a signature. Linear in the text.
[[nodiscard]] std::string without_foreign_lines(std::string_view text, const ForeignMarks& marks);

// How many words stand between blanks.
[[nodiscard]] std::size_t words_in(std::string_view text);

}  // namespace testigo::extract
