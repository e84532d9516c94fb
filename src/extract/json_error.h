#pragma once

#include <optional>
#include <string>

#include "extract/json_values.h"
#include "extract/spec.h"
#include "formats/json_document.h"

namespace testigo::extract {

// What an answer says at the source's `error`, quoted, short and on one line: a text, an object's
// message, or another object or array as its JSON. Nothing where no such place holds a value that
// says something: null, false, 0, blank text and what is empty say nothing. `whole`: the answer's
// JSON, of which `values` may hold a part.
[[nodiscard]] std::optional<std::string> said_error(const JsonValues& values,
                                                    formats::JsonNode root, std::string_view whole,
                                                    const Selector& error);

}  // namespace testigo::extract
