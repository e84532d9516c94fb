#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace testigo {

// A name that is not interchangeable with another kind of name: a brand is never passed for a
// source. `Tag` is never defined; it only makes the types differ.
template <class Tag>
struct Name {
  std::string value;

  Name() = default;
  explicit Name(std::string name) : value(std::move(name)) {}
  [[nodiscard]] bool empty() const { return value.empty(); }
  friend auto operator<=>(const Name&, const Name&) = default;
};

using SourceId = Name<struct SourceTag>;  // "hackernews": the stem of rules/sources/<name>.toml
using BrandId = Name<struct BrandTag>;    // "acme": the key under [brand.…] in testigo.toml

// A 64-bit id that is stable across crawls (DESIGN §2: identity).
template <class Tag>
struct Key {
  std::int64_t value = 0;

  Key() = default;
  explicit Key(std::int64_t key) : value(key) {}
  friend auto operator<=>(const Key&, const Key&) = default;
};

using PostId = Key<struct PostTag>;        // first 64 bits of SHA-256 over what identifies the post
using MentionId = Key<struct MentionTag>;  // first 64 bits of SHA-256 over brand and post id

}  // namespace testigo

template <class Tag>
struct std::hash<testigo::Name<Tag>> {
  std::size_t operator()(const testigo::Name<Tag>& name) const noexcept {
    return std::hash<std::string>()(name.value);
  }
};
template <class Tag>
struct std::hash<testigo::Key<Tag>> {
  std::size_t operator()(const testigo::Key<Tag>& key) const noexcept {
    return std::hash<std::int64_t>()(key.value);
  }
};
