#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::store {

// A list of numbers as a text, one character each, so that small ones, as most are, take a byte.
// SQL reads the nth with unicode(substr(list, n, 1)): a number below 53,248 is one less than that,
// another 12,288 less, which spares NUL and the surrogates (Unicode 15 §3.9, D92).
inline constexpr std::size_t max_listed_number = 0x10FFFF - 12'288;

// A number beyond the greatest is listed as that.
void append_listed(std::string& list, std::size_t number);

[[nodiscard]] std::vector<std::size_t> listed_numbers(std::string_view list);

}  // namespace testigo::store
