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
// loads as it is, and reads the posts of the answer that it was made from: of JSON (one document or
// one a line) the list that tells most of posts, by the names and values of its members; a feed; of
// a page its markup for machines, else elements that repeat, else what the format page finds.
// Without an answer there are places to fill in.
// Errc::malformed, with the mend, for a name that is no file's ("Acme reviews!") and for an answer
// that is empty, broken, of no format that sources have, or without posts.
[[nodiscard]] Result<std::string> scaffold(const ScaffoldWishes& wishes);

}  // namespace testigo::sources
