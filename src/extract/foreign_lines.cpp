#include "extract/foreign_lines.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_mark = 200;      // bytes of "On … X <x@y> wrote:"
constexpr std::size_t longest_header = 60;     // of "From", up to its colon
constexpr std::size_t lines_of_signature = 6;  // below "-- "; RFC 3676 §4.3 and netiquette say four
// What phpBB puts above a signature; a shorter or longer rule is the author's own.
constexpr std::string_view forum_rule = "_________________";
constexpr std::size_t words_of_name = 6;    // before "wrote:" in a forum
constexpr std::size_t lines_of_header = 3;  // From:, Sent:, To: … one below the other

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool is_blank(std::string_view line) { return text::trim(line).empty(); }

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// "> words" and ">> words"; not ">:(" and not "> 5 days".
bool is_quoted(std::string_view line) {
  line = text::trim(line);
  if (!line.starts_with('>')) return false;
  const std::size_t words = line.find_first_not_of("> \t");
  if (words == std::string_view::npos) return true;
  const char next = line[words];
  const bool is_sign = next > ' ' && next < 'A' && next != '"' && next != '\'' && next != '(';
  return !is_sign && next != '_' && next != '^';
}

bool starts_with_any(std::string_view folded, std::span<const std::string> phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const std::string& phrase) { return folded.starts_with(phrase); });
}

// Lines of which some are cut.
class Lines {
 public:
  explicit Lines(std::string_view text) : lines_(lines_of(text)), cut_(lines_.size()) {}

  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] std::string_view at(std::size_t i) const { return lines_[i]; }
  [[nodiscard]] bool is_cut(std::size_t i) const { return cut_[i]; }
  void cut(std::size_t i) { cut_[i] = true; }
  void cut_from(std::size_t first) {
    std::fill(cut_.begin() + std::ptrdiff_t(first), cut_.end(), true);
  }

  [[nodiscard]] bool has_words(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (!cut_[i] && !is_blank(lines_[i])) return true;
    return false;
  }
  // The last line with words before this one.
  [[nodiscard]] std::optional<std::size_t> before(std::size_t i) const {
    while (i > 0)
      if (!is_blank(lines_[--i])) return i;
    return std::nullopt;
  }
  [[nodiscard]] std::string kept() const {
    std::string text;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (!cut_[i]) text.append(lines_[i]).append(1, '\n');
    return text;
  }

 private:
  std::vector<std::string_view> lines_;
  std::vector<bool> cut_;
};

bool ends_with_any(std::string_view line, std::span<const std::string> phrases) {
  line = text::trim(line);
  if (line.empty() || line.back() != ':' || line.size() > longest_mark) return false;
  const std::string folded = text::fold(line);
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const std::string& phrase) { return folded.ends_with(phrase); });
}

// "Ana <ana@example.com> wrote:", or with a date: whose mail begins here.
bool is_of_mail(std::string_view line) {
  return line.find('@') != std::string_view::npos || digits_in(line) >= 4;
}

// The second line of one that a mailer wrapped.
bool goes_on(std::string_view line) {
  line = text::trim(line);
  return line.starts_with('<') || words_in(line) <= 2;
}

// Quoted lines, with the line before them that says whose they are.
void cut_marked(Lines& lines, std::span<const std::string> wrote) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_quoted(lines.at(i))) continue;
    const bool begins = i == 0 || !lines.is_cut(i - 1);
    lines.cut(i);
    const auto above = begins ? lines.before(i) : std::nullopt;
    if (!above || !ends_with_any(lines.at(*above), wrote)) continue;
    lines.cut(*above);
    if (*above > 0 && goes_on(lines.at(*above)) && is_of_mail(lines.at(*above - 1)))
      lines.cut(*above - 1);
  }
}

// What has no marks on its lines: a mail below the answer to it, and a forum's quotation, a name
// with the paragraph below.
void cut_unmarked(Lines& lines, std::span<const std::string> wrote) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines.is_cut(i) || !ends_with_any(lines.at(i), wrote)) continue;
    const bool wrapped = i > 0 && goes_on(lines.at(i)) && is_of_mail(lines.at(i - 1));
    const std::size_t first = wrapped ? i - 1 : i;
    if (wrapped || is_of_mail(lines.at(i))) {
      if (lines.has_words(0, first)) return lines.cut_from(first);
      continue;
    }
    const bool begins_paragraph = i == 0 || is_blank(lines.at(i - 1));
    if (!begins_paragraph || words_in(lines.at(i)) > words_of_name) continue;
    std::size_t end = i + 1;
    while (end < lines.size() && !is_blank(lines.at(end))) ++end;
    if (end > i + 1 && lines.has_words(end, lines.size()))
      for (std::size_t j = i; j < end; ++j) lines.cut(j);
  }
}

bool is_header(std::string_view line, std::span<const std::string> names) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > longest_header) return false;
  std::string name = text::fold(text::trim(line.substr(0, colon)));
  std::erase(name, '*');  // Gmail makes them bold
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "-----Original Message-----", or a mail's header: all below is another's.
void cut_forwarded(Lines& lines, std::span<const std::string> forwarded,
                   std::span<const std::string> headers) {
  std::size_t in_a_row = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    in_a_row = is_header(lines.at(i), headers) ? in_a_row + 1 : 0;
    const std::string_view line = text::trim(lines.at(i));
    const bool is_rule = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    bool names_it = false;
    if (is_rule && line.size() <= longest_mark) {
      std::string folded = text::fold(line);
      folded.erase(0, folded.find_first_not_of("-_= "));
      names_it = starts_with_any(folded, forwarded);
    }
    if (!names_it && in_a_row < lines_of_header) continue;
    const std::size_t first = names_it ? i : i + 1 - in_a_row;
    if (lines.has_words(0, first)) lines.cut_from(first);
    return;
  }
}

// RFC 3676 §4.3: a line of two hyphens and a blank. The blank is often lost on the way.
void cut_signature(Lines& lines) {
  for (std::size_t i = lines.size(); i > 0; --i) {
    const std::string_view line = lines.at(i - 1);
    if (line != "-- " && line != "--" && text::trim(line) != forum_rule) continue;
    if (lines.size() - i <= lines_of_signature && lines.has_words(0, i - 1)) lines.cut_from(i - 1);
    return;
  }
}

}  // namespace

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return words;
}

std::string without_foreign_lines(std::string_view text, const ForeignMarks& marks) {
  Lines lines(text);
  cut_marked(lines, marks.wrote);
  cut_unmarked(lines, marks.wrote);
  cut_forwarded(lines, marks.forwarded, marks.headers);
  cut_signature(lines);
  return lines.kept();
}

}  // namespace testigo::extract
