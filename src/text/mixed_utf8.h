#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace testigo::text {

// The bytes of a UTF-16 surrogate written as if it were a character (CESU-8, Unicode TR #26), as
// programs do that cut strings by 16 bits; 0 where none begins at `at`.
[[nodiscard]] std::size_t surrogate_bytes(std::string_view bytes, std::size_t at);

// What of a text's bytes beyond ASCII is UTF-8.
struct Utf8Look {
  std::size_t sequences = 0;  // well-formed characters, surrogates among them
  std::size_t faults = 0;     // a character cut off by the end of the bytes is none

  // Rather UTF-8 with a few bytes of others in it than anything else.
  [[nodiscard]] bool is_utf8_in_the_main() const {
    return sequences > 0 && faults * 20 <= sequences;
  }
};
[[nodiscard]] Utf8Look look_for_utf8(std::string_view bytes);

// A text that is UTF-8 in the main, with what others put into it: one or two bytes of an older
// encoding among ASCII ("opini\xF3n" of another author's entry) are the letters and marks that they
// are there, by the encoding that the words with them are likeliest in (windows-1252 where none
// is); a pair of surrogates is its character. What else is no UTF-8 becomes U+FFFD, once for a lone
// surrogate, else as replace_invalid has it. Equal to the text if it is valid.
[[nodiscard]] std::string mend_mixed_utf8(std::string_view bytes);

}  // namespace testigo::text
