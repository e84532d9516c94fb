#include "extract/own_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "extract/foreign_lines.h"
#include "extract/machine_marks.h"
#include "extract/more_link.h"
#include "extract/quotes.h"
#include "formats/tsv.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_mark = 200;      // bytes of a line that ends in "… read more"
constexpr std::size_t longest_origin = 400;    // of "The post … appeared first on …"
constexpr std::size_t longest_note = 60;       // of "(Translated by Google)"
constexpr std::size_t longest_label = 40;      // of "[comments]"
constexpr std::size_t longest_answered = 100;  // of "In reply to Ana Maria Pop."
constexpr std::size_t words_of_answered = 5;   // of the name in it
constexpr std::size_t most_tails = 4;          // "… more", then a signature, then another
constexpr std::size_t lines_after_device = 3;  // below "Sent from my iPhone"
constexpr std::size_t words_of_device = 6;     // "Sent from my Galaxy S9 using Forum App"

bool is_blank(std::string_view text) { return text::trim(text).empty(); }

// A remark in round brackets: [begin, end).
struct Note {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Note> find_note(std::string_view text, std::span<const std::string> phrases) {
  for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    const std::size_t end = text.substr(at, longest_note).find(')');
    if (end == std::string_view::npos) continue;
    const std::string folded = text::fold(text::trim(text.substr(at + 1, end - 1)));
    if (std::find(phrases.begin(), phrases.end(), folded) != phrases.end())
      return Note{at, at + end + 1};
  }
  return std::nullopt;
}

constexpr std::string_view ellipsis = "\u2026";

bool ends_with_ellipsis(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == ']' || text.back() == ')'))
    text.remove_suffix(1);
  return text.ends_with("...") || text.ends_with(ellipsis);
}

// "… out of the box. Read more »": a link's words behind a whole sentence, with a sign behind them.
bool is_link_behind_sentence(std::string_view before, std::string_view line,
                             const std::string& phrase) {
  constexpr std::array<std::string_view, 5> signs = {"»", "›", "→", ellipsis, "..."};
  if (before.empty() || words_in(phrase) < 2) return false;
  const char end = before.back();
  if (end != '.' && end != '!' && end != '?') return false;
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return line.ends_with(sign); });
}

// "The post Kettles appeared first on Tea & Co." of the phrase "the post … appeared first on". The
// line is neither empty nor longer than longest_origin; `folded` is made when it is first needed.
bool tells_origin(std::string_view line, std::string& folded, std::string_view phrase) {
  constexpr std::string_view gap = "...";  // folded
  // Most lines are done with here, unfolded.
  const bool begins_so = text::equal_ignoring_case(line.substr(0, 1), phrase.substr(0, 1));
  if (!begins_so && !phrase.starts_with(gap)) return false;
  const std::size_t at = phrase.find(gap);
  if (at == std::string_view::npos || line.size() <= at) return false;
  const std::string_view front = phrase.substr(0, at);
  const std::string_view middle = phrase.substr(at + gap.size());
  if (front.empty()) return line.find(middle) != std::string_view::npos;
  if (folded.empty()) folded = text::fold(line);
  return folded.starts_with(front) && folded.find(middle, at) != std::string::npos;
}

// "Read more" stands after an ellipsis, or alone. Most texts end otherwise, and are done with here.
bool may_end_in_more(std::string_view line) {
  if (line.size() <= longest_note) return true;
  const std::string_view end = line.substr(line.size() - std::min(line.size(), longest_mark));
  return end.find("...") != std::string_view::npos ||
         end.find(ellipsis) != std::string_view::npos || end.ends_with("»") || end.ends_with("›") ||
         end.ends_with("→");
}

// "2 posts" → "# posts".
std::string with_any_number(std::string_view folded) {
  std::string out;
  for (const char c : folded) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit || !out.ends_with('#')) out += is_digit ? '#' : c;
  }
  return out;
}

// Where the last words of a line begin, as many as the phrase has, if they are the phrase; brackets
// and arrows around it count as its own.
std::optional<std::size_t> phrase_at_end(std::string_view line, const std::string& phrase) {
  const std::size_t end = line.find_last_not_of(" .)]>") + 1;
  std::string_view rest = line.substr(0, end);
  constexpr std::array<std::string_view, 4> arrows = {"»", "›", "→", ellipsis};
  for (const std::string_view arrow : arrows)
    if (rest.ends_with(arrow)) rest = text::trim(rest.substr(0, rest.size() - arrow.size()));
  std::size_t begin = rest.size();
  for (std::size_t left = words_in(phrase); left > 0; --left) {
    const std::size_t last = rest.substr(0, begin).find_last_not_of(' ');
    if (last == std::string_view::npos) return std::nullopt;
    const std::size_t blank = rest.rfind(' ', last);
    begin = blank == std::string_view::npos ? 0 : blank + 1;
  }
  // "…more" has no blank.
  std::string_view found = rest.substr(begin);
  for (const std::string_view dots : {ellipsis, std::string_view("...")})
    if (const std::size_t at = found.rfind(dots); at != std::string_view::npos)
      found = found.substr(at + dots.size());
  const std::size_t bare = found.find_first_not_of("([");
  if (bare == std::string_view::npos || with_any_number(text::fold(found.substr(bare))) != phrase)
    return std::nullopt;
  return static_cast<std::size_t>(found.data() - line.data());
}

// Where the sentence begins in which a line ends.
std::size_t last_sentence(std::string_view line) {
  for (std::size_t at = line.size(); at > 1; --at) {
    const char c = line[at - 2];
    if (line[at - 1] == ' ' && (c == '.' || c == '!' || c == '?')) return at;
  }
  return 0;
}

std::string unescaped(std::string_view example) {
  std::string out;
  for (std::size_t i = 0; i < example.size(); ++i) {
    const bool is_break = example.substr(i).starts_with("\\n");
    out += is_break ? '\n' : example[i];
    if (is_break) ++i;
  }
  return out;
}

}  // namespace

Result<void> OwnWords::add(std::string_view file, std::string_view bytes) {
  const std::array<std::pair<std::string_view, Phrases*>, 10> kinds = {{
      {"wrote", &wrote_},
      {"header", &headers_},
      {"forwarded", &forwarded_},
      {"signature", &signatures_},
      {"more", &more_},
      {"origin", &origin_},
      {"label", &labels_},
      {"answered", &answered_},
      {"translated", &translated_},
      {"original", &original_},
  }};
  auto table = formats::parse_tsv(file, bytes, {.min_fields = 5, .max_fields = 5});
  if (!table) return fail(std::move(table.error()));
  for (const formats::TsvRow& line : *table) {
    const std::string where = std::string(file) + ":" + std::to_string(line.line);
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const auto& one) { return one.first == line.fields[0]; });
    if (kind == kinds.end()) {
      return fail(Errc::malformed,
                  "\"" + std::string(line.fields[0]) +
                      "\" is none of wrote, header, forwarded, signature, more, origin, "
                      "label, answered, translated, original",
                  where);
    }
    Row row{std::string(line.fields[0]), text::fold(line.fields[1]), unescaped(line.fields[2]),
            unescaped(line.fields[3]), where};
    if (row.phrase.empty()) return fail(Errc::malformed, "the phrase is missing", where);
    if (row.cut_example.find('{') == std::string::npos) {
      return fail(Errc::malformed, "the example has no {part} that is cut", where);
    }
    kind->second->push_back(row.phrase);
    if (kind->second == &signatures_)
      begins_signature_.set(static_cast<unsigned char>(row.phrase.front()) | 0x20U);
    rows_.push_back(std::move(row));
  }
  return {};
}

std::string OwnWords::of(std::string text, std::string_view title) const {
  text = without_machine_marks(std::move(text));
  text.resize(end_before_frame(text));
  text.erase(0, answered_at_front(text));
  std::string own = without_translation(text);
  if (has_quote_tags(own)) own = without_quote_tags(own);
  if (own.find('\n') != std::string::npos)
    own = without_foreign_lines(own, {wrote_, headers_, forwarded_});
  own = without_tails(std::string(text::trim(own)), title);
  return own.empty() ? text : own;
}

// The length of a first line that says who is answered, "In reply to Ana Pop."; 0 where other words
// stand there, or none behind it.
std::size_t OwnWords::answered_at_front(std::string_view text) const {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || end > longest_answered || is_blank(text.substr(end)))
    return 0;
  const std::string_view line = text::trim(text.substr(0, end));
  const std::string folded = text::fold(line);
  for (const std::string& phrase : answered_) {
    if (!folded.starts_with(phrase) || folded.size() <= phrase.size() + 1) continue;
    if (folded[phrase.size()] != ' ') continue;
    std::string_view name = line;  // as many words are cut: folding changes lengths
    for (std::size_t left = words_in(phrase); left > 0; --left)
      name = text::trim(name.substr(std::min(name.find(' '), name.size())));
    const std::size_t words = words_in(name);
    if (words == 0 || words > words_of_answered) return 0;
    const bool ends = name.ends_with('.') || name.ends_with(':');
    const bool is_plain = static_cast<unsigned char>(name.front()) < 0x80;
    const bool is_small = is_plain && name.front() >= 'a' && name.front() <= 'z';
    const bool is_name = is_plain ? !is_small || (ends && words == 1) : ends;
    return is_name ? end : 0;
  }
  return 0;
}

// Where the lines begin that a feed adds to what it shows, which are nobody's words.
std::size_t OwnWords::end_before_frame(std::string_view text) const {
  const std::size_t whole = text.size();
  for (std::size_t i = 0; i < most_tails; ++i) {
    text = text.substr(0, text.find_last_not_of(" \n\t") + 1);
    const std::size_t last = text.rfind('\n') + 1;
    const std::string_view line = text.substr(last);
    const bool origin = ends_in_origin(text::trim(line));
    const std::size_t end = origin ? 0 : label_at_end(line);
    if (end >= line.size()) return i == 0 ? whole : text.size();
    text = text.substr(0, last + end);
  }
  return text.size();
}

bool OwnWords::ends_in_origin(std::string_view line) const {
  if (line.empty() || line.size() > longest_origin) return false;
  std::string folded;
  return std::any_of(origin_.begin(), origin_.end(),
                     [&](const std::string& phrase) { return tells_origin(line, folded, phrase); });
}

// Where a label begins that a line ends in: all of the line, or in square brackets of its own.
std::size_t OwnWords::label_at_end(std::string_view line) const {
  if (line.size() > longest_label && !line.ends_with(']')) return line.size();
  const std::string folded = line.size() <= longest_label ? text::fold(text::trim(line)) : "";
  for (const std::string& label : labels_) {
    const std::size_t at = line.size() - std::min(line.size(), label.size());
    const bool bracketed = label.starts_with('[') && (at == 0 || line[at - 1] == ' ');
    if (bracketed && text::equal_ignoring_case(line.substr(at), label)) return at;
    if (folded == label) return 0;
  }
  return line.size();
}

std::string OwnWords::without_translation(std::string text) const {
  const auto translated = find_note(text, translated_);
  if (!translated) return text;
  if (const auto original = find_note(text, original_)) {
    if (original->begin > translated->begin) return text.substr(original->end);
    return text.substr(original->end, translated->begin - original->end);
  }
  if (!is_blank(std::string_view(text).substr(0, translated->begin)))
    return text.substr(0, translated->begin);
  return text.substr(translated->end);
}

std::string OwnWords::without_tails(std::string text, std::string_view title) const {
  for (std::size_t i = 0; i < most_tails; ++i) {
    const std::size_t at = tail_at(text, title);
    if (at == std::string::npos || is_blank(std::string_view(text).substr(0, at))) break;
    text = text::trim(std::string_view(text).substr(0, at));
  }
  return text;
}

// Where what follows the author's words begins; npos where nothing does.
std::size_t OwnWords::tail_at(std::string_view text, std::string_view title) const {
  // Folding is left to the few that begin like a phrase; other scripts fold to who knows what.
  const auto may_begin_signature = [&](char first) {
    const auto lower = static_cast<unsigned char>(first | 0x20);
    return static_cast<unsigned char>(first) >= 0x80 || begins_signature_[lower];
  };
  const auto is_device = [&](std::string_view words) {
    words = text::trim(words);
    if (words.size() > longest_mark || words.empty() || !may_begin_signature(words.front()))
      return false;
    const std::string folded = text::fold(words);
    return std::any_of(signatures_.begin(), signatures_.end(), [&](const std::string& phrase) {
      return folded.starts_with(phrase) &&
             words_in(folded.substr(phrase.size())) <= words_of_device;
    });
  };
  std::size_t begin = text.size() + 1;
  for (std::size_t i = 0; i < lines_after_device && begin > 0; ++i) {
    const std::size_t end = begin - 1;
    begin = end == 0 ? 0 : text.rfind('\n', end - 1) + 1;
    if (is_device(text.substr(begin, end - begin))) return begin;
  }
  const std::size_t last = text.rfind('\n') + 1;
  const std::string_view line = text.substr(last);
  if (const std::size_t at = last_sentence(line); at > 0 && is_device(line.substr(at)))
    return last + at;
  if (const std::size_t at = more_link_at(line, title, more_); at != std::string_view::npos)
    return last + at;
  if (!may_end_in_more(line)) return std::string::npos;
  for (const std::string& phrase : more_) {
    const auto at = phrase_at_end(line, phrase);
    if (!at) continue;
    const std::string_view before = text::trim(line.substr(0, *at));
    if (before.find_first_not_of("([") == std::string_view::npos) return last;
    if (ends_with_ellipsis(before) || is_link_behind_sentence(before, text::trim(line), phrase))
      return last + *at;
  }
  return std::string::npos;
}

}  // namespace testigo::extract
