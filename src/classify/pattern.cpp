#include "classify/pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "classify/parts.h"
#include "text/fold.h"

namespace testigo::classify {
namespace {

using Sequences = std::vector<Sequence>;

// Thrown inside this file only, and caught at its two doors.
struct Refusal {
  PatternError error;
};

[[noreturn]] void refuse(std::size_t at, std::string what) { throw Refusal{{at, std::move(what)}}; }

// The brackets' depth is bounded because the parser calls itself for each.
constexpr int max_depth = 8;

constexpr std::array<bool, 256> is_structure = [] {
  std::array<bool, 256> bytes{};
  for (const char c : std::string_view(" ()|<>\"?*^$")) bytes[static_cast<unsigned char>(c)] = true;
  return bytes;
}();

// Patterns of more ways are left in parts: few rules would take most of the automaton.
constexpr std::size_t most_written_out = 16;

[[noreturn]] void refuse_ways(std::size_t at) {
  refuse(at, "the pattern can match in more than 20000 ways; split it into several rules");
}

// Each way of `left` followed by each of `right`.
void append_product(Sequences& left, Sequences right, std::size_t at) {
  if (left.size() * right.size() > max_sequences) refuse_ways(at);
  left = product(std::move(left), std::move(right));
}

void append(Sequence& way, std::span<const Element> more) {
  way.insert(way.end(), more.begin(), more.end());
}

bool is_one_word(std::span<const Element> way) {
  return way.size() == 1 && way.front().kind == Element::Kind::one_of;
}

void append_atoms(std::vector<AtomId>& words, const Element& word, const AtomSets& sets) {
  const auto atoms = sets.atoms(word.set);
  words.insert(words.end(), atoms.begin(), atoms.end());
}

// The ways, and before them a step that is any of the words.
Sequences with_words(std::span<AtomId> words, Sequences ways, AtomSets& sets) {
  if (words.empty()) return ways;
  ways.insert(ways.begin(), Sequence{{Element::Kind::one_of, 1, 1, sets.intern(words)}});
  return ways;
}

class Parser {
 public:
  Parser(std::string_view pattern, const ClassLookup& classes, AtomSets& sets,
         text::Tokenizer& tokenizer, PatternReader::Literals& literals)
      : text_(pattern),
        classes_(classes),
        sets_(sets),
        tokenizer_(tokenizer),
        literals_(literals) {}

  Sequences parse_class() {
    Sequences ways = choice();
    check_end();
    return ways;
  }

  Parts parse_pattern() {
    Parts parts;
    std::size_t ways = 1;
    for (skip_spaces(); at_ < text_.size() && peek() != '|' && peek() != ')'; skip_spaces()) {
      const std::size_t begin = at_;
      if (const auto words = certain_literal(); !words.empty()) {
        if (parts.empty() || parts.back().size() != 1) parts.push_back({Sequence{}});
        append(parts.back().front(), words);
        continue;
      }
      Sequences next = item();
      if (peek() == '?') {
        ++at_;
        next.push_back(Sequence{});
      }
      ways *= next.size();
      if (ways > max_sequences) refuse_ways(begin);
      const bool fixed = next.size() == 1 && !parts.empty() && parts.back().size() == 1;
      if (fixed) {
        append_product(parts.back(), std::move(next), begin);
      } else {
        parts.push_back(std::move(next));
      }
    }
    check_end();
    return parts;
  }

 private:
  void check_end() const {
    if (at_ == text_.size()) return;
    refuse(at_,
           text_[at_] == '|' ? "put alternatives into brackets: (a|b)" : "this ')' closes nothing");
  }

  void skip_spaces() {
    while (peek() == ' ') ++at_;
  }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // Most alternatives are one word: those never become ways of their own.
  Sequences choice() {
    Sequences ways;
    const std::size_t outer_words = words_.size();
    while (true) {
      const std::size_t begin = at_;
      if (const Element* word = lone_word()) {
        append_atoms(words_, *word, sets_);
      } else {
        for (Sequence& way : alternative()) {
          if (is_one_word(way))
            append_atoms(words_, way.front(), sets_);
          else
            ways.push_back(std::move(way));
        }
      }
      if (ways.size() > max_sequences)
        refuse(begin, "the pattern can match in more than 20000 ways; split it");
      if (peek() != '|') break;
      ++at_;
    }
    ways = with_words(std::span(words_).subspan(outer_words), std::move(ways), sets_);
    words_.resize(outer_words);
    return ways;
  }

  Sequences alternative() {
    const std::size_t begin = at_;
    Sequences branch = sequence();
    if (branch.size() == 1 && branch.front().empty() && depth_ > 0 && at_ == text_.size())
      refuse(at_, "a bracket is not closed; add ')'");
    if (branch.size() == 1 && branch.front().empty())
      refuse(begin, "an alternative is empty; write (a|b)? for one that may be absent");
    return branch;
  }

  // The step of an alternative that is one written word, passed over; null, and nothing passed
  // over, where there is more to it.
  const Element* lone_word() {
    const std::size_t begin = at_;
    skip_spaces();
    if (at_ < text_.size() && is_at_literal()) {
      const auto word = literal();
      skip_spaces();
      const bool ends = at_ == text_.size() || peek() == '|' || peek() == ')';
      if (ends && is_one_word(word)) return &word.front();
    }
    at_ = begin;
    return nullptr;
  }

  Sequences sequence() {
    Sequences ways = {Sequence{}};
    while (at_ < text_.size() && peek() != '|' && peek() != ')') {
      if (peek() == ' ') {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      if (const auto words = certain_literal(); !words.empty()) {
        for (Sequence& way : ways) append(way, words);
        continue;
      }
      Sequences next = item();
      if (peek() == '?') {
        ++at_;
        next.push_back(Sequence{});
      }
      append_product(ways, std::move(next), begin);
    }
    return ways;
  }

  Sequences item() {
    switch (peek()) {
      case '(':
        return group();
      case '<':
        return named_class();
      case '"':
        return mark();
      case '^':
        ++at_;
        return {{Element{Element::Kind::sentence_start, 1, 1, 0}}};
      case '$':
        ++at_;
        return {{Element{Element::Kind::sentence_end, 1, 1, 0}}};
      case '_':
        return gap();
      case '*':
        refuse(at_, "a star follows the stem that it belongs to: stem*");
      case '?':
        refuse(at_,
               "a question mark follows the word that may be absent (word?); the sign itself is "
               "\"?\"");
      case '>':
        refuse(at_, "this '>' closes nothing");
      default: {
        const auto words = literal();
        return {Sequence(words.begin(), words.end())};
      }
    }
  }

  Sequences group() {
    const std::size_t begin = at_++;
    if (++depth_ > max_depth) refuse(begin, "brackets are nested too deep; use a class");
    Sequences ways = choice();
    if (peek() != ')') refuse(begin, "this bracket is not closed; add ')'");
    ++at_;
    --depth_;
    return ways;
  }

  Sequences named_class() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find('>', at_);
    if (end == std::string_view::npos) refuse(begin, "this '<' is not closed; add '>'");
    const std::string_view name = text_.substr(begin + 1, end - begin - 1);
    at_ = end + 1;
    if (const std::optional<Element> known = built_in(name)) return {{*known}};
    const Sequences* ways = classes_(name);
    if (ways == nullptr) {
      refuse(begin, "there is no class <" + std::string(name) +
                        ">; define it in classes.tsv of this language");
    }
    return *ways;
  }

  std::optional<Element> built_in(std::string_view name) {
    const auto kind = [this](text::TokenKind token_kind) {
      return one_of(AtomSets::of_kind(token_kind), sets_);
    };
    if (name == "url") return kind(text::TokenKind::url);
    if (name == "mention") return kind(text::TokenKind::mention);
    if (name == "emoji") return kind(text::TokenKind::emoji);
    if (name == "brand") return Element{Element::Kind::brand, 1, 1, 0};
    return std::nullopt;
  }

  Sequences mark() {
    const std::string_view sign = text_.substr(at_, 3);
    const bool asks = sign == "\"?\"";
    if (!asks && sign != "\"!\"") refuse(at_, "only \"?\" and \"!\" stand in quotes");
    at_ += 3;
    const auto kind = asks ? text::TokenKind::question : text::TokenKind::exclaim;
    return {{one_of(AtomSets::of_kind(kind), sets_)}};
  }

  Sequences gap() {
    const std::size_t begin = at_++;
    Element element{Element::Kind::gap, 1, 1, 0};
    if (peek() == '{') {
      const std::size_t end = text_.find('}', at_);
      if (end == std::string_view::npos) refuse(begin, "this gap is not closed; write _{0,3}");
      read_bounds(text_.substr(at_ + 1, end - at_ - 1), begin, element);
      at_ = end + 1;
    }
    return {{element}};
  }

  static void read_bounds(std::string_view bounds, std::size_t begin, Element& element) {
    unsigned low = 0, high = 0;
    const char* end = bounds.data() + bounds.size();
    const auto first = std::from_chars(bounds.data(), end, low);
    const bool comma = first.ec == std::errc() && first.ptr != end && *first.ptr == ',';
    const auto second = comma ? std::from_chars(first.ptr + 1, end, high) : first;
    if (!comma || second.ec != std::errc() || second.ptr != end || low > high ||
        high > max_pattern_words) {
      refuse(begin, "a gap is _{least,most} with most up to 32, such as _{0,3}");
    }
    element.min = static_cast<std::uint8_t>(low);
    element.max = static_cast<std::uint8_t>(high);
  }

  [[nodiscard]] bool is_at_literal() const {
    return peek() != '_' && !is_structure[static_cast<unsigned char>(peek())];
  }

  // A written word that may not be left out, passed over; no step where something else follows.
  std::span<const Element> certain_literal() {
    if (!is_at_literal()) return {};
    const std::size_t begin = at_;
    const auto words = literal();
    if (peek() != '?') return words;
    at_ = begin;
    return {};
  }

  // A written word: one token, or several where it has hyphens ("n-am") or a clitic ("it's").
  std::span<const Element> literal() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_structure[static_cast<unsigned char>(text_[at_])])
      at_ += 1 + stars_within(at_ + 1);
    const std::string_view written = text_.substr(begin, at_ - begin);
    const bool stem = peek() == '*';
    if (stem) ++at_;
    const std::string_view whole = text_.substr(begin, at_ - begin);
    std::uint32_t known = literals_.find(whole);
    if (known == PatternReader::Literals::none)
      known = literals_.add(whole, steps_of(written, stem, begin));
    return literals_.steps(known);
  }

  // Stars that stand for letters of a written word: "sh*t", "f***"; a lone one at its end is a
  // stem's.
  [[nodiscard]] std::size_t stars_within(std::size_t at) const {
    const std::size_t end = std::min(text_.find_first_not_of('*', at), text_.size());
    const std::size_t stars = end - std::min(at, end);
    const bool goes_on =
        end < text_.size() && !is_structure[static_cast<unsigned char>(text_[end])];
    return stars >= 2 || (stars == 1 && goes_on) ? stars : 0;
  }

  Sequence steps_of(std::string_view written, bool stem, std::size_t begin) {
    Sequence steps;
    std::size_t covered = 0;
    const auto tokens = tokenizer_.tokenize(written);
    for (const text::Token& token : tokens) {
      check_seen(written.substr(covered, token.begin - covered), begin + covered);
      covered = token.end;
      if (token.sentence > 0)
        refuse(begin + token.begin, "a pattern may not go over a sentence's end");
      const std::string_view folded = tokenizer_.folded(token);
      const bool is_stem = stem && &token == &tokens.back();
      if (is_stem && folded.size() < 2) refuse(begin, "a stem needs two letters at least");
      steps.push_back(one_of(is_stem ? sets_.stem(folded) : sets_.word(folded), sets_));
    }
    check_seen(written.substr(covered), begin + covered);
    if (steps.empty()) refuse(begin, "there is no word here");
    return steps;
  }

  // What the tokenizer passed over must be a hyphen: anything else would silently not be looked
  // for.
  static void check_seen(std::string_view between, std::size_t at) {
    const std::size_t bad = between.find_first_not_of("-.'");
    if (bad != std::string_view::npos) {
      refuse(at + bad, "the sign '" + std::string(between.substr(bad)) +
                           "' is never seen in a text; leave it out");
    }
  }

  std::string_view text_;
  const ClassLookup& classes_;
  AtomSets& sets_;
  text::Tokenizer& tokenizer_;
  PatternReader::Literals& literals_;
  std::vector<AtomId> words_;  // of the choices that are being read, the innermost one's last
  std::size_t at_ = 0;
  int depth_ = 0;
};

// How far a way reaches, gaps at their longest, and how many words of it must be there.
struct Extent {
  std::size_t reach = 0;
  std::size_t words = 0;
};
Extent extent_of(const Sequence& way) {
  Extent extent;
  for (const Element& element : way) {
    if (is_border(element)) continue;
    extent.reach += element.kind == Element::Kind::gap ? element.max : 1;
    if (element.kind != Element::Kind::gap) ++extent.words;
  }
  return extent;
}

void check_extent(const Extent& extent) {
  if (extent.words == 0)
    refuse(0, "the pattern could match nothing; add a word that must be there");
  if (extent.reach > max_pattern_words)
    refuse(0, "the pattern reaches over more than 32 words; split it");
}

[[noreturn]] void refuse_gap() { refuse(0, "a pattern begins with a word, not with a gap"); }

void check_sequence(const Sequence& way) {
  for (std::size_t i = 0; i < way.size(); ++i) {
    const Element& element = way[i];
    if (element.kind == Element::Kind::sentence_start && i != 0) refuse(0, "'^' stands first");
    if (element.kind == Element::Kind::sentence_end && i + 1 != way.size())
      refuse(0, "'$' stands last");
  }
  check_extent(extent_of(way));
  if (way.front().kind == Element::Kind::gap) refuse_gap();
}

// A gap at the end that may be empty asks for nothing, and would only stretch the match.
void drop_open_end(Sequence& way) {
  while (!way.empty() && way.back().kind == Element::Kind::gap && way.back().min == 0)
    way.pop_back();
}

// The same of all ways that parts can be said in together.
void check_parts(const Parts& parts) {
  Extent extent;
  bool begins = true;
  for (const Sequences& ways : parts) {
    Extent longest;
    std::size_t least_words = SIZE_MAX;
    bool absent = false;
    for (const Sequence& way : ways) {
      const Extent one = extent_of(way);
      longest.reach = std::max(longest.reach, one.reach);
      least_words = std::min(least_words, one.words);
      absent = absent || way.empty();
      if (begins && !way.empty() && way.front().kind == Element::Kind::gap) refuse_gap();
    }
    begins = begins && absent;
    extent.reach += longest.reach;
    extent.words += least_words;
  }
  check_extent(extent);
}

}  // namespace

// What is written may have a NUL, which words have not.
std::uint32_t PatternReader::Literals::find(std::string_view written) const {
  const std::uint32_t known = written_.find(written);
  return known != none && written_.word(known) == written ? known : none;
}

std::uint32_t PatternReader::Literals::add(std::string_view written,
                                           std::span<const Element> steps) {
  steps_.insert(steps_.end(), steps.begin(), steps.end());
  begins_.push_back(static_cast<std::uint32_t>(steps_.size()));
  return written_.add(written);
}

PatternResult PatternReader::read_pattern(std::string_view pattern, const ClassLookup& classes) {
  try {
    Parts parts = Parser(pattern, classes, sets_, tokenizer_, literals_).parse_pattern();
    if (ways_of(parts) > most_written_out && may_stand_apart(parts)) {
      check_parts(parts);
      return parts;
    }
    Sequences ways = written_out(std::move(parts));
    for (Sequence& way : ways) {
      drop_open_end(way);
      check_sequence(way);
    }
    return Parts{std::move(ways)};
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

ClassResult PatternReader::read_class(std::string_view alternatives, const ClassLookup& classes) {
  try {
    Sequences ways = Parser(alternatives, classes, sets_, tokenizer_, literals_).parse_class();
    for (const Sequence& way : ways) {
      if (way.empty()) refuse(0, "a class may not be able to match nothing");
      for (const Element& element : way) {
        if (is_border(element) || element.kind == Element::Kind::gap) {
          refuse(0, "a class has no gaps and no sentence borders; put those into the pattern");
        }
      }
    }
    return ways;
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

Element one_of(AtomId atom, AtomSets& sets) {
  return {Element::Kind::one_of, 1, 1, sets.intern(atom)};
}

Sequences merge_single_words(Sequences ways, AtomSets& sets) {
  std::vector<AtomId> words;
  Sequences others;
  for (Sequence& way : ways) {
    if (is_one_word(way))
      append_atoms(words, way.front(), sets);
    else
      others.push_back(std::move(way));
  }
  return with_words(words, std::move(others), sets);
}

}  // namespace testigo::classify
