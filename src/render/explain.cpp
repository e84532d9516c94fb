#include "render/explain.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "render/figures.h"
#include "render/glyphs.h"

namespace testigo::render {
namespace {

constexpr std::size_t label_gap = 2;
constexpr std::size_t roomy = 60;  // columns from which labels may stand beside the text
constexpr std::string_view left_out = "…";

// Glyphs [begin, end) of the text on one line.
struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// An underline in glyphs instead of bytes.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  const Underline* underline = nullptr;
};

// Where the line that begins at `begin` ends: before the word that no longer fits, or inside a word
// that is longer than a line.
std::size_t line_end(const std::vector<Glyph>& all, std::size_t begin, std::size_t width) {
  std::size_t used = 0;
  std::size_t last_blank = begin;
  for (std::size_t i = begin; i < all.size(); ++i) {
    used += all[i].width;
    if (all[i].is_blank()) last_blank = i + 1;
    // A blank at the end may hang over.
    else if (used > width)
      return last_blank > begin ? last_blank : std::max(i, begin + 1);
  }
  return all.size();
}

std::vector<Line> wrap(const std::vector<Glyph>& all, std::size_t width) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = line_end(all, at, width);
    lines.push_back({at, end});
    at = end;
  }
  return lines;
}

// The glyphs that a byte span touches; nothing if it is empty or outside.
std::optional<Mark> mark_of(const std::vector<Glyph>& all, const Underline& underline) {
  const auto first = std::partition_point(all.begin(), all.end(), [&](const Glyph& glyph) {
    return glyph.end <= underline.span.begin;
  });
  const auto last = std::partition_point(
      all.begin(), all.end(), [&](const Glyph& glyph) { return glyph.begin < underline.span.end; });
  if (first >= last) return std::nullopt;
  return Mark{static_cast<std::size_t>(first - all.begin()),
              static_cast<std::size_t>(last - all.begin()), &underline};
}

std::vector<Mark> marks_of(const std::vector<Glyph>& all, std::span<const Underline> underlines) {
  std::vector<Mark> marks;
  for (const auto& underline : underlines)
    if (const auto mark = mark_of(all, underline)) marks.push_back(*mark);
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  return marks;
}

bool lies_on(const Mark& mark, const Line& line) {
  return mark.begin < line.end && line.begin < mark.end;
}

// The lines to show: all if they are few, else those with marks, else the first ones.
std::vector<bool> chosen_lines(const std::vector<Line>& lines, const std::vector<Mark>& marks,
                               std::size_t max_lines) {
  std::vector<bool> chosen(lines.size(), lines.size() <= max_lines);
  if (lines.size() <= max_lines) return chosen;
  std::size_t count = 0;
  for (std::size_t i = 0; i < lines.size() && count < max_lines; ++i) {
    chosen[i] = std::any_of(marks.begin(), marks.end(),
                            [&](const Mark& mark) { return lies_on(mark, lines[i]); });
    count += chosen[i] ? 1 : 0;
  }
  if (count == 0) std::fill_n(chosen.begin(), max_lines, true);
  return chosen;
}

// Draws one text with its marks.
class Drawing {
 public:
  Drawing(const std::vector<Glyph>& all, std::vector<Mark> marks, const Terminal& terminal)
      : all_(all), marks_(std::move(marks)), terminal_(terminal) {
    const std::size_t width = std::max(terminal.width, least_width);
    std::size_t label = 0;
    for (const auto& mark : marks_) label = std::max(label, display_width(mark.underline->label));
    beside_ = width >= roomy && label + label_gap <= width / 2;
    text_width_ = beside_ ? width - label - label_gap : width;
    width_ = width;
  }

  std::string draw(std::size_t max_lines) {
    const auto lines = wrap(all_, text_width_);
    const auto chosen = chosen_lines(lines, marks_, max_lines);
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (chosen[i]) label_column_ = std::max(label_column_, width_of(glyphs_of(lines[i])));
    label_column_ = std::min(label_column_, text_width_) + label_gap;
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (chosen[i])
        out += draw_line(lines[i]);
      else if (i == 0 || chosen[i - 1])
        out += paint(left_out, Style::dim, terminal_) + "\n";
    }
    return out;
  }

 private:
  [[nodiscard]] std::span<const Glyph> glyphs_of(Line line) const {
    while (line.end > line.begin && all_[line.end - 1].is_blank()) --line.end;
    return std::span(all_).subspan(line.begin, line.end - line.begin);
  }

  [[nodiscard]] std::string draw_line(const Line& line) const {
    std::string out = shown(glyphs_of(line)) + "\n";
    for (const auto& mark : marks_)
      if (lies_on(mark, line)) out += draw_mark(mark, line);
    return out;
  }

  [[nodiscard]] std::string draw_mark(const Mark& mark, const Line& line) const {
    const auto all = std::span(all_);
    const std::size_t begin = std::max(mark.begin, line.begin);
    const std::size_t end =
        std::max(begin + 1, std::min(mark.end, line.begin + glyphs_of(line).size()));
    const std::size_t indent = width_of(all.subspan(line.begin, begin - line.begin));
    const std::size_t carets = std::max<std::size_t>(1, width_of(all.subspan(begin, end - begin)));
    std::string out = std::string(indent, ' ') +
                      paint(std::string(carets, '^'), mark.underline->style, terminal_);
    // A mark that goes on below its first line is named once.
    if (mark.begin >= line.begin) out += labelled(*mark.underline, indent, indent + carets);
    return out + "\n";
  }

  [[nodiscard]] std::string labelled(const Underline& underline, std::size_t indent,
                                     std::size_t drawn) const {
    const std::string label = fit(underline.label, width_);
    if (label.empty()) return {};
    const std::string painted = paint(label, Style::dim, terminal_);
    if (beside_) return std::string(label_column_ - std::min(label_column_, drawn), ' ') + painted;
    const std::size_t width = display_width(label);
    if (drawn + 1 + width <= width_) return " " + painted;
    return "\n" + std::string(std::min(indent, width_ - width), ' ') + painted;
  }

  const std::vector<Glyph>& all_;
  std::vector<Mark> marks_;
  Terminal terminal_;
  bool beside_ = false;
  std::size_t width_ = 0;
  std::size_t text_width_ = 0;
  std::size_t label_column_ = 0;
};

Style style_of(const Reason& reason) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), reason.value) != names.end();
  };
  if (is_one_of({"advocacy", "positive", "recommend", "praise", "buy", "repurchase", "claimed"}))
    return Style::good;
  if (is_one_of({"complaint", "negative", "warn", "complain", "churn", "switch"}))
    return Style::bad;
  if (is_one_of({"question", "ask", "compare", "zmot", "pre_zmot"})) return Style::asking;
  return Style::mixed;
}

// The first glyph of the excerpt: some context before the first hit, if not all fits.
std::size_t excerpt_begin(const std::vector<Glyph>& all, const std::vector<Mark>& marks,
                          std::size_t columns) {
  if (marks.empty() || width_of(all) <= columns) return 0;
  std::size_t begin = marks.front().begin;
  const std::size_t end = std::min(marks.front().end, all.size());
  std::size_t used = width_of(std::span(all).subspan(begin, end - begin));
  while (begin > 0 && used + all[begin - 1].width + 1 <= columns / 2) used += all[--begin].width;
  // Begin with a whole word, if one begins before the hit.
  std::size_t word = begin;
  while (begin > 0 && word < marks.front().begin && !all[word - 1].is_blank()) ++word;
  return word;
}

}  // namespace

std::string render_explained(std::string_view text, std::span<const Underline> underlines,
                             const Terminal& terminal, std::size_t max_lines) {
  const auto all = glyphs(text);
  if (all.empty()) return "\n";
  return Drawing(all, marks_of(all, underlines), terminal)
      .draw(std::max<std::size_t>(1, max_lines));
}

std::vector<Underline> underlines_of(std::span<const Reason> why, Axis axis, std::string_view value,
                                     Field field, std::size_t most) {
  std::vector<const Reason*> chosen;
  for (const auto& reason : why)
    if (reason.axis == axis && reason.field == field && reason.span &&
        (value.empty() || reason.value == value))
      chosen.push_back(&reason);
  std::stable_sort(chosen.begin(), chosen.end(), [](const Reason* a, const Reason* b) {
    return std::fabs(a->contribution) > std::fabs(b->contribution);
  });
  std::vector<Underline> underlines;
  std::vector<const Reason*> used;
  for (const Reason* reason : chosen) {
    const bool repeated = std::any_of(used.begin(), used.end(), [&](const Reason* other) {
      return other->rule == reason->rule && other->span == reason->span;
    });
    if (repeated || used.size() >= most) continue;
    used.push_back(reason);
    underlines.push_back({*reason->span,
                          std::string(reason->rule) + " " + signed_fixed(reason->contribution, 2),
                          style_of(*reason)});
  }
  return underlines;
}

std::string excerpt(std::string_view text, std::span<const TextSpan> hits, std::size_t columns,
                    const Terminal& terminal) {
  const auto all = glyphs(text);
  std::vector<Underline> underlines;
  for (const TextSpan& hit : hits) underlines.push_back({hit, {}, Style::bold});
  const auto marks = marks_of(all, underlines);
  std::size_t at = excerpt_begin(all, marks, columns);
  const bool is_cut_before = at > 0;
  std::size_t room = columns - std::min<std::size_t>(columns, is_cut_before ? 1 : 0);
  const bool is_cut_behind = width_of(std::span(all).subspan(at)) > room;
  room -= std::min<std::size_t>(room, is_cut_behind ? 1 : 0);
  std::string out(is_cut_before ? left_out : "");
  for (std::size_t used = 0; at < all.size();) {
    const bool marked = std::any_of(marks.begin(), marks.end(), [at](const Mark& mark) {
      return mark.begin <= at && at < mark.end;
    });
    std::string piece;
    // Glyphs of one style are painted together.
    for (; at < all.size() && used + all[at].width <= room; ++at) {
      const bool same = marked == std::any_of(marks.begin(), marks.end(), [at](const Mark& mark) {
                          return mark.begin <= at && at < mark.end;
                        });
      if (!same) break;
      piece += all[at].shown;
      used += all[at].width;
    }
    if (piece.empty()) break;
    out += paint(piece, marked ? Style::bold : Style::plain, terminal);
  }
  return out + (is_cut_behind ? std::string(left_out) : "");
}

}  // namespace testigo::render
