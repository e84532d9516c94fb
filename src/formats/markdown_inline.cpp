#include "formats/markdown_inline.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "formats/entities.h"
#include "formats/page_text.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr std::size_t deepest_bracket = 32;        // within one another, as CommonMark's own bound
constexpr std::size_t longest_destination = 2048;  // of a link, with its title
constexpr std::size_t longest_ticks = 32;          // around code; people use up to five

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_mark(char c) { return c > ' ' && c < '\x7f' && !is_letter(c) && !is_digit(c); }

// HTML elements within a line; those that stand apart page_text.h knows.
constexpr std::string_view inline_tags[] = {
    "a",    "abbr",   "b",      "big",  "br",      "cite",  "code",  "del",  "em",    "font",
    "i",    "ins",    "kbd",    "mark", "picture", "q",     "s",     "samp", "small", "source",
    "span", "strike", "strong", "sub",  "sup",     "tbody", "thead", "tt",   "u",     "var"};

class InlineReader {
 public:
  InlineReader(std::string_view block, const LinkLabels& labels) : block_(block), labels_(labels) {
    out_.reserve(block.size());
  }

  std::string read() {
    while (at_ < block_.size()) step();
    return without_cuts();
  }

 private:
  // A mark that stands in out_ until its partner is met.
  struct Run {
    std::size_t place = 0;  // in out_
    std::size_t length = 0;
  };
  struct Bracket {
    std::size_t place = 0;
    bool is_picture = false;
  };
  enum Kind : std::size_t { star, low_line, tilde };

  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < block_.size() ? block_[at_ + ahead] : '\0';
  }
  void copy(std::size_t size) {
    out_.append(block_, at_, size);
    at_ += std::min(size, block_.size() - at_);
  }
  void cut(std::size_t place, std::size_t length) {
    if (length > 0) cuts_.push_back({place, length});
  }
  void break_line() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }

  void step() {
    switch (block_[at_]) {
      case '\\':
        return escape();
      case '`':
        return code();
      case '*':
        return emphasis(star);
      case '_':
        return emphasis(low_line);
      case '~':
        return emphasis(tilde);
      case '[':
        return open_bracket(false);
      case '!':
        return exclamation();
      case ']':
        return close_bracket();
      case '<':
        return angle();
      case '>':
        return spoiler();
      case '&':
        return reference();
      default:
        return copy(std::max<std::size_t>(
            std::min(block_.find_first_of("\\`*_~[!]<>&", at_), block_.size()) - at_, 1));
    }
  }

  void escape() {
    if (!is_mark(peek(1))) return peek(1) == '\n' ? void(++at_) : copy(1);
    ++at_;
    copy(1);
  }

  // CommonMark §6.1. What was looked for once and is not there is not looked for again.
  void code() {
    const std::size_t ticks = std::min(block_.find_first_not_of('`', at_), block_.size()) - at_;
    const auto end =
        ticks <= longest_ticks && !no_ticks_[ticks] ? closing_ticks(ticks) : std::nullopt;
    if (!end) {
      if (ticks <= longest_ticks) no_ticks_[ticks] = true;
      return copy(ticks);
    }
    std::string_view inside = block_.substr(at_ + ticks, *end - at_ - ticks);
    if (inside.size() > 2 && inside.front() == ' ' && inside.back() == ' ')
      inside = inside.substr(1, inside.size() - 2);
    out_ += inside;
    at_ = *end + ticks;
  }

  [[nodiscard]] std::optional<std::size_t> closing_ticks(std::size_t ticks) const {
    for (std::size_t at = block_.find('`', at_ + ticks); at != std::string_view::npos;) {
      const std::size_t end = std::min(block_.find_first_not_of('`', at), block_.size());
      if (end - at == ticks) return at;
      at = block_.find('`', end);
    }
    return std::nullopt;
  }

  // CommonMark §6.2, its two kinds of flanks; of stars within a word ("f**k", "2*3*4") none counts.
  void emphasis(Kind kind) {
    const char mark = block_[at_];
    const std::size_t end = std::min(block_.find_first_not_of(mark, at_), block_.size());
    const std::size_t length = end - at_;
    const char before = at_ > 0 ? block_[at_ - 1] : '\0';
    const char after = end < block_.size() ? block_[end] : '\0';
    const bool left = !is_space(after) && (!is_mark(after) || is_space(before) || is_mark(before));
    const bool right = !is_space(before) && (!is_mark(before) || is_space(after) || is_mark(after));
    const bool within_word =
        (is_letter(before) || is_digit(before)) && (is_letter(after) || is_digit(after));
    bool opens = left && !within_word;
    bool closes = right && !within_word;
    if (kind == low_line) {
      opens = left && (!right || is_mark(before));
      closes = right && (!left || is_mark(after));
    }
    if (kind == tilde && length != 2) opens = closes = false;
    Run run{out_.size(), length};
    copy(length);
    std::vector<Run>& open = open_[kind];
    while (closes && run.length > 0 && !open.empty()) {
      Run& partner = open.back();
      const std::size_t taken = std::min(partner.length, run.length);
      partner.length -= taken;
      cut(partner.place + partner.length, taken);
      cut(run.place, taken);
      run.place += taken;
      run.length -= taken;
      if (partner.length == 0) open.pop_back();
    }
    if (opens && run.length > 0) open.push_back(run);
  }

  void exclamation() {
    if (peek(1) == '[') {
      ++at_;
      return open_bracket(true);
    }
    if (peek(1) == '<' && hidden_) {
      cut(*hidden_, 2);
      hidden_.reset();
      at_ += 2;
      return;
    }
    copy(1);
  }

  void spoiler() {
    if (peek(1) != '!' || hidden_) return copy(1);
    hidden_ = out_.size();
    copy(2);
  }

  void open_bracket(bool is_picture) {
    if (brackets_.size() < deepest_bracket) brackets_.push_back({out_.size(), is_picture});
    if (is_picture) out_ += '!';
    copy(1);
  }

  void close_bracket() {
    if (brackets_.empty()) return copy(1);
    const Bracket open = brackets_.back();
    brackets_.pop_back();
    const std::size_t mark = open.is_picture ? 2 : 1;
    const std::string_view words = std::string_view(out_).substr(open.place + mark);
    const std::size_t address = address_behind(words);
    if (address == 0) return copy(1);
    at_ += address;
    if (open.is_picture)
      cut(open.place, out_.size() - open.place);
    else
      cut(open.place, mark);
  }

  // How long the "]" is with the address behind it, or 1 where the words are a label of one; 0
  // where this is no link.
  [[nodiscard]] std::size_t address_behind(std::string_view words) const {
    if (peek(1) == '(')
      if (const std::size_t size = destination(block_.substr(at_ + 1)); size > 0) return size + 1;
    if (labels_.empty()) return 0;
    if (peek(1) == '[') {
      const std::string_view rest = block_.substr(at_ + 2, longest_label);
      const std::size_t end = rest.find_first_of("[]");
      if (end != std::string_view::npos && rest[end] == ']' &&
          is_label(end == 0 ? words : rest.substr(0, end)))
        return end + 3;
    }
    return is_label(words) ? 1 : 0;
  }

  [[nodiscard]] bool is_label(std::string_view words) const {
    return words.size() <= longest_label && labels_.contains(label_key(words));
  }

  // "(https://a.example "title")" in whole; 0 where the brackets do not close.
  static std::size_t destination(std::string_view text) {
    std::size_t depth = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < std::min(text.size(), longest_destination); ++i) {
      const char c = text[i];
      if (c == '\\' && i + 1 < text.size()) {
        ++i;
      } else if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if ((c == '"' || c == '\'') && is_space(text[i - 1])) {
        quote = c;
      } else if (is_space(c) && !begins_title(text.substr(i))) {
        return 0;
      } else if (c == '(') {
        if (++depth > deepest_bracket) return 0;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  // Behind the address only a title may stand, or the end.
  static bool begins_title(std::string_view text) {
    const std::size_t next = text.find_first_not_of(" \n\t");
    return next == std::string_view::npos ||
           std::string_view("\"'()").find(text[next]) != std::string_view::npos;
  }

  void angle() {
    const std::size_t end = block_.find_first_of("<>", at_ + 1);
    if (end == std::string_view::npos || block_[end] != '>') return copy(1);
    std::string_view inside = block_.substr(at_ + 1, end - at_ - 1);
    const bool spaced = inside.find_first_of(" \n\t") != std::string_view::npos;
    if (!spaced && (inside.find("://") != std::string_view::npos ||
                    inside.find('@') != std::string_view::npos)) {
      out_ += inside;
      at_ = end + 1;
      return;
    }
    if (inside.starts_with('/')) inside.remove_prefix(1);
    const std::string name = text::ascii_lower(inside.substr(0, inside.find_first_of(" \n\t/")));
    const Standing standing = standing_of(name);
    const bool known =
        standing.gap != Gap::none || standing.unseen ||
        std::find(std::begin(inline_tags), std::end(inline_tags), name) != std::end(inline_tags);
    if (!known) return copy(1);
    at_ = end + 1;
    if (name == "br" || standing.gap >= Gap::line) break_line();
    if (standing.gap == Gap::space) out_ += ' ';
  }

  void reference() {
    const auto found = read_reference(block_.substr(at_));
    if (!found) return copy(1);
    constexpr char32_t zero_width_space = 0x200B;  // Reddit's editor puts it where nothing stands
    constexpr char32_t no_break_space = 0xA0;
    if (found->value == no_break_space)
      out_ += ' ';
    else if (found->value != zero_width_space)
      out_ += text::encode(found->value);
    at_ += found->size;
  }

  std::string without_cuts() {
    std::sort(cuts_.begin(), cuts_.end(),
              [](const Run& a, const Run& b) { return a.place < b.place; });
    std::string kept;
    kept.reserve(out_.size());
    std::size_t from = 0;
    for (const Run& one : cuts_) {
      if (one.place > from) kept.append(out_, from, one.place - from);
      from = std::max(from, one.place + one.length);
    }
    return kept.append(out_, std::min(from, out_.size()));
  }

  std::string_view block_;
  const LinkLabels& labels_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Run> cuts_;  // of out_
  std::array<std::vector<Run>, 3> open_;
  std::vector<Bracket> brackets_;
  std::array<bool, longest_ticks + 1> no_ticks_{};
  std::optional<std::size_t> hidden_;  // where a spoiler began
};

}  // namespace

std::string label_key(std::string_view label) {
  return text::ascii_lower(text::collapse_space(label));
}

std::string markdown_words(std::string_view block, const LinkLabels& labels) {
  return InlineReader(block, labels).read();
}

}  // namespace testigo::formats
