#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::formats {

// The URL standard's percent-encode sets (§1.3), each for one part of a URL.
enum class EncodeSet : std::uint8_t { control, fragment, query, special_query, path, userinfo };

// Bytes of that set as %XX; everything beyond ASCII is in all of them. "%" itself stays.
[[nodiscard]] std::string percent_encode_set(std::string_view text, EncodeSet set);
void append_encoded(std::string& out, std::string_view text, EncodeSet set);

// "%41" at `at`: its byte; -1 where there is no such escape.
[[nodiscard]] int decode_escape(std::string_view text, std::size_t at);

// A byte as "%XX".
void append_escape(std::string& out, unsigned char byte);

}  // namespace testigo::formats
