#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.h"
#include "formats/toml.h"

namespace testigo::app {

// The text under a key into `field`, which stays as it is where there is none.
[[nodiscard]] Result<void> set_text(const formats::TomlDocument& document,
                                    const formats::TomlValue& table, std::string_view key,
                                    std::string& field);

// The same for a length of time such as "6h" (parse_interval).
[[nodiscard]] Result<void> set_interval(const formats::TomlDocument& document,
                                        const formats::TomlValue& table, std::string_view key,
                                        std::chrono::seconds& field);

}  // namespace testigo::app
