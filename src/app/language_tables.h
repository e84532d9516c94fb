#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/rule_book.h"
#include "core/result.h"
#include "sources/checked_toml.h"

namespace testigo::app {

// What is done with the table of one language, by its name ("es"); wrong values are noted in
// `toml`.
using ReadLanguageTable = std::function<void(
    const std::string& language, sources::CheckedToml& toml, const formats::TomlValue& table)>;

// Reads a file of rules that has a table for each language, such as asking.toml, each with no other
// keys than these. Reads nothing where there is no such file. Errc::malformed at "file:line".
[[nodiscard]] Result<void> read_language_tables(std::span<const RuleFile> files,
                                                std::string_view file_name,
                                                const sources::Names& keys,
                                                const ReadLanguageTable& read);

}  // namespace testigo::app
