#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace testigo::formats {

// A JSON Pointer (RFC 6901), token by token. It must outlive what it reads.
class JsonPointer {
 public:
  explicit JsonPointer(std::string_view text) : rest_(text) {}

  // "" and what begins with "/".
  [[nodiscard]] bool is_valid() const { return rest_.empty() || rest_[0] == '/'; }
  [[nodiscard]] bool done() const { return rest_.empty(); }
  // The next token, unescaped. It holds until the next call.
  [[nodiscard]] std::string_view next();

 private:
  std::string_view rest_;
  std::string unescaped_;
};

// The place in an array that a token names: no sign, no leading zero.
[[nodiscard]] std::optional<std::size_t> array_index(std::string_view token);

}  // namespace testigo::formats
