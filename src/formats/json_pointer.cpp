#include "formats/json_pointer.h"

#include <algorithm>
#include <charconv>

namespace testigo::formats {
namespace {

// RFC 6901 §4: first ~1, then ~0, so that "~01" is "~1".
std::string unescape(std::string_view token) {
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    if (escape && token[i + 1] == '1') {
      key += '/';
      ++i;
    } else if (escape && token[i + 1] == '0') {
      key += '~';
      ++i;
    } else {
      key += token[i];
    }
  }
  return key;
}

}  // namespace

std::string_view JsonPointer::next() {
  rest_.remove_prefix(1);
  const std::string_view token = rest_.substr(0, rest_.find('/'));
  rest_.remove_prefix(token.size());
  if (token.find('~') == std::string_view::npos) return token;
  unescaped_ = unescape(token);
  return unescaped_;
}

std::optional<std::size_t> array_index(std::string_view token) {
  if (token.empty() || (token[0] == '0' && token.size() > 1)) return std::nullopt;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return index;
}

}  // namespace testigo::formats
