#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/normalize.h"

namespace testigo::extract {

// What stands at a place of an item. Texts that the answer holds are views into it; the answer must
// outlive them.
class Found {
 public:
  enum class Kind : std::uint8_t { missing, text, number, boolean, other };

  Found() = default;
  static Found held_text(std::string_view text) { return {Kind::text, text}; }
  static Found made_text(std::string text) { return {Kind::text, std::move(text)}; }
  static Found number(std::string written) { return {Kind::number, std::move(written)}; }
  static Found boolean(bool value) {
    return {Kind::boolean, std::string_view(value ? "true" : "false")};
  }
  // Of another kind: "an object", "an array".
  static Found other(std::string_view type) { return {Kind::other, type}; }

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_missing() const { return kind_ == Kind::missing; }
  // Of a text, number or boolean: as written. Empty of others.
  [[nodiscard]] std::string_view text() const {
    if (made_) return *made_;
    return kind_ == Kind::other ? std::string_view() : held_;
  }
  // Missing, or a text of white space.
  [[nodiscard]] bool is_blank() const {
    return is_missing() || (kind_ == Kind::text && text::trim(text()).empty());
  }
  // false, 0, "" and nothing at all are untrue; whatever else stands there is true.
  [[nodiscard]] bool is_true() const {
    if (kind_ == Kind::missing) return false;
    if (kind_ == Kind::other) return true;
    if (kind_ == Kind::number) return text() != "0";
    return !text::trim(text()).empty() && text() != "false";
  }
  // For messages: "a text", "an object".
  [[nodiscard]] std::string_view type_name() const {
    switch (kind_) {
      case Kind::text:
        return "a text";
      case Kind::number:
        return "a number";
      case Kind::boolean:
        return "true or false";
      case Kind::other:
        return held_;
      case Kind::missing:
        break;
    }
    return "missing";
  }

 private:
  Found(Kind kind, std::string_view held) : kind_(kind), held_(held) {}
  Found(Kind kind, std::string made) : kind_(kind), made_(std::move(made)) {}

  Kind kind_ = Kind::missing;
  std::string_view held_;
  std::optional<std::string> made_;  // a text of its own
};

}  // namespace testigo::extract
