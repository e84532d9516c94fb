#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::app {

// A file to read from its beginning. Errc::not_found, or Errc::io: a folder, or the system's
// reason.
[[nodiscard]] Result<std::ifstream> open_file(const std::string& path);

// What to say where a stream of `open_file` turned bad before its end.
[[nodiscard]] Error unread_rest(const std::string& path);

// A whole file. Errors as of `open_file`.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

// Writes a new file; Errc::refused where it already stands there, Errc::io otherwise.
[[nodiscard]] Result<void> write_new_file(const std::string& path, std::string_view bytes);

// Writes a file whole or not at all, in place of one that stands there; its folder is made where it
// is missing. Errc::io.
[[nodiscard]] Result<void> replace_file(const std::string& path, std::string_view bytes);

// `path`, or `folder/path` where it is relative.
[[nodiscard]] std::string resolve_path(const std::string& folder, const std::string& path);

}  // namespace testigo::app
