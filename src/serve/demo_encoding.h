#pragma once

#include <string>
#include <string_view>

namespace testigo::serve {

// A gzip file (RFC 1952) whose DEFLATE blocks are all stored (RFC 1951 §3.2.4): a valid coding that
// needs no compressor, for the demo's one encoded page.
[[nodiscard]] std::string gzip_stored(std::string_view bytes);

// UTF-8 as windows-1252 bytes, "?" for what that code page lacks. The demo serves one page so and
// calls it ISO-8859-1, as the web has done for thirty years.
[[nodiscard]] std::string to_windows_1252(std::string_view utf8);

}  // namespace testigo::serve
