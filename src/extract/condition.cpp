#include "extract/condition.h"

#include "extract/spec.h"

namespace testigo::extract {
namespace {

// Of the first "=" outside of brackets; where brackets stay open they are part of a key.
std::size_t sign_of(std::string_view text) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0')
      quote = c == quote ? '\0' : quote;
    else if (depth > 0 && (c == '\'' || c == '"'))
      quote = c;
    else if (c == '[')
      ++depth;
    else if (c == ']' && depth > 0)
      --depth;
    else if (c == '=' && depth == 0)
      return i;
  }
  return depth == 0 ? std::string_view::npos : text.find('=');
}

}  // namespace

Condition parse_condition(std::string_view text) {
  const bool compares = text.starts_with('/') || text.starts_with(piece_prefix);
  const std::size_t sign = compares ? sign_of(text) : std::string_view::npos;
  if (sign == std::string_view::npos) return {text};
  const bool within = sign > 0 && text[sign - 1] == '*';
  return {text.substr(0, sign - (within ? 1 : 0)), text.substr(sign + 1), within};
}

}  // namespace testigo::extract
