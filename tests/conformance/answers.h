#pragma once

#include <span>
#include <string>

#include "core/embedded.h"
#include "core/result.h"
#include "formats/canonical_url.h"
#include "suite.h"

namespace testigo::conformance {

// What the answers need beside the case.
struct Tools {
  formats::TrackingParameters tracking;
};
// Errc::malformed where a built-in table is not one.
[[nodiscard]] Result<Tools> load_tools(std::span<const EmbeddedFile> embedded);

// The product's answer to a case, as a JSON value in the shape that its suite asks for. "null"
// stands for a refusal, where refusing is an answer.
// Errors: unsupported (a kind, or a question of that kind, that is not known here), and those of
// reading the case's files.
[[nodiscard]] Result<std::string> answer(const Case& row, const Tools& tools);

// The kinds, one by one.
[[nodiscard]] Result<std::string> answer_robots(const Case& row);
[[nodiscard]] Result<std::string> answer_url(const Case& row, const Tools& tools);
[[nodiscard]] Result<std::string> answer_date(const Case& row);
[[nodiscard]] Result<std::string> answer_rating(const Case& row);
[[nodiscard]] Result<std::string> answer_charset(const Case& row);
[[nodiscard]] Result<std::string> answer_feed(const Case& row);
[[nodiscard]] Result<std::string> answer_sitemap(const Case& row);
[[nodiscard]] Result<std::string> answer_structured(const Case& row);
[[nodiscard]] Result<std::string> answer_pagination(const Case& row);
[[nodiscard]] Result<std::string> answer_content(const Case& row);

}  // namespace testigo::conformance
