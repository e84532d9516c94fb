#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/post.h"
#include "core/time.h"
#include "extract/found.h"
#include "extract/spec.h"
#include "formats/plain_url.h"

namespace testigo::extract {

// One item of an answer, as the builder below sees it, whatever it is written in.
struct ItemView {
  std::string place;  // "/hits/0": how messages name it
  std::function<Found(std::string_view selector)> look_up;
};

struct BuiltPost {
  std::optional<Post> post;        // nothing where `drift` is not empty
  std::vector<std::string> drift;  // "/hits/0/author is missing"
};

// Where the post was read, and what dates and links are relative to.
struct ItemContext {
  std::string page_url;    // canonical
  formats::LinkBase base;  // of relative links
  UtcTime now{};
};

// The post that an item holds. A required field that is missing, or any field that holds another
// type or cannot be read (an object for a text, words for a number), yields drift and no post.
[[nodiscard]] BuiltPost build_post(const ItemView& item, const ItemSpec& spec,
                                   const ExtractorSpec& source, const ItemContext& context);

// Whether `only_if` and `skip_if` let the item in.
[[nodiscard]] bool is_wanted(const ItemView& item, const Selector& only_if,
                             const Selector& skip_if);

// A template's text: selectors and variables in braces filled in. Nothing where one has no value.
[[nodiscard]] std::optional<std::string> fill_template(
    std::string_view text, const std::map<std::string, std::string>& variables,
    const std::function<Found(std::string_view)>& look_up);

}  // namespace testigo::extract
