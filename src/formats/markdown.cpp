#include "formats/markdown.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "formats/markdown_inline.h"
#include "formats/page_text.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::size_t tab_stop = 4;
constexpr std::size_t deepest_list = 8;     // "- - - so" on one line
constexpr std::size_t most_labels = 1'000;  // of links; a change log has some hundred

std::size_t indent_of(std::string_view line) {
  std::size_t indent = 0;
  for (const char c : line) {
    if (c == '\t')
      indent += tab_stop - indent % tab_stop;
    else if (c == ' ')
      ++indent;
    else
      break;
  }
  return indent;
}

// Of a line that is indented: without its first tab, or the spaces that make one.
std::string_view without_tab(std::string_view line) {
  const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
  if (spaces >= tab_stop) return line.substr(tab_stop);
  return line.substr(line.find('\t') + 1);
}

// How many of `mark` a line begins with.
std::size_t run_of(std::string_view line, char mark) {
  return std::min(line.find_first_not_of(mark), line.size());
}

// "---", "* * *", "=====": a rule, or what underlines a heading.
bool is_rule(std::string_view line) {
  constexpr std::size_t shortest = 3;
  if (line.empty() || std::string_view("-*_=").find(line.front()) == std::string_view::npos)
    return false;
  std::size_t marks = 0;
  for (const char c : line) {
    if (c != line.front() && c != ' ' && c != '\t') return false;
    marks += c == line.front() ? 1 : 0;
  }
  return marks >= shortest;
}

// "|:---|---:|": parts a table's head from its rows.
bool is_table_rule(std::string_view line) {
  return line.find('|') != std::string_view::npos && line.find('-') != std::string_view::npos &&
         line.find_first_not_of("|:- \t") == std::string_view::npos;
}

// What stands before an item's words: "- ", "* [x] ". Numbers stay, for people refer to them.
std::size_t bullet_size(std::string_view line) {
  if (line.size() < 2 || std::string_view("-*+").find(line[0]) == std::string_view::npos ||
      (line[1] != ' ' && line[1] != '\t'))
    return 0;
  const std::size_t words = std::min(line.find_first_not_of(" \t", 1), line.size());
  const std::string_view box = line.substr(words, 4);
  const bool is_task = box.size() == 4 && box[0] == '[' && box.substr(2) == "] " &&
                       (box[1] == ' ' || box[1] == 'x' || box[1] == 'X');
  return words + (is_task ? box.size() : 0);
}

bool is_numbered(std::string_view line) {
  constexpr std::size_t most_digits = 9;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && digits <= most_digits && line.size() > digits + 1 &&
         (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

// "[docs]: https://a.example": the label, between the brackets. Not a footnote, which has words.
std::optional<std::string_view> defined_label(std::string_view line) {
  if (!line.starts_with('[') || line.starts_with("[^")) return std::nullopt;
  const std::size_t end = line.substr(0, longest_label).find("]:");
  if (end == std::string_view::npos || end < 2) return std::nullopt;
  const std::string_view address = text::trim(line.substr(end + 2));
  const std::string_view first = address.substr(0, address.find_first_of(" \t"));
  const bool is_address = first.find("://") != std::string_view::npos || first.starts_with('/') ||
                          first.starts_with('#') || first.starts_with('<') ||
                          first.starts_with("mailto:");
  return is_address ? std::optional(line.substr(1, end - 1)) : std::nullopt;
}

std::vector<std::string_view> cells_of(std::string_view row) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= row.size(); ++i) {
    if (i < row.size() && (row[i] != '|' || (i > 0 && row[i - 1] == '\\'))) continue;
    cells.push_back(text::trim(row.substr(begin, i - begin)));
    begin = i + 1;
  }
  return cells;
}

class BlockReader {
 public:
  explicit BlockReader(std::string_view text) : rest_(text), out_(text.size()) {
    for (std::string_view all = text; !all.empty() && labels_.size() < most_labels;) {
      const std::string_view line = all.substr(0, all.find('\n'));
      all.remove_prefix(std::min(line.size() + 1, all.size()));
      if (const auto label = defined_label(text::trim(line))) labels_.insert(label_key(*label));
    }
  }

  std::string read() {
    while (!rest_.empty()) {
      const std::string_view line = next_line();
      if (fence_.empty() && line.find("<!--") != std::string_view::npos)
        read_line(without_comments(line));
      else
        read_line(line);
    }
    end_paragraph();
    return out_.take();
  }

 private:
  std::string_view next_line() {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    return line;
  }

  // Comments are for who fills in a template; they may go on for lines, and are taken off them.
  std::string without_comments(std::string_view line) {
    constexpr std::string_view begin = "<!--";
    constexpr std::string_view end = "-->";
    std::string kept;
    for (std::size_t at = 0; (at = line.find(begin)) != std::string_view::npos;) {
      std::size_t close = line.find(end, at + begin.size());
      if (close == std::string_view::npos && !open_comment_) {
        const std::size_t later = rest_.find(end);
        open_comment_ = later == std::string_view::npos;  // nor is any later one closed
        if (open_comment_) break;
        kept += line.substr(0, at);
        rest_.remove_prefix(later + end.size());
        line = next_line();
        continue;
      }
      if (close == std::string_view::npos) break;
      kept += line.substr(0, at);
      line.remove_prefix(close + end.size());
    }
    return kept.append(line);
  }

  void read_line(std::string_view line) {
    const std::size_t indent = indent_of(line);
    const std::string_view body = text::trim(line);
    if (!fence_.empty()) return code_line(line, body);
    if (body.empty()) return blank_line();
    const bool after_blank = std::exchange(after_blank_, false);
    if (after_blank && indent < 2) in_list_ = false;
    if (indent >= tab_stop && !in_list_ && paragraph_.empty())
      return add_code(without_tab(line));
    read_block(body);
  }

  void blank_line() {
    end_paragraph();
    in_table_ = false;
    after_blank_ = true;
    out_.gap(Gap::paragraph);
  }

  void code_line(std::string_view line, std::string_view body) {
    const bool closes = body.size() >= fence_.size() && run_of(body, fence_.front()) == body.size();
    if (closes)
      fence_.clear();
    else
      add_code(line);
  }

  void add_code(std::string_view line) {
    out_.gap(Gap::line);
    out_.add_as_is(line);
    out_.gap(Gap::line);
  }

  void read_block(std::string_view body) {
    if (body.starts_with('>') && !body.starts_with(">!")) return end_paragraph();
    if (opens_fence(body) || is_rule(body) || is_directive(body)) return;
    if (in_table_ || begins_table(body)) return read_row(body);
    if (defined_label(body) && paragraph_.empty()) return;
    if (const std::size_t level = run_of(body, '#');
        level > 0 && level <= 6 && (level == body.size() || body[level] == ' ')) {
      body = text::trim(body.substr(level));
      const std::size_t end = body.find_last_not_of('#') + 1;
      if (end == 0 || body[end - 1] == ' ') body = body.substr(0, end);
      end_paragraph();
      add_to_paragraph(body);
      return end_paragraph();
    }
    for (std::size_t depth = 0; depth < deepest_list; ++depth) {
      const std::size_t bullet = bullet_size(body);
      if (bullet == 0 && !is_numbered(body)) break;
      end_paragraph();
      in_list_ = true;
      body.remove_prefix(bullet);
      if (bullet == 0 || body.empty()) break;
      if (body.starts_with('>') || opens_fence(body)) return;
    }
    add_to_paragraph(body);
  }

  // "```cpp"; of an opening one of ticks no tick stands behind it.
  bool opens_fence(std::string_view body) {
    constexpr std::size_t shortest = 3;
    const char mark = body.front();
    if (mark != '`' && mark != '~') return false;
    const std::size_t length = run_of(body, mark);
    if (length < shortest || (mark == '`' && body.find('`', length) != std::string_view::npos))
      return false;
    end_paragraph();
    fence_ = body.substr(0, length);
    return true;
  }

  bool is_rule(std::string_view body) {
    const bool underlines = !paragraph_.empty() && body.front() == '=';
    if (!formats::is_rule(body) && !(underlines && run_of(body, '=') == body.size())) return false;
    end_paragraph();
    out_.gap(Gap::paragraph);
    return true;
  }

  // Lemmy's "::: spoiler The end", and the ":::" that ends it.
  bool is_directive(std::string_view body) {
    if (!body.starts_with(":::")) return false;
    end_paragraph();
    body = text::trim(body.substr(run_of(body, ':')));
    constexpr std::string_view spoiler = "spoiler";
    if (body.starts_with(spoiler)) body = text::trim(body.substr(spoiler.size()));
    add_to_paragraph(body);
    end_paragraph();
    return true;
  }

  bool begins_table(std::string_view body) {
    if (body.find('|') == std::string_view::npos) return false;
    const std::string_view below = text::trim(rest_.substr(0, rest_.find('\n')));
    if (!is_table_rule(below)) return false;
    end_paragraph();
    next_line();
    in_table_ = true;
    return true;
  }

  void read_row(std::string_view body) {
    in_table_ = body.find('|') != std::string_view::npos;
    if (!in_table_) return add_to_paragraph(body);
    out_.gap(Gap::line);
    for (const std::string_view cell : cells_of(body)) {
      if (cell.empty()) continue;
      add_words(cell);
      out_.gap(Gap::space);
    }
    out_.gap(Gap::line);
  }

  void add_to_paragraph(std::string_view line) {
    if (!paragraph_.empty()) paragraph_ += '\n';
    paragraph_ += line;
  }

  void end_paragraph() {
    if (paragraph_.empty()) return;
    out_.gap(Gap::line);
    add_words(paragraph_);
    out_.gap(Gap::line);
    paragraph_.clear();
  }

  void add_words(std::string_view block) {
    const std::string words = markdown_words(block, labels_);
    for (std::string_view rest = words; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size());
      out_.add(line);
      if (rest.empty()) break;
      out_.gap(Gap::line);
      rest.remove_prefix(1);
    }
  }

  std::string_view rest_;
  PageText out_;
  LinkLabels labels_;
  std::string paragraph_;
  std::string fence_;  // of the code at hand: "```"
  bool in_list_ = false;
  bool in_table_ = false;
  bool after_blank_ = true;
  bool open_comment_ = false;
};

}  // namespace

std::string text_of_markdown(std::string_view utf8) { return BlockReader(utf8).read(); }

}  // namespace testigo::formats
