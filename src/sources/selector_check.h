#pragma once

#include <string_view>

#include "extract/spec.h"
#include "sources/checked_toml.h"

namespace testigo::sources {

// Notes selectors that cannot work: XPaths that do not compile, lists that are no JSON Pointers,
// pointers with a "~" that is no escape (RFC 6901 §3), braces that do not close, selectors of
// another language (CSS, JSONPath).
void check_selectors(CheckedToml& toml, extract::Format format, const extract::Selector& selectors,
                     const formats::TomlValue& at, std::string_view key);

// The same of what decides on items, which says where a value stands and what it has to be.
void check_conditions(CheckedToml& toml, extract::Format format,
                      const extract::Selector& conditions, const formats::TomlValue& at,
                      std::string_view key);

// The same of a post's field; and where it would be one text for every item although it is what
// tells items apart.
void check_field(CheckedToml& toml, extract::Format format, extract::PostField field,
                 const extract::Selector& selectors, const formats::TomlValue& at);

[[nodiscard]] inline bool is_json(extract::Format format) {
  return format == extract::Format::json || format == extract::Format::jsonl;
}

}  // namespace testigo::sources
