#include "extract/tidy.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "text/find_byte.h"

namespace testigo::extract {
namespace {

enum class Marks { embedding, all };

// The length of a mark of direction at the front, in UTF-8; 0 where none is.
std::size_t mark_at(std::string_view text, Marks marks) {
  constexpr std::size_t length = 3;
  if (text.size() < length || text[0] != '\xE2') return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  if (text[1] == '\x80') {
    return last >= 0xAA && last <= 0xAE ? length : 0;
  }
  return marks == Marks::all && text[1] == '\x81' && last >= 0xA6 && last <= 0xA9 ? length : 0;
}

bool is_control(unsigned char c) { return ((c < 0x20) & (c != '\n') & (c != '\t')) | (c == 0x7F); }

// The length of a control sequence or string behind ESC at the front, with both; 0 where none is
// whole.
std::size_t sequence_at(std::string_view text) {
  constexpr std::size_t longest = 4096;
  text = text.substr(0, longest);
  if (text.starts_with("\x1B[")) {
    const std::size_t end =
        text::find_byte(text, 2, [](unsigned char c) { return (c < 0x20) | (c > 0x3F); });
    return end < text.size() && text[end] >= 0x40 && text[end] <= 0x7E ? end + 1 : 0;
  }
  if (text.starts_with("\x1B]")) {
    const std::size_t end = text.find_first_of("\x07\x1B", 2);
    if (end == std::string_view::npos) return 0;
    return text[end] == '\x07' ? end + 1 : text.substr(end, 2) == "\x1B\\" ? end + 2 : 0;
  }
  return 0;
}

// How many bytes at the front are to go.
std::size_t unseen_at(std::string_view text, Marks marks) {
  if (const std::size_t sequence = sequence_at(text); sequence > 0) return sequence;
  return is_control(static_cast<unsigned char>(text[0])) ? 1 : mark_at(text, marks);
}

void clean(std::string& text, Marks marks) {
  const auto may_go = [](unsigned char c) { return is_control(c) | (c == 0xE2); };
  const std::string_view all = text;
  std::size_t kept = text::find_byte(all, 0, may_go);
  for (std::size_t at = kept; at < all.size();) {
    const std::size_t unseen = unseen_at(all.substr(at), marks);
    const std::size_t next = text::find_byte(all, at + std::max<std::size_t>(unseen, 1), may_go);
    const std::size_t seen = next - at - unseen;
    if (kept != at + unseen) std::memmove(text.data() + kept, all.data() + at + unseen, seen);
    kept += seen;
    at = next;
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
  if (post.answered) clean(post.answered->author, Marks::all);
  clean(post.title, Marks::all);
  clean(post.text, Marks::embedding);
  clean(post.owner_reply, Marks::embedding);
}

}  // namespace testigo::extract
