#include "extract/tidy.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace testigo::extract {
namespace {

enum class Marks { forced, all };

// The length of a mark of direction at the front, in UTF-8; 0 where none is.
std::size_t mark_at(std::string_view text, Marks marks) {
  constexpr std::size_t length = 3;
  if (text.size() < length || text[0] != '\xE2') return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  if (text[1] == '\x80') {
    const unsigned first = marks == Marks::all ? 0xAA : 0xAD;
    return last >= first && last <= 0xAE ? length : 0;
  }
  return marks == Marks::all && text[1] == '\x81' && last >= 0xA6 && last <= 0xA9 ? length : 0;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

void clean(std::string& text, Marks marks) {
  if (std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == '\xE2'; }))
    return;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = mark_at(std::string_view(text).substr(at), marks);
    if (mark == 0 && !is_control(text[at])) text[kept++] = text[at];
    at += mark == 0 ? 1 : mark;
  }
  text.resize(kept);
}

void clean(std::optional<std::string>& text, Marks marks) {
  if (!text) return;
  clean(*text, marks);
  if (text->empty()) text.reset();
}

}  // namespace

void tidy(Post& post) {
  clean(post.author, Marks::all);
  clean(post.title, Marks::all);
  clean(post.text, Marks::forced);
  clean(post.owner_reply, Marks::forced);
}

}  // namespace testigo::extract
