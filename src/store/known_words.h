#pragma once

#include <optional>
#include <string>

#include "core/post.h"
#include "core/result.h"
#include "store/store.h"

namespace testigo::store {

// The newest of what a post says, as it is stored.
struct KnownWords {
  std::optional<std::string> title;
  std::string text;
  std::optional<Rating> rating;
  std::optional<UtcTime> posted_at;
  std::optional<UtcTime> edited_at;
  bool by_another = false;  // its author is not the one of the post that was asked about
};

// What is stored under the id of `post`; nothing where nothing is. Authors that are not known on
// both sides do not differ.
[[nodiscard]] Result<std::optional<KnownWords>> known_words(Store& store, const Post& post);

// Whether what is stored under the id of `post` has since been edited, and said before what `post`
// says.
[[nodiscard]] Result<bool> is_said_no_more(Store& store, const Post& post);

}  // namespace testigo::store
