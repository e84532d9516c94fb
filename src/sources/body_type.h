#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testigo::sources {

// What a request's body is written in: "json" or "form".

// Of a body template whose file does not say: "json" where it is JSON once its variables are filled
// in, "form" where it is name=value pairs (WHATWG URL §5); nothing where it is neither.
[[nodiscard]] std::optional<std::string> body_type_of(std::string_view body);

// Whether a body template gives JSON, whatever its variables hold. A variable stands within a
// string, alone as {+name}, or alone where it is a number.
[[nodiscard]] bool gives_json(std::string_view body);

// The Content-Type that goes with it.
[[nodiscard]] std::string_view content_type_of(std::string_view body_type);

}  // namespace testigo::sources
