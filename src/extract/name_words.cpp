#include "extract/name_words.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/fold.h"
#include "text/normalize.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::extract {
namespace {

// Behind a name, before what its bearer wrote.
constexpr std::string_view said_words[] = {
    "said",       "says",     "wrote",   "dijo",       "dice",    "escribio", "a spus", "spune",
    "a scris",    "a zis",    "sagt",    "hat gesagt", "schrieb", "meinte",   "a dit",  "dit",
    "a ecrit",    "ha detto", "disse",   "ha scritto", "diz",     "escreveu", "zei",    "schreef",
    "powiedzial", "pisze",    "napisal", "sade",       "sagde",   "sa",       "dedi ki"};

// Before a name, with or without a colon.
constexpr std::string_view by_words[] = {
    "by",       "posted by",   "written by",    "review by",  "comment by",    "reviewed by",
    "por",      "escrito por", "publicado por", "opinion de", "comentario de", "de catre",
    "scris de", "postat de",   "adaugat de",    "comentat de"};
// Before a name, with a colon.
constexpr std::string_view label_words[] = {
    "author", "autor", "autora", "name",   "nombre", "nume", "de", "usuario", "utilizator",
    "user",   "von",   "auteur", "autore", "door",   "par",  "di", "from"};

// How much of a folded text is such words; 0 where it begins otherwise.
std::size_t by_at_front(std::string_view folded) {
  for (const std::string_view word : by_words) {
    if (!folded.starts_with(word)) continue;
    const std::string_view rest = folded.substr(word.size());
    if (rest.starts_with(": ") || rest.starts_with(' ') || rest.empty() || rest == ":")
      return word.size();
  }
  for (const std::string_view word : label_words)
    if (folded.starts_with(word) && folded.substr(word.size()).starts_with(':')) return word.size();
  return 0;
}

// "Por Ana", "Posted by Ana", "By: Ana"
std::string_view without_by(std::string_view name) {
  constexpr std::size_t longest = 100;  // bytes
  const std::string_view words = text::trim(name);
  if (words.size() > longest) return name;
  const std::string folded = text::fold(words);
  if (const std::size_t size = by_at_front(folded); size > 0 && size + 1 < folded.size()) {
    const std::string_view front = std::string_view(folded).substr(0, size + 1);
    const bool parted = folded[size] == ' ' || folded.substr(size, 2) == ": ";
    if (!parted) return name;
    std::string_view rest = words;  // as many words are cut: folding changes lengths
    for (auto left = std::count(front.begin(), front.begin() + std::ptrdiff_t(size), ' ') + 1;
         left > 0; --left)
      rest = text::trim(rest.substr(std::min(rest.find(' '), rest.size())));
    return rest.empty() ? name : rest;
  }
  return name;
}

}  // namespace

bool leads_to_name(std::string_view text) {
  constexpr std::size_t longest = 40;  // bytes
  text = text::trim(text);
  if (text.empty() || text.size() > longest) return false;
  const std::string folded = text::fold(text);
  const std::size_t size = by_at_front(folded);
  return size > 0 && size + (folded.ends_with(':') ? 1 : 0) == folded.size();
}

bool heads_names(std::string_view text) {
  constexpr std::size_t longest = 20;  // bytes
  constexpr std::string_view words[] = {"author",  "autor",      "autora",   "auteur", "autore",
                                        "name",    "nombre",     "nume",     "user",   "username",
                                        "usuario", "utilizator", "verfasser"};
  text = text::trim(text);
  if (text.size() > longest) return false;
  const std::string folded = text::fold(text);
  return std::find(std::begin(words), std::end(words), folded) != std::end(words);
}

std::string_view without_said(std::string_view name) {
  name = without_by(name);
  std::string_view words = text::trim(name);
  bool ended = false;
  for (const std::string_view end : {"...", "…", ":"})
    if (words.ends_with(end)) words.remove_suffix(end.size()), ended = true;
  if (!ended) return name;
  words = text::trim(words);
  const std::string folded = text::fold(words);
  for (const std::string_view said : said_words) {
    if (!folded.ends_with(said) || folded.size() <= said.size()) continue;
    if (folded[folded.size() - said.size() - 1] != ' ') continue;
    // As many words are cut as the phrase has: folding changes lengths.
    for (auto left = std::count(said.begin(), said.end(), ' ') + 1; left > 0; --left)
      words = text::trim(words.substr(0, words.rfind(' ')));
    return words;
  }
  return name;
}

bool is_said(std::string_view text) {
  constexpr std::size_t longest = 24;  // bytes
  text = text::trim(text);
  for (const std::string_view end : {"...", "…", ":"})
    if (text.ends_with(end)) text.remove_suffix(end.size());
  if (text.empty() || text.size() > longest) return false;
  const std::string folded = text::fold(text::trim(text));
  return std::find(std::begin(said_words), std::end(said_words), folded) != std::end(said_words);
}

std::string_view behind_said(std::string_view text) {
  constexpr std::size_t longest = 100;  // bytes, with the date
  text = text::trim(text);
  if (text.size() > longest) return {};
  const std::string folded = text::fold(text);
  const auto said =
      std::find_if(std::begin(said_words), std::end(said_words), [&](std::string_view word) {
        return folded.size() > word.size() && folded.starts_with(word) &&
               folded[word.size()] == ' ';
      });
  if (said == std::end(said_words)) return {};
  for (auto words = std::count(said->begin(), said->end(), ' ') + 1; words > 0; --words)
    text = text::trim(text.substr(std::min(text.find(' '), text.size())));
  constexpr std::string_view little[] = {"on ", "at ", "el ", "pe ", "in ",
                                         "la ", "am ", "le ", "il "};
  for (const std::string_view word : little)
    if (text.starts_with(word)) text.remove_prefix(word.size());
  if (text.ends_with(':')) text.remove_suffix(1);
  return text::trim(text);
}

bool are_initials(std::string_view text, std::string_view name) {
  constexpr std::size_t most = 3;            // characters
  constexpr std::size_t longest = 12;        // bytes
  constexpr std::size_t longest_name = 120;  // bytes
  text = text::trim(text);
  if (text.empty() || text.size() > longest || name.size() > longest_name) return false;
  std::string letters;
  std::size_t count = 0;
  for (const std::string& word : text::folded_words(text)) {
    letters += word;
    count += text::count_code_points(word);
  }
  if (count == 0 || count > most) return false;
  std::string initials;
  std::string whole;
  for (const std::string& word : text::folded_words(name)) {
    initials.append(word, 0, text::decode(word, 0).size);
    whole += word;
  }
  return initials.starts_with(letters) && whole.size() > letters.size();
}

namespace {

struct ByWord {
  std::string_view word;       // as written before a name
  std::string_view languages;  // of two letters each
};
constexpr ByWord words_of_by[] = {{"Par", "fr"},  {"Von", "de"},      {"De", "es pt ro ca gl"},
                                  {"Di", "it"},   {"Da", "it"},       {"Do", "pt"},
                                  {"Door", "nl"}, {"Od", "pl cs sk"}, {"Av", "sv nb no"},
                                  {"Af", "da"},   {"Fra", "da nb no"}};

// "Jeanne" of "Par Jeanne"; empty of "Parker" and of "De la Cruz".
std::string_view behind_word(std::string_view name, std::string_view word) {
  if (!name.starts_with(word)) return {};
  const std::string_view rest = name.substr(word.size());
  if (!rest.starts_with(' ') && !rest.starts_with("\u00A0")) return {};
  const std::string_view bearer = text::trim(rest.substr(rest.front() == ' ' ? 1 : 2));
  const bool small = !bearer.empty() && bearer.front() >= 'a' && bearer.front() <= 'z' &&
                     bearer.find(' ') != std::string_view::npos;
  return small ? std::string_view() : bearer;
}

}  // namespace

std::size_t shared_by(std::span<const std::string_view> names, std::string_view language) {
  if (names.empty()) return 0;
  const std::string code = text::ascii_lower(language.substr(0, 2));
  for (const ByWord& by : words_of_by) {
    const bool all = std::all_of(names.begin(), names.end(), [&](std::string_view name) {
      return !behind_word(name, by.word).empty();
    });
    if (!all) continue;
    const bool several = std::any_of(names.begin(), names.end(),
                                     [&](std::string_view name) { return name != names.front(); });
    const bool known = code.size() == 2 && by.languages.find(code) != std::string_view::npos;
    if (known || (several && code.empty())) return by.word.size();
  }
  return 0;
}

}  // namespace testigo::extract
