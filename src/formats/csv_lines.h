#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testigo::formats {

// Whether each of these lines parts into so many fields by itself, whatever quotes are in it: what
// a quote that was left open swallowed, where texts do not hold the delimiter.
[[nodiscard]] bool is_rows(std::string_view lines, char delimiter, std::size_t fields);

// The fields of one line, where a quote hides no border: those that begin and end with one are
// freed of it, others keep theirs.
[[nodiscard]] std::vector<std::string> split_line(std::string_view line, char delimiter);

}  // namespace testigo::formats
