#include "classify/identification.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "classify/shortened.h"
#include "text/chunk.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace testigo::classify {
namespace {

// Votes are counted for so many languages at most; rules name about a dozen.
constexpr std::size_t max_languages = 64;

// Words after these are not needed for a vote.
constexpr std::size_t max_voting_tokens = 80;

// The vote stands if the first language has so many, and so many times those of the second.
constexpr double decisive_votes = 3.0;
constexpr double decisive_lead = 1.5;

// After every so many words the count may be so clear that the rest need not be asked.
constexpr std::size_t words_between_counts = 4;
constexpr double landslide_votes = 6.0;
constexpr double landslide_share = 0.8;

// Where CLD2 has no opinion either, less is enough.
constexpr double sufficient_votes = 1.0;

// What a source says of its language is outvoted by so many votes more, and so many times those for
// it; and by CLD2 where the words have so many bytes.
constexpr double outvoting_lead = 2.0;
constexpr double outvoting_times = 1.5;
constexpr std::size_t outvoting_bytes = 30;

// A word of a language's rules is a weak sign of that language.
constexpr double known_word_vote = 0.4;

using Votes = std::array<double, max_languages>;

std::string lower_case(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    if (static_cast<unsigned char>(word[at]) < 0x80) {
      const char c = word[at++];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      continue;
    }
    const text::CodePoint point = text::decode(word, at);
    const char32_t c = point.value;
    // Latin letters only: that is what the sequences in the rules are made of.
    const bool latin1 = c >= 0xC0 && c <= 0xDE && c != 0xD7;
    const bool extended = c >= 0x100 && c <= 0x17F && c % 2 == 0 && c < 0x138;
    const bool romanian = c == 0x218 || c == 0x21A || c == 0x15E || c == 0x162;
    if (latin1) {
      out += text::encode(c + 32);
    } else if (extended || romanian) {
      out += text::encode(c + 1);
    } else {
      out.append(word, at, point.size);
    }
    at += point.size;
  }
  return out;
}

bool has_high_byte(std::string_view word) { return text::skip_ascii(word, 0) < word.size(); }

// The bit of a byte beside the one at a word's end.
constexpr std::uint32_t neighbour_bit(char byte) {
  return std::uint32_t{1} << (static_cast<unsigned char>(byte) % 32);
}

// The last bytes of a word as a chunk, the last one highest.
std::uint64_t tail_of(std::string_view word, std::uint64_t head) {
  if (word.size() >= text::chunk_bytes)
    return text::load_chunk(word.data() + word.size() - text::chunk_bytes);
  return head << (8 * (text::chunk_bytes - word.size()));
}

class Ballot {
 public:
  explicit Ballot(const LanguageModel& model) : model_(model) {}

  // `head` is that of the folded form (text/chunk.h).
  void count(std::string_view folded, std::uint64_t head, std::string_view written) {
    cast_word(folded, head);
    if (!has_high_byte(written)) return cast_sequences(folded, head);
    const std::string low = lower_case(written);
    const std::uint64_t low_head = text::head_of(low);
    if (low != folded) cast_word(low, low_head);
    cast_sequences(low, low_head);
    for (const LanguageModel::Letters& letters : model_.inside) {
      if (low.find(letters.bytes) != std::string::npos)
        cast(letters.vote.language, letters.vote.weight);
    }
  }

  void cast(std::uint16_t language, double weight) {
    votes_[language] += weight;
    highest_ = std::max(highest_, votes_[language]);
  }

  // Whether any language has had so many votes at any time.
  [[nodiscard]] bool has_reached(double votes) const { return highest_ >= votes; }

  void cast_name(std::string_view language, double weight) {
    const auto found = std::find(model_.languages.begin(), model_.languages.end(), language);
    if (found != model_.languages.end()) {
      cast(static_cast<std::uint16_t>(found - model_.languages.begin()), weight);
    }
  }

  [[nodiscard]] double votes_for(std::string_view language) const {
    const auto found = std::find(model_.languages.begin(), model_.languages.end(), language);
    if (found == model_.languages.end()) return 0.0;
    return std::max(0.0, votes_[static_cast<std::size_t>(found - model_.languages.begin())]);
  }

  struct Result {
    std::string_view first = "und";
    double votes = 0.0;
    double second = 0.0;  // votes of the next one
    double share = 0.0;
  };
  [[nodiscard]] Result result() const {
    Result result;
    double sum = 0.0;
    for (std::size_t i = 0; i < model_.languages.size(); ++i) {
      const double votes = std::max(0.0, votes_[i]);
      sum += votes;
      if (votes > result.votes) {
        result.second = result.votes;
        result.votes = votes;
        result.first = model_.languages[i];
      } else {
        result.second = std::max(result.second, votes);
      }
    }
    if (sum > 0.0) result.share = result.votes / sum;
    return result;
  }

 private:
  void cast_word(std::string_view word, std::uint64_t head) {
    const std::uint32_t id = model_.words.find(word, head);
    if (id == Vocabulary::none) return;
    const Slice range = model_.vote_ranges[id];
    for (const auto& vote : std::span(model_.votes).subspan(range.begin, range.count))
      cast(vote.language, vote.weight);
  }

  void cast_sequences(std::string_view word, std::uint64_t head) {
    if (word.empty()) return;
    const auto& beginnings = model_.beginnings[static_cast<unsigned char>(word.front())];
    // A word of one byte begins with that; an ending has something before it.
    if (word.size() < 2) return cast_end(beginnings, head, SIZE_MAX);
    if ((beginnings.neighbours & neighbour_bit(word[1])) != 0) cast_end(beginnings, head, SIZE_MAX);
    const auto& endings = model_.endings[static_cast<unsigned char>(word.back())];
    if ((endings.neighbours & neighbour_bit(word[word.size() - 2])) != 0)
      cast_end(endings, tail_of(word, head), word.size());
  }

  // `below`: how many bytes letters must be fewer than.
  void cast_end(const LanguageModel::End& end, std::uint64_t chunk, std::size_t below) {
    for (const auto& letters : end.letters) {
      if ((chunk & letters.mask) == letters.bytes && letters.size < below)
        cast(letters.vote.language, letters.vote.weight);
    }
  }

  const LanguageModel& model_;
  Votes votes_{};
  double highest_ = 0.0;
};

bool is_decided(const Ballot::Result& result) {
  return result.votes >= decisive_votes && result.votes >= decisive_lead * result.second;
}

bool outvotes(const Ballot::Result& result, double votes_for_stated) {
  return result.votes >= votes_for_stated + outvoting_lead &&
         result.votes >= votes_for_stated * outvoting_times;
}

bool is_landslide(const Ballot::Result& result) {
  return result.votes >= landslide_votes && result.share >= landslide_share;
}

bool has_own_words(const CompiledRules& rules, std::string_view language) {
  return rules.find(language) != nullptr;
}

bool is_known(const CompiledRules& rules, std::string_view word) {
  const std::uint64_t head = text::head_of(word);
  return std::any_of(
      rules.languages.begin(), rules.languages.end(),
      [&](const LanguageRules& language) { return language.automaton.knows(word, head); });
}

// A drawn-out word as it is meant: as a language's rules know it, or else without its runs.
Shortened meant_by(const CompiledRules& rules, std::string_view drawn_out) {
  for (const RunCut cut : run_cuts) {
    const Shortened word(drawn_out, cut);
    if (is_known(rules, word.view())) return word;
  }
  return {drawn_out, RunCut{3, 1}};
}

// Short texts hardly have function words; then the words that our rules know speak too.
void count_known_words(const CompiledRules& rules, const text::Tokenizer& tokenizer,
                       std::span<const text::Token> tokens, Ballot& ballot) {
  const auto count = [&](std::string_view word, std::uint64_t head) {
    for (const LanguageRules& language : rules.languages) {
      if (language.automaton.knows(word, head))
        ballot.cast_name(language.language, known_word_vote);
    }
  };
  for (const text::Token& token : tokens) {
    if (token.kind != text::TokenKind::word || token.folded_size < 3) continue;
    count(tokenizer.folded(token), token.head);
    if (!token.has(text::elongated)) continue;
    const Shortened word = meant_by(rules, tokenizer.folded(token));
    count(word.view(), text::head_of(word.view()));
  }
}

}  // namespace

std::uint16_t IdentificationBuilder::language_number(std::string_view language) {
  auto& names = model_.languages;
  const auto found = std::find(names.begin(), names.end(), language);
  if (found != names.end()) return static_cast<std::uint16_t>(found - names.begin());
  names.emplace_back(language);
  return static_cast<std::uint16_t>(names.size() - 1);
}

std::optional<std::string> IdentificationBuilder::add(std::string_view language,
                                                      std::string_view pattern, double weight) {
  if (model_.languages.size() >= max_languages)
    return "there are more than 64 languages; leave some out";
  if (language.size() < 2) return "the value is a BCP 47 language tag such as 'en'";
  const LanguageModel::Vote vote{language_number(language), static_cast<float>(weight)};
  if (!pattern.starts_with('~')) {
    if (pattern.empty() || pattern.find(' ') != std::string_view::npos)
      return "write one whole word, or letters after '~'";
    const std::string word = has_high_byte(pattern) ? lower_case(pattern) : text::fold(pattern);
    const std::uint32_t id = model_.words.add(word);
    if (id >= votes_.size()) votes_.resize(id + 1);
    votes_[id].push_back(vote);
    return std::nullopt;
  }
  std::string_view letters = pattern.substr(1);
  const bool beginning = letters.starts_with('^');
  const bool ending = letters.ends_with('$');
  if (beginning) letters.remove_prefix(1);
  if (ending) letters.remove_suffix(1);
  if (letters.empty() || (beginning && ending)) return "write letters: ~^begin, ~end$ or ~ñ";
  const std::string bytes = lower_case(letters);
  if ((beginning || ending) && bytes.size() > text::chunk_bytes)
    return "letters at a word's end are eight bytes at most";
  const bool single = bytes.size() == 1;  // may have any neighbour
  if (beginning) {
    auto& end = model_.beginnings[static_cast<unsigned char>(bytes.front())];
    end.letters.push_back(
        {text::head_of(bytes), text::first_bytes(bytes.size()), bytes.size(), vote});
    end.neighbours |= single ? UINT32_MAX : neighbour_bit(bytes[1]);
  } else if (ending) {
    auto& end = model_.endings[static_cast<unsigned char>(bytes.back())];
    const std::uint64_t mask = ~std::uint64_t{0} << (8 * (text::chunk_bytes - bytes.size()));
    end.letters.push_back({tail_of(bytes, text::head_of(bytes)), mask, bytes.size(), vote});
    end.neighbours |= single ? UINT32_MAX : neighbour_bit(bytes[bytes.size() - 2]);
  } else if (has_high_byte(bytes)) {
    model_.inside.push_back({bytes, vote});
  } else {
    return "letters anywhere in a word must have one beyond a-z; use ~^begin or ~end$";
  }
  return std::nullopt;
}

LanguageModel IdentificationBuilder::build() && {
  for (const auto& votes : votes_) {
    model_.vote_ranges.push_back({static_cast<std::uint32_t>(model_.votes.size()),
                                  static_cast<std::uint32_t>(votes.size())});
    model_.votes.insert(model_.votes.end(), votes.begin(), votes.end());
  }
  return std::move(model_);
}

LanguageGuess identify_tokens(const CompiledRules& rules, const text::Tokenizer& tokenizer,
                              std::span<const text::Token> tokens, std::string_view text,
                              std::string_view stated) {
  Ballot ballot(rules.identification);
  std::size_t counted = 0;
  std::size_t used = 0;
  std::size_t bytes = 0;
  for (const text::Token& token : tokens) {
    if (counted == max_voting_tokens || token.begin > max_language_bytes) break;
    ++used;
    if (token.kind != text::TokenKind::word || token.has(text::in_hashtag)) continue;
    bytes += token.end - token.begin;
    ballot.count(tokenizer.folded(token), token.head,
                 text.substr(token.begin, token.end - token.begin));
    if (token.has(text::elongated)) {
      const Shortened word = meant_by(rules, tokenizer.folded(token));
      ballot.count(word.view(), text::head_of(word.view()), word.view());
    }
    if (++counted % words_between_counts == 0 && ballot.has_reached(landslide_votes) &&
        is_landslide(ballot.result()))
      break;
  }
  Ballot::Result result = ballot.result();
  const auto voted = [&]() -> LanguageGuess {
    if (!stated.empty() && result.first != stated && !outvotes(result, ballot.votes_for(stated)))
      return {std::string(stated), 0.0, false};
    return {std::string(result.first), result.share, true};
  };
  if (is_decided(result)) return voted();
  count_known_words(rules, tokenizer, tokens.first(used), ballot);
  result = ballot.result();
  if (is_decided(result)) return voted();
  const std::size_t size = text::char_border(text, std::min(text.size(), max_language_bytes));
  std::string asked = ask_cld(text.substr(0, size));
  const bool vote_helps = result.votes >= sufficient_votes;
  // On a few words CLD2 errs more than a vote for a language whose words we know.
  if (asked == "und" || (vote_helps && counted <= 6 && has_own_words(rules, result.first))) {
    if (vote_helps || (result.votes > 0 && asked == "und")) return voted();
  }
  const bool is_other = asked.substr(0, asked.find('-')) != stated;
  if (!stated.empty() && is_other && (asked == "und" || bytes < outvoting_bytes))
    return {std::string(stated), 0.0, false};
  return {std::move(asked), 0.0, false};
}

LanguageGuess identify_language(const Rules& rules, std::string_view text,
                                std::string_view stated) {
  const CompiledRules& compiled = rules.compiled();
  const std::vector<std::string_view> symbols(compiled.symbols.begin(), compiled.symbols.end());
  text::Tokenizer tokenizer(symbols);
  return identify_tokens(compiled, tokenizer, tokenizer.tokenize(text), text, stated);
}

}  // namespace testigo::classify
