#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::text {

// The canonical name ("UTF-8", "windows-1252", "Shift_JIS") of a label as pages write it ("latin1",
// " ISO_8859-1 "): the Encoding standard's table (encoding.spec.whatwg.org §4.2), so latin1 and
// ASCII are windows-1252. Nothing for an unknown label. The view lives forever.
[[nodiscard]] std::optional<std::string_view> encoding_for_label(std::string_view label);

// Bytes in an encoding, given by canonical name or label, as UTF-8; what cannot be decoded becomes
// U+FFFD. A byte order mark of that encoding is dropped. Errc::unsupported for an unknown label.
[[nodiscard]] Result<std::string> decode_to_utf8(std::string_view bytes, std::string_view encoding);

// The likeliest encoding of undeclared bytes that are not UTF-8, by ICU's statistics; nothing where
// it has no opinion. Canonical name.
[[nodiscard]] std::optional<std::string_view> detect_encoding(std::string_view bytes);

}  // namespace testigo::text
