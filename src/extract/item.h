#pragma once

#include <array>
#include <cstddef>
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

// One item of an answer, whatever it is written in.
struct ItemView {
  std::string place;  // "/hits/0": how messages name it
  std::function<Found(std::string_view selector)> look_up;
  // What stands at a selector with "*" in it, which only JSON sources have.
  std::function<std::vector<Found>(std::string_view selector)> look_up_each = {};
};

// What a field of an item holds, and the selector it stood at; of one that holds nothing, the first
// that it may stand at.
struct FoundField {
  Found found;
  std::string_view selector;
  bool blank =
      false;  // a text of nothing stands there: of JSON alone, where that is said on purpose
};
using FoundFields = std::array<FoundField, post_field_count>;  // by PostField

[[nodiscard]] FoundFields find_fields(const ItemView& item, const ItemSpec& spec);

// Whether it is blank, or one of the source's words for "not told".
[[nodiscard]] bool tells_nothing(const ItemSpec& spec, const Found& value);

// What a value means in our words.
[[nodiscard]] Found translated(const ItemSpec& spec, PostField field, Found value);

// A value that a post does without.
struct UnreadValue {
  std::string_view selector;  // of the spec
  std::string what;           // "/hits/0/points is no number: \"many\""
};

struct BuiltPost {
  std::optional<Post> post;         // nothing where `drift` is not empty
  std::vector<std::string> drift;   // "/hits/0/author is missing"
  std::vector<UnreadValue> unread;  // of the post
};

// Where the post was read, and what dates and links are relative to.
struct ItemContext {
  std::string page_url;    // canonical
  formats::LinkBase base;  // of relative links
  UtcTime now{};
};

// The post that an item holds. A required field that is missing or cannot be read, or any field
// that holds another type (an object for a text), yields drift and no post. What else cannot be
// read (words for a number, a rating beyond its scale) the post does without, and it is told.
[[nodiscard]] BuiltPost build_post(const ItemView& item, const FoundFields& fields,
                                   const ItemSpec& spec, const ExtractorSpec& source,
                                   const ItemContext& context);

// The id of the item's post, scoped; nothing where it has none that can be read.
[[nodiscard]] std::optional<std::string> item_id(const ItemView& item, const FoundFields& fields,
                                                 const ItemSpec& spec, const ExtractorSpec& source,
                                                 const ItemContext& context);

// Whether the item says that it has more replies than the answer shows: `more_if`.
[[nodiscard]] bool has_more(const ItemView& item, const ItemSpec& spec);

// Whether the item says that its post is no more: `gone_if`.
[[nodiscard]] bool is_gone(const ItemView& item, const ItemSpec& spec);

// Whether `only_if` and `skip_if` let the item in.
[[nodiscard]] bool is_wanted(const ItemView& item, const Selector& only_if,
                             const Selector& skip_if);

// Of an id, an address, a name or a title. What stands once in an answer may be said of each of its
// items ("^/title", a feed's author), and is then kept as often.
inline constexpr std::size_t max_short_bytes = 4096;

}  // namespace testigo::extract
