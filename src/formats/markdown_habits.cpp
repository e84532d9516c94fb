#include "formats/markdown_habits.h"

#include <algorithm>

#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::string_view comment_begin = "<!--";
constexpr std::string_view comment_end = "-->";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_fence(std::string_view line) { return line.starts_with("```") || line.starts_with("~~~"); }

class HabitReader {
 public:
  explicit HabitReader(std::string_view text) : rest_(text) { out_.reserve(text.size() + 16); }

  std::string read() {
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      const std::string_view line = rest_.substr(0, end);
      if (!in_fence_ && skip_comment(line)) continue;
      rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
      read_line(line);
      if (end != std::string_view::npos) out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  // A comment that begins on this line is left out, wherever it ends; what stands before it is
  // read. One that has no end is no comment, nor is any that follows.
  bool skip_comment(std::string_view line) {
    const std::size_t begin = line.find(comment_begin);
    if (begin == std::string_view::npos || no_end_) return false;
    const std::size_t end = rest_.find(comment_end, begin + comment_begin.size());
    no_end_ = end == std::string_view::npos;
    if (no_end_) return false;
    read_line(line.substr(0, begin));
    rest_.remove_prefix(end + comment_end.size());
    return true;
  }

  void read_line(std::string_view line) {
    const std::string_view body = text::trim(line);
    if (is_fence(body)) in_fence_ = !in_fence_;
    if (in_fence_ || is_fence(body)) {
      out_ += line;
      return;
    }
    const bool quotes = body.starts_with('>') && !body.starts_with(">!");
    if (after_quote_ && !quotes && !body.empty()) out_ += '\n';
    after_quote_ = quotes;
    if (body.starts_with(":::")) {
      constexpr std::string_view spoiler = "spoiler";
      std::string_view title =
          text::trim(body.substr(std::min(body.find_first_not_of(':'), body.size())));
      if (title.starts_with(spoiler)) title.remove_prefix(spoiler.size());
      line = text::trim(title);
    }
    write_words(line);
  }

  void write_words(std::string_view line) {
    const std::size_t last_end = line.rfind("!<");
    std::size_t open = 0;  // spoilers
    bool in_code = false;
    for (std::size_t i = 0; i < line.size();) {
      in_code = in_code != (line[i] == '`');
      const std::string_view two = line.substr(i, 2);
      const bool opens = two == ">!" && last_end != std::string_view::npos && last_end > i;
      const bool closes = two == "!<" && open > 0;
      if (!in_code && (opens || closes)) {
        open = opens ? open + 1 : open - 1;
        i += 2;
      } else if (!in_code && line[i] == '*') {
        i += write_stars(line, i);
      } else {
        out_ += line[i++];
      }
    }
  }

  // How many there were.
  std::size_t write_stars(std::string_view line, std::size_t at) {
    const std::size_t end = std::min(line.find_first_not_of('*', at), line.size());
    const bool in_word = at > 0 && end < line.size() && is_word(line[at - 1]) && is_word(line[end]);
    for (std::size_t i = at; i < end; ++i) out_ += in_word ? "\\*" : "*";
    return end - at;
  }

  std::string_view rest_;
  std::string out_;
  bool in_fence_ = false;
  bool no_end_ = false;  // of comments, from here on
  bool after_quote_ = false;
};

}  // namespace

std::string as_commonmark(std::string_view utf8) { return HabitReader(utf8).read(); }

}  // namespace testigo::formats
