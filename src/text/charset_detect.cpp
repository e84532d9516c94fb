#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <unicode/uchar.h>
#include <unicode/ucsdet.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <vector>

#include "text/charset.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::size_t max_sample_bytes = 64u << 10;

// In order of preference where two read a text alike. Scripts without capitals come late, as they
// cannot give themselves away; but Hebrew lies where Cyrillic has its small letters.
constexpr std::string_view single_byte_encodings[] = {
    "windows-1252",   "windows-1255", "windows-1251", "windows-1250", "windows-1254",
    "windows-1253",   "windows-1257", "windows-1258", "ISO-8859-15",  "ISO-8859-2",
    "ISO-8859-7",     "ISO-8859-13",  "ISO-8859-4",   "ISO-8859-16",  "ISO-8859-10",
    "ISO-8859-3",     "KOI8-R",       "KOI8-U",       "ISO-8859-5",   "IBM866",
    "x-mac-cyrillic", "windows-1256", "windows-874",  "ISO-8859-8",   "ISO-8859-6",
    "macintosh"};

// Hardly ever met on the web: they must be better by more than chance.
constexpr std::string_view rare_encodings[] = {"macintosh",    "x-mac-cyrillic", "IBM866",
                                               "windows-1258", "ISO-8859-3",     "ISO-8859-4",
                                               "ISO-8859-10",  "ISO-8859-13",    "ISO-8859-16"};
constexpr double rarity = -3.0;  // what so many letters outweigh

// Whose alphabets a text is held against.
constexpr const char* alphabets[] = {"en", "es", "fr", "de", "pt", "it", "nl", "da", "nb", "sv",
                                     "fi", "is", "ca", "ga", "ro", "hu", "pl", "cs", "sk", "hr",
                                     "sl", "ru", "uk", "bg", "sr", "be", "el", "tr", "he", "ar",
                                     "fa", "lt", "lv", "et", "vi", "th", "mt", "eo"};

// What a byte is worth as evidence for an encoding and a language.
constexpr double own_letter = 1.0;
constexpr double foreign_letter = -1.5;
constexpr double punctuation = 0.2;
constexpr double symbol = -0.5;
constexpr double control = -3.0;
constexpr double odd_capital = -1.5;     // a capital right after a small letter
constexpr double odd_final = -1.5;       // a letter that ends words, within one
constexpr double mixed_scripts = -1.0;   // a Latin letter, or a digit, beside one of another script
constexpr double good_mean_score = 0.5;  // from here on, doubtful signs of multi-byte text lose

using Table = std::array<char32_t, 256>;
using Pairs = std::vector<std::uint32_t>;  // how often byte b follows byte a, at a * 256 + b

struct Candidate {
  std::string_view encoding;
  Table table{};
  double prior = 0.0;
};

Table make_table(std::string_view encoding) {
  Table table{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const Result<std::string> text = decode_to_utf8(std::string_view(&c, 1), encoding);
    table[byte] = text ? decode(*text, 0).value : replacement_character;
  }
  return table;
}

const std::vector<Candidate>& candidates() {
  static const std::vector<Candidate> made = [] {
    std::vector<Candidate> out;
    for (const std::string_view name : single_byte_encodings) {
      const bool rare = std::find(std::begin(rare_encodings), std::end(rare_encodings), name) !=
                        std::end(rare_encodings);
      out.push_back({name, make_table(name), rare ? rarity : 0.0});
    }
    return out;
  }();
  return made;
}

std::unique_ptr<icu::UnicodeSet> make_alphabet(const char* language) {
  UErrorCode status = U_ZERO_ERROR;
  auto set = std::make_unique<icu::UnicodeSet>();
  ULocaleData* data = ulocdata_open(language, &status);
  ulocdata_getExemplarSet(data, set->toUSet(), USET_ADD_CASE_MAPPINGS, ULOCDATA_ES_STANDARD,
                          &status);
  ulocdata_close(data);
  if (std::string_view(language) == "vi") set->add(0x300, 0x323);  // tones stand apart in 1258
  if (std::string_view(language) == "ro") set->add(0x15E, 0x163);  // the cedillas of older pages
  return set;
}

const std::vector<std::unique_ptr<icu::UnicodeSet>>& alphabet_sets() {
  static const auto made = [] {
    std::vector<std::unique_ptr<icu::UnicodeSet>> out;
    for (const char* language : alphabets) out.push_back(make_alphabet(language));
    return out;
  }();
  return made;
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) ||
         (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

bool is_common_mark(char32_t c) {
  return (c >= 0x2013 && c <= 0x2026) || c == 0xA0 || c == 0xAB || c == 0xBB || c == 0x20AC ||
         c == 0xA3 || c == 0xA9 || c == 0xAE || c == 0xB0 || c == 0xB7 || c == 0xA1 || c == 0xBF ||
         c == 0x2039 || c == 0x203A || c == 0x2122 || c == 0xA7 || c == 0x2116;
}

double worth_of_mark(char32_t c) {
  if (c == replacement_character || u_iscntrl(static_cast<UChar32>(c))) return control;
  return is_common_mark(c) ? punctuation : symbol;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Latin letters and the marks that go on them.
bool is_latin(char32_t c) { return c < 0x370 || (c >= 0x1E00 && c < 0x1F00); }

// Hebrew letters that only end words.
bool is_final_form(char32_t c) {
  return c == 0x5DA || c == 0x5DD || c == 0x5DF || c == 0x5E3 || c == 0x5E5;
}

double pair_score(char32_t before, char32_t after) {
  if (u_islower(static_cast<UChar32>(before)) && u_isupper(static_cast<UChar32>(after))) {
    return odd_capital;
  }
  if (is_final_form(before) && is_letter(after)) return odd_final;
  const bool mixed = (is_ascii_letter(before) && is_letter(after) && !is_latin(after)) ||
                     (is_ascii_letter(after) && is_letter(before) && !is_latin(before));
  const bool digit = (is_letter(before) && u_isdigit(static_cast<UChar32>(after))) ||
                     (is_letter(after) && u_isdigit(static_cast<UChar32>(before)));
  return mixed || digit ? mixed_scripts : 0.0;
}

// Two bytes that stand side by side, so many times.
struct Neighbours {
  unsigned char before;
  unsigned char after;
  std::uint32_t count;
};

// What does not depend on the language: capitals where none belong, two scripts in one word.
double neighbour_score(std::span<const Neighbours> neighbours, const Table& table) {
  double score = 0.0;
  for (const Neighbours& pair : neighbours)
    score += pair_score(table[pair.before], table[pair.after]) * pair.count;
  return score;
}

// Those that are not both ASCII, which tell nothing.
std::vector<Neighbours> neighbours_in(const Pairs& pairs) {
  std::vector<Neighbours> found;
  for (unsigned pair = 0; pair < pairs.size(); ++pair) {
    const auto before = static_cast<unsigned char>(pair >> 8);
    const auto after = static_cast<unsigned char>(pair & 0xFF);
    if (pairs[pair] == 0 || (before < 0x80 && after < 0x80)) continue;
    found.push_back({before, after, pairs[pair]});
  }
  return found;
}

double alphabet_score(const std::array<std::uint32_t, 256>& counts, const Table& table,
                      const icu::UnicodeSet& alphabet) {
  double score = 0.0;
  for (unsigned byte = 0x80; byte < 256; ++byte) {
    if (counts[byte] == 0) continue;
    const char32_t c = table[byte];
    const double worth = !is_letter(c)                                ? worth_of_mark(c)
                         : alphabet.contains(static_cast<UChar32>(c)) ? own_letter
                                                                      : foreign_letter;
    score += worth * counts[byte];
  }
  return score;
}

struct Guess {
  std::string_view encoding;
  double mean = 0.0;  // score per byte beyond ASCII
};

Guess guess_single_byte(std::string_view sample) {
  std::array<std::uint32_t, 256> counts{};
  Pairs pairs(256 * 256);
  unsigned char before = ' ';
  double total = 0.0;
  for (const char c : sample) {
    const auto byte = static_cast<unsigned char>(c);
    ++counts[byte];
    ++pairs[before * 256u + byte];
    total += byte >= 0x80 ? 1.0 : 0.0;
    before = byte;
  }
  Guess best{"windows-1252", -1e9};
  if (total == 0.0) return best;
  const std::vector<Neighbours> neighbours = neighbours_in(pairs);
  for (const Candidate& candidate : candidates()) {
    const double common = candidate.prior + neighbour_score(neighbours, candidate.table);
    for (const auto& alphabet : alphabet_sets()) {
      const double mean = (common + alphabet_score(counts, candidate.table, *alphabet)) / total;
      if (mean > best.mean + 1e-9) best = {candidate.encoding, mean};
    }
  }
  return best;
}

// Quotation marks, dashes, the euro and their like, in what would be English but for them: other
// encodings have letters there, which no statistics of so few of them rule out.
bool has_marks_of_windows_1252_only(std::string_view sample) {
  const auto at = [&](std::size_t i) {
    return i < sample.size() ? static_cast<unsigned char>(sample[i]) : 0U;
  };
  bool any = false;
  for (std::size_t i = skip_ascii(sample, 0); i < sample.size(); i = skip_ascii(sample, i + 1)) {
    const bool after_letter = i > 0 && is_ascii_letter(at(i - 1));
    const bool before_letter = is_ascii_letter(at(i + 1));
    const bool fits = at(i) == 0x92                    ? true            // it’s
                      : at(i) == 0x91 || at(i) == 0x93 ? !after_letter   // opening
                      : at(i) == 0x85 || at(i) == 0x94 ? !before_letter  // … and closing
                      : at(i) == 0x80 || at(i) == 0x99 ? !before_letter  // € and ™
                      : at(i) >= 0x95 && at(i) <= 0x97 ? !after_letter || !before_letter  // • – —
                                                       : false;
    if (!fits) return false;
    any = true;
  }
  return any;
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const noexcept { ucsdet_close(detector); }
};

bool is_single_byte(std::string_view name) {
  return std::find(std::begin(single_byte_encodings), std::end(single_byte_encodings), name) !=
         std::end(single_byte_encodings);
}

struct IcuGuess {
  std::string_view encoding;
  int confidence = 0;  // percent
};

std::optional<IcuGuess> guess_with_icu(std::string_view sample) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return {};
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || !match) return {};
  const auto name = encoding_for_label(ucsdet_getName(match, &status));
  if (!name) return {};
  return IcuGuess{*name, ucsdet_getConfidence(match, &status)};
}

}  // namespace

std::optional<std::string_view> detect_encoding(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, max_sample_bytes);
  if (sample.find("\x1B$)C") != std::string_view::npos) return "ISO-2022-KR";
  if (has_marks_of_windows_1252_only(sample)) return "windows-1252";
  const std::optional<IcuGuess> icu = guess_with_icu(sample);
  const bool multi_byte =
      icu && !is_single_byte(icu->encoding) && icu->encoding.substr(0, 4) != "UTF-";
  const Guess single = guess_single_byte(sample);
  if (multi_byte && (icu->confidence >= 50 || single.mean < good_mean_score)) return icu->encoding;
  if (single.mean > 0.0) return single.encoding;
  if (icu && icu->encoding.substr(0, 4) != "UTF-") return icu->encoding;
  return {};
}

}  // namespace testigo::text
