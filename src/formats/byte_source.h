#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::formats {

// Fills the buffer from a file or a string and says how many bytes it put there; 0 is the end.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;

// A source over bytes in memory, which must outlive it.
[[nodiscard]] ByteSource bytes_source(std::string_view bytes);

// The bytes of `head`, then those of `rest`.
[[nodiscard]] ByteSource prepended(std::string head, ByteSource rest);

// Up to `count` bytes; fewer only at the end.
[[nodiscard]] Result<std::string> read_up_to(const ByteSource& source, std::size_t count);

// What a gzip file (RFC 1952) of any number of members holds, read as it is asked for. Errors:
// malformed (broken, cut short), limit_exceeded (an expansion that only bombs have).
[[nodiscard]] ByteSource gunzip_source(ByteSource packed);

// Whether the bytes begin as a gzip file does.
[[nodiscard]] bool is_gzip(std::string_view head);

}  // namespace testigo::formats
