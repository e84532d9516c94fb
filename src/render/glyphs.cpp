#include "render/glyphs.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace testigo::render {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Marks that stand on the character before (Unicode's Mn and Me, scripts seen in reviews).
constexpr std::array marks = std::to_array<Range>(
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
     {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
     {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711},
     {0x0730, 0x074A}, {0x07A6, 0x07B0}, {0x0900, 0x0902}, {0x093A, 0x093A}, {0x093C, 0x093C},
     {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0951, 0x0957}, {0x0962, 0x0963}, {0x0981, 0x0981},
     {0x09BC, 0x09BC}, {0x09C1, 0x09C4}, {0x09CD, 0x09CD}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
     {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302D},
     {0x3099, 0x309A}, {0xFE20, 0xFE2F}});

// Two columns wide: East Asian Width W and F (Unicode's EastAsianWidth.txt), emoji among them.
constexpr std::array wide = std::to_array<Range>(
    {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
     {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
     {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
     {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
     {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
     {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
     {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
     {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
     {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
     {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
     {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
     {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
     {0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1F9FF},
     {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}});

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](char32_t at, const Range& r) { return at < r.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

bool parts_lines(char32_t c) {
  return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// What could act on a terminal or turn the order of what stands beside it.
bool acts(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || (c & 0xFFFE) == 0xFFFE;
}

bool is_selector(char32_t c) { return c >= 0xFE00 && c <= 0xFE0F; }

bool vanishes(char32_t c) {
  return c == 0x00AD || c == 0x034F || c == 0x180E || (c >= 0x200B && c <= 0x200D) ||
         (c >= 0x2060 && c <= 0x2064) || is_selector(c) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_pictograph(char32_t c) {
  return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}
bool is_skin_tone(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }
bool is_flag_letter(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

constexpr char32_t joiner = 0x200D;
constexpr char32_t emoji_selector = 0xFE0F;
constexpr int max_marks = 4;  // Vietnamese and Hebrew need three; more is a tower of them

// Builds glyphs from one code point after the other.
class Builder {
 public:
  void take(const text::CodePoint& c, std::size_t begin, char32_t next) {
    const std::size_t end = begin + c.size;
    const bool after_blank = !glyphs_.empty() && glyphs_.back().is_blank();
    if (parts_lines(c.value) && after_blank)
      glyphs_.back().end = end;
    else if (parts_lines(c.value))
      start(" ", 1, begin, end, ' ');
    else if (acts(c.value))
      start("\xEF\xBF\xBD", 1, begin, end, text::replacement_character);
    else if (joins(c.value, next))
      extend(c.value, end);
    else if (vanishes(c.value))
      skip(end);
    else if (is_in(marks, c.value))
      mark(c.value, begin, end);
    else
      start(text::encode(c.value), is_in(wide, c.value) ? 2 : 1, begin, end, c.value);
  }

  std::vector<Glyph> take_glyphs() { return std::move(glyphs_); }

 private:
  // Whether a code point grows the emoji before it.
  [[nodiscard]] bool joins(char32_t c, char32_t next) const {
    if (glyphs_.empty()) return false;
    if (is_flag_letter(base_) && is_flag_letter(c)) return flag_letters_ == 1;
    if (!is_pictograph(base_)) return false;
    if (c == joiner) return is_pictograph(next) && last_ != joiner;
    return c == emoji_selector || is_skin_tone(c) || (last_ == joiner && is_pictograph(c));
  }

  void start(std::string bytes, std::size_t width, std::size_t begin, std::size_t end,
             char32_t base) {
    // Vanished characters at the very beginning belong to the first glyph.
    if (glyphs_.empty()) begin = 0;
    glyphs_.push_back({std::move(bytes), width, begin, end});
    base_ = last_ = base;
    marks_ = 0;
    flag_letters_ = is_flag_letter(base) ? 1 : 0;
  }

  void extend(char32_t c, std::size_t end) {
    Glyph& glyph = glyphs_.back();
    glyph.shown += text::encode(c);
    glyph.end = end;
    if (is_flag_letter(c)) glyph.width = ++flag_letters_;
    last_ = c;
  }

  void mark(char32_t c, std::size_t begin, std::size_t end) {
    if (glyphs_.empty()) start(" ", 1, begin, end, ' ');
    Glyph& glyph = glyphs_.back();
    if (++marks_ <= max_marks) glyph.shown += text::encode(c);
    glyph.end = end;
  }

  void skip(std::size_t end) {
    if (!glyphs_.empty()) glyphs_.back().end = end;
  }

  std::vector<Glyph> glyphs_;
  char32_t base_ = 0;
  char32_t last_ = 0;
  int marks_ = 0;
  std::size_t flag_letters_ = 0;
};

}  // namespace

std::vector<Glyph> glyphs(std::string_view text) {
  Builder builder;
  auto c = text::decode(text, 0);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next_at = at + c.size;
    const auto next = text::decode(text, next_at);
    builder.take(c, at, next_at < text.size() ? next.value : 0);
    at = next_at;
    c = next;
  }
  return builder.take_glyphs();
}

std::size_t width_of(std::span<const Glyph> glyphs) {
  std::size_t width = 0;
  for (const auto& glyph : glyphs) width += glyph.width;
  return width;
}

std::string shown(std::span<const Glyph> glyphs) {
  std::string text;
  for (const auto& glyph : glyphs) text += glyph.shown;
  return text;
}

}  // namespace testigo::render
