#pragma once

#include <string>
#include <string_view>

namespace testigo::formats {

// A URL as it may be shown: without the user name and password before its host.
[[nodiscard]] std::string without_user(std::string_view url);

}  // namespace testigo::formats
