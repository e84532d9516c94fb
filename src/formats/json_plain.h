#pragma once

#include <string_view>

#include "core/result.h"
#include "formats/json.h"

namespace testigo::formats {

// The same contract as parse_json, byte by byte. It reads what simdjson refuses although RFC 8259
// allows it (integers beyond 64 bits, exponents beyond double, escaped lone surrogates) and says at
// which byte the others are broken. A fuzz target holds both to the same answers.
[[nodiscard]] Result<JsonValue> parse_json_plain(std::string_view bytes, const JsonLimits& limits);

}  // namespace testigo::formats
