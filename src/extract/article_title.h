#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace testigo::extract {

// A heading that a page shows.
struct ShownHeading {
  std::string text;
  bool main = false;  // an <h1>, or named as the title of the entry; others may only agree
};

// The title of what a page is about: of the shown headings the one that agrees best with the titles
// that the page states of itself (OpenGraph, schema.org, <title>; best first), else its only main
// heading, else the first stated one without the site's name.
[[nodiscard]] std::optional<std::string> title_among(std::span<const ShownHeading> shown,
                                                     std::span<const std::string> stated,
                                                     std::string_view site);

}  // namespace testigo::extract
