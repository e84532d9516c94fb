#include "app/mail_closing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "text/char_table.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

// Folded, sorted. A line of nothing else ends a mail.
constexpr std::string_view regards[] = {
    "a la espera de sus noticias",
    "all the best",
    "atenciosamente",
    "atentamente",
    "atte",
    "best regards",
    "best wishes",
    "beste grusse",
    "bien cordialement",
    "cele bune",
    "cordialement",
    "cordiali saluti",
    "cordialmente",
    "cu bine",
    "cu consideratie",
    "cu deosebit respect",
    "cu deosebita consideratie",
    "cu drag",
    "cu prietenie",
    "cu respect",
    "cu stima",
    "cumprimentos",
    "distinti saluti",
    "freundliche grusse",
    "freundlichen grussen",
    "gruss",
    "grusse",
    "herzliche grusse",
    "kind regards",
    "kindest regards",
    "le saluda",
    "le saluda atentamente",
    "liebe grusse",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "mfg",
    "mit besten grussen",
    "mit freundlichem gruss",
    "mit freundlichen grussen",
    "o zi buna",
    "o zi frumoasa",
    "regards",
    "respectfully",
    "respectfully yours",
    "respectuos",
    "respectuosamente",
    "saludos",
    "saludos atentos",
    "saludos cordiales",
    "salutari",
    "schone grusse",
    "sincerely",
    "sincerely yours",
    "thanks & regards",
    "thanks and best regards",
    "thanks and kind regards",
    "thanks and regards",
    "toate cele bune",
    "un abrazo",
    "un cordial saludo",
    "un saludo",
    "un saludo cordial",
    "va multumesc si o zi buna",
    "viele grusse",
    "warm regards",
    "with best regards",
    "with kind regards",
    "yours faithfully",
    "yours sincerely",
    "yours truly",
};

// Likewise, but alone they are the author's words: these want a name below.
constexpr std::string_view thanks[] = {
    "best",
    "cheers",
    "cu multumiri",
    "danke",
    "gracias",
    "gracias de antemano",
    "lg",
    "many thanks",
    "merci",
    "mersi",
    "muchas gracias",
    "multumesc",
    "multumesc anticipat",
    "multumim",
    "thank you",
    "thanks",
    "thanks in advance",
    "va multumesc",
    "va multumim",
    "vg",
    "vielen dank",
    "yours",
};

// Words that are small in names, jobs and addresses; folded, sorted.
constexpr std::string_view connectives[] = {
    "&",     "-",   "/",   "and", "ap", "at",  "bl", "calle", "da",  "de",  "del",
    "della", "den", "der", "di",  "do", "dos", "e",  "et",    "fax", "for", "in",
    "la",    "las", "los", "mob", "no", "nr",  "of", "piso",  "sc",  "si",  "str",
    "tel",   "tlf", "van", "von", "y",  "|",   "·",  "–",     "—",   "•"};

constexpr std::size_t most_lines = 6;      // below a closing
constexpr std::size_t longest_line = 80;   // bytes
constexpr std::size_t most_words = 8;      // of one of them
constexpr std::size_t words_of_name = 4;   // behind a closing on its own line
constexpr std::size_t words_of_job = 5;    // "Directora de atención comercial"
constexpr std::size_t longest_suffix = 4;  // "Ltd.", "S.L."
constexpr std::size_t digits_of_phone = 6;

struct Line {
  std::string_view text;   // trimmed
  std::size_t before = 0;  // length of all that stands before it
};

// Without the blank ones.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text::trim(text.substr(at, end - at));
    if (!line.empty()) lines.push_back({line, at});
    at = end + 1;
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = text::trim(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

template <std::size_t size>
bool is_among(const std::string_view (&sorted)[size], std::string_view folded) {
  return std::binary_search(std::begin(sorted), std::end(sorted), folded);
}

// A line as closings are compared: folded, without bold print's marks and the signs at its end.
std::string bare(std::string_view line, std::string_view signs) {
  std::string folded = text::fold(line);
  std::erase(folded, '*');
  folded.resize(folded.find_last_not_of(signs) + 1);
  return folded;
}

bool begins_large(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of("(\"*"), word.size()));
  if (word.empty()) return false;
  const text::CodePoint first = text::decode(word, 0);
  return text::char_facts(first.value).upper;
}

bool is_address(std::string_view word) {
  return word.find('@') != std::string_view::npos || word.starts_with("www.") ||
         word.find("://") != std::string_view::npos;
}

bool is_small(std::string_view word) {
  return !begins_large(word) && !is_address(word) &&
         word.find_first_of("0123456789") == std::string_view::npos &&
         !is_among(connectives, std::string_view(bare(word, ",.:")));
}

// "Tel. +40 721 000 111", "ana@shop.example | www.shop.example": what reaches somebody, with one
// small word at the most.
bool is_contact(const Line& line) {
  const auto digits = std::count_if(line.text.begin(), line.text.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
  const std::vector<std::string_view> words = words_of(line.text);
  const bool reaches = static_cast<std::size_t>(digits) >= digits_of_phone ||
                       std::any_of(words.begin(), words.end(), is_address);
  return reaches && std::count_if(words.begin(), words.end(), is_small) <= 1;
}

// "Not again." ends a sentence, "Stone Ltd." and "Pop S.R.L." do not.
bool ends_sentence(std::string_view last_word) {
  if (last_word.ends_with('!') || last_word.ends_with('?')) return true;
  if (!last_word.ends_with('.')) return false;
  const bool is_short =
      last_word.size() <= longest_suffix || last_word.find('.') + 1 < last_word.size();
  return !is_short || !begins_large(last_word);
}

bool is_postscript(std::string_view line) {
  const std::string folded = text::fold(line);
  return folded.starts_with("p.s") || folded.starts_with("ps ") || folded.starts_with("ps:") ||
         folded.starts_with("p.d") || folded.starts_with("pd:");
}

// "Ana Pop", "Director of Sales | Stone Ltd.": every word that has a meaning begins large.
bool is_name(std::string_view line, std::size_t words_at_most) {
  const std::vector<std::string_view> words = words_of(line);
  return !words.empty() && words.size() <= words_at_most && line.size() <= longest_line &&
         begins_large(words.front()) && !ends_sentence(words.back()) && !is_postscript(line) &&
         std::none_of(words.begin(), words.end(), is_small);
}

// "Directora comercial", which a contact below tells from a sentence.
bool may_be_job(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  return words.size() <= words_of_job && line.size() <= longest_line && begins_large(line) &&
         !ends_sentence(words.back()) && line.find(',') == std::string_view::npos &&
         !is_postscript(line);
}

// "Best regards,", or with the name behind it, "Saludos, Ana".
bool is_regards(std::string_view line) {
  constexpr std::size_t longest = 80;
  if (line.size() > longest) return false;
  if (is_among(regards, std::string_view(bare(line, " ,.;:!-–—")))) return true;
  const std::size_t comma = line.find(',');
  return comma != std::string_view::npos &&
         is_among(regards, std::string_view(bare(line.substr(0, comma), " "))) &&
         is_name(text::trim(line.substr(comma + 1)), words_of_name);
}

// "Thanks,"; not "Thanks!", which means it.
bool is_thanks(std::string_view line) {
  constexpr std::size_t longest = 40;
  return line.size() <= longest && is_among(thanks, std::string_view(bare(line, " ,.-–—")));
}

// Whether nothing but who wrote a mail stands from line `at` on.
bool is_signature(const std::vector<Line>& lines, std::size_t at, bool needs_name) {
  if (lines.size() - at > most_lines) return false;
  bool contact_below = false;
  for (std::size_t i = lines.size(); i > at; --i) {
    const Line& line = lines[i - 1];
    const bool is_first = i - 1 == at;
    if (is_contact(line)) {
      contact_below = true;
      continue;
    }
    const bool closes = is_regards(line.text) || is_thanks(line.text);
    const bool fits = is_name(line.text, is_first ? words_of_name : most_words);
    if (!closes && !fits && (is_first || !contact_below || !may_be_job(line.text))) return false;
  }
  return !needs_name || at < lines.size();
}

}  // namespace

std::string_view before_closing(std::string_view mail) {
  const std::vector<Line> lines = lines_of(mail);
  // Further up there is too much below.
  for (std::size_t i = lines.size() - std::min(lines.size(), most_lines + 1); i < lines.size();
       ++i) {
    const bool closes = is_regards(lines[i].text);
    if (!closes && !is_thanks(lines[i].text)) continue;
    if (!is_signature(lines, i + 1, !closes)) continue;
    return i == 0 ? mail : text::trim(mail.substr(0, lines[i].before));
  }
  return mail;
}

}  // namespace testigo::app
