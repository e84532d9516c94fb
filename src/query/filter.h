#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/verdict.h"
#include "query/parse.h"

// Inside the room: the fields of the language and what they take.

namespace testigo::query {

[[nodiscard]] std::optional<FilterField> parse_field(std::string_view name);
[[nodiscard]] std::span<const std::string_view> field_names();

// The axis that a field looks at; none for lang, source, …
[[nodiscard]] std::optional<Axis> axis_of(FilterField field);

// A filter from what stands after the colon. The error is a sentence without a place.
[[nodiscard]] Result<Filter> parse_filter(FilterField field, std::string_view value);

// The value as it would be written after the colon.
[[nodiscard]] std::string show_value(const Filter& filter);

// The host of an http(s) URL or of a bare host name, lower case, without "www."; "" if none.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace testigo::query
