#pragma once

#include <functional>
#include <string>

#include "core/result.h"
#include "formats/json.h"

namespace testigo::app {

// What is done with one row; `where` is its place: "reviews.jsonl:7". An error ends the reading.
using UseJsonRow =
    std::function<Result<void>(const formats::JsonValue& row, const std::string& where)>;

// Reads a JSONL file row by row; blank lines are passed over. Errc::not_found and io as
// `open_file`, Errc::malformed with file and line, and what `use` gives.
[[nodiscard]] Result<void> for_each_json_row(const std::string& path, const UseJsonRow& use);

}  // namespace testigo::app
