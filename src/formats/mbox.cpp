#include "formats/mbox.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace testigo::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 4155 appendix A: "From ", an address, a time of asctime's form. Bodies that no one quoted
// hold lines such as "From now on", so the time must be there.
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  const std::size_t colon = line.find(':', 5);
  return colon != std::string_view::npos && colon + 2 < line.size() && is_digit(line[colon - 1]) &&
         is_digit(line[colon + 1]) && is_digit(line[colon + 2]);
}

// ">From ", ">>From ": the quoting that keeps body lines from being separators.
bool is_quoted_separator(std::string_view line) {
  const std::size_t mark = line.find_first_not_of('>');
  return mark != std::string_view::npos && mark > 0 && line.substr(mark).starts_with("From ");
}

}  // namespace

Result<std::optional<MboxMessage>> MboxReader::next() {
  MboxMessage message;
  message.line = separator_line_ + 1;
  bool any = begun_;
  bool after_blank = !begun_;  // a separator stands at the beginning or after a blank line
  while (!ended_) {
    auto line = lines_.next();
    if (!line) return fail(std::move(line.error()));
    if (!*line) {
      ended_ = true;
      break;
    }
    std::string& text = (*line)->text;
    if (after_blank && is_separator(text)) {
      separator_line_ = (*line)->number;
      begun_ = true;
      if (any) return std::optional(std::move(message));
      message.line = separator_line_ + 1;
      any = true;
      after_blank = false;
      continue;
    }
    after_blank = text.empty();
    any = any || !text.empty();
    message.cut = message.cut || (*line)->cut ||
                  message.bytes.size() + text.size() >= limits_.max_message_bytes;
    if (message.bytes.size() + text.size() >= limits_.max_message_bytes) continue;
    message.bytes.append(text, is_quoted_separator(text) ? 1 : 0, std::string::npos);
    message.bytes += '\n';
  }
  begun_ = false;
  return any ? std::optional(std::move(message)) : std::optional<MboxMessage>();
}

}  // namespace testigo::formats
