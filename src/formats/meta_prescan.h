#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testigo::formats {

// The label that a page declares in <meta> or in its XML declaration: the HTML standard's prescan
// (§13.2.3.2). Beyond it: the first 8 KiB are looked at, not 1 KiB, since declarations do come
// late. Canonical name; UTF-16 declared in bytes that can be read at all means UTF-8.
[[nodiscard]] std::optional<std::string_view> prescan_encoding(std::string_view bytes);

// The charset of a Content-Type value or of a meta's content: `text/html; charset="utf-8"`.
[[nodiscard]] std::optional<std::string> charset_parameter(std::string_view content_type);

}  // namespace testigo::formats
