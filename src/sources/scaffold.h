#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::sources {

// What is known of a service that has no description yet.
struct ScaffoldWishes {
  std::string name;                   // "acme_reviews"
  std::optional<std::string> url;     // what to ask
  std::optional<std::string> answer;  // a saved answer of it, decoded
};

// A description to begin with: every key that most sources need, with what it is for beside it. It
// loads as it is. Of an answer in JSON the longest list of objects is taken for the items, and
// members with telling names for their fields; of a feed nothing more is needed; HTML gets XPaths
// to fill in. Errc::malformed for a name that is no file's ("Acme reviews!").
[[nodiscard]] Result<std::string> scaffold(const ScaffoldWishes& wishes);

}  // namespace testigo::sources
