#include "app/import_words.h"

#include <algorithm>
#include <span>
#include <vector>

#include "app/mail_closing.h"
#include "app/mail_notice.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

// How mail programs introduce the mail that they quote, folded: "On 3 May 2026, Ana wrote:".
struct Introduction {
  std::string_view begins;
  std::string_view ends;
};
constexpr Introduction introductions[] = {
    {"on ", "wrote:"},           {"el ", "escribio:"},       {"pe ", "a scris:"},
    {"in data ", "ha scritto:"}, {"le ", "a ecrit :"},       {"le ", "a ecrit:"},
    {"am ", "schrieb:"},         {"am ", "schrieb "},        {"em ", "escreveu:"},
    {"op ", "schreef:"},         {"op ", "geschreven:"},     {"w dniu ", "napisal"},
    {"dnia ", "napisal"},        {"in data de ", "a scris:"}};
constexpr std::size_t introduction_lines = 3;  // long names and addresses break it

// Lines that part the answer from the mail that it answers (Apple's, Zendesk's), folded.
constexpr std::string_view rules[] = {
    "begin forwarded message:", "##- please type your reply above this line",
    "________________________________"};

// The same between dashes (Outlook's): "-----Original Message-----".
constexpr std::string_view dashed_words[] = {"forwarded message",
                                             "mensagem original",
                                             "mensaje original",
                                             "mensaje reenviado",
                                             "mesaj original",
                                             "mesaj redirectionat",
                                             "mesajul original",
                                             "message d'origine",
                                             "message transfere",
                                             "messaggio inoltrato",
                                             "messaggio originale",
                                             "oorspronkelijk bericht",
                                             "original message",
                                             "oryginalna wiadomosc",
                                             "przekazana wiadomosc",
                                             "ursprungliche nachricht",
                                             "weitergeleitete nachricht",
                                             "wiadomosc oryginalna"};

// The fields with which Outlook heads the mail that is answered, folded: the sender's, then others.
constexpr std::string_view sender_fields[] = {
    "from:", "de:", "von:", "od:", "da:", "de la:", "van:", "de :"};
constexpr std::string_view other_fields[] = {
    "a :",       "a:",       "aan:",   "an:",      "assunto:",   "asunto:", "betreff:", "catre:",
    "data:",     "date:",    "datum:", "do:",      "enviada:",   "enviado", "envoye",   "fecha:",
    "gesendet:", "inviato:", "objet",  "oggetto:", "onderwerp:", "para:",   "sent:",    "subiect:",
    "subject:",  "temat:",   "to:",    "trimis:",  "verzonden:", "wyslano:"};
constexpr std::size_t fewest_fields = 2;  // after the sender's, for a heading
constexpr std::size_t heading_lines = 5;

constexpr std::string_view device_signatures[] = {
    "enviado a partir do ",
    "enviado de mi ",
    "enviado desde correo ",
    "enviado desde mi ",
    "enviado desde outlook",
    "enviado desde yahoo",
    "enviado do meu ",
    "envoye a partir de ",
    "envoye de mon ",
    "envoye depuis l'application ",
    "envoye depuis mon ",
    "gesendet mit ",
    "gesendet von mail fur ",
    "gesendet von meinem ",
    "get outlook for ",
    "inviato da ",
    "obtener outlook para ",
    "outlook fur android beziehen",
    "outlook fur ios beziehen",
    "sent from mail for ",
    "sent from my ",
    "sent from outlook",
    "sent from yahoo",
    "telecharger outlook pour ",
    "trimis de pe ",
    "trimis din ",
    "verstuurd vanaf ",
    "verzonden vanaf ",
    "von meinem ",
    "wyslane z aplikacji ",
    "wyslane z iphone",
    "wyslane z mojego ",
    "wyslane z telefonu",
    "yahoo mail: search, organize",
};
constexpr std::size_t longest_device_signature = 80;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins_with_any(std::string_view folded, std::span<const std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view one) { return folded.starts_with(one); });
}

bool is_quoted_after(const std::vector<std::string_view>& lines, std::size_t at) {
  while (at < lines.size() && text::trim(lines[at]).empty()) ++at;
  return at < lines.size() && lines[at].starts_with('>');
}

// How many lines from `at` on introduce a quoted mail; 0 where they do not.
std::size_t introduction_at(const std::vector<std::string_view>& lines, std::size_t at) {
  constexpr std::size_t longest = 400;
  std::string joined;
  for (std::size_t count = 1; count <= introduction_lines && at + count <= lines.size(); ++count) {
    joined += (joined.empty() ? "" : " ") + std::string(text::trim(lines[at + count - 1]));
    if (joined.size() > longest) return 0;
    const std::string folded = text::fold(joined);
    const bool dated = folded.find_first_of("0123456789") != std::string::npos;
    for (const Introduction& one : introductions) {
      const bool ends = folded.ends_with(':') && folded.find(one.ends) != std::string::npos;
      const bool begins = folded.starts_with(one.begins);
      if (!ends || (!begins && count > 1)) continue;
      // "On Sun, Ann wrote:" and "Ann wrote:" tell by what is quoted below.
      if ((begins && dated) || is_quoted_after(lines, at + count)) return count;
    }
  }
  return 0;
}

// A line as it is compared: folded, freed of the marks of bold print.
std::string bare(std::string_view line) {
  std::string folded = text::fold(text::trim(line));
  std::erase(folded, '*');
  return folded;
}

// Whether the lines from `at` on head a quoted mail: "From: …", "Sent: …", "To: …".
bool is_heading(const std::vector<std::string_view>& lines, std::size_t at) {
  if (!begins_with_any(bare(lines[at]), sender_fields)) return false;
  std::size_t fields = 0;
  const std::size_t end = std::min(lines.size(), at + heading_lines);
  for (std::size_t i = at + 1; i < end; ++i)
    fields += begins_with_any(bare(lines[i]), other_fields) ? 1 : 0;
  return fields >= fewest_fields;
}

bool is_dashed_rule(std::string_view folded) {
  if (!folded.starts_with("--")) return false;
  folded.remove_prefix(std::min(folded.find_first_not_of("- "), folded.size()));
  return begins_with_any(folded, dashed_words);
}

// Where a line ends what the author wrote.
bool ends_words(std::string_view line) {
  if (text::trim(line) == "--") return true;  // RFC 3676 §4.3; some add or lose the space
  const std::string folded = text::fold(text::trim(line));
  return begins_with_any(folded, rules) || is_dashed_rule(folded) ||
         (folded.size() <= longest_device_signature && begins_with_any(folded, device_signatures));
}

// RFC 5322 §3.2.3 dot-atoms and RFC 1035 names, as far as people's addresses use them.
bool is_local_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c & 0x80) != 0 || std::string_view("._%+-'").find(c) != std::string_view::npos;
}
bool is_domain_char(char c) {
  return is_local_char(c) && c != '_' && c != '%' && c != '+' && c != '\'';
}

// As they are written; a person may be called Nan.
constexpr std::string_view no_values[] = {
    "#N/A", "#N/D", "#NULL!", "#NV",  "(blank)",   "(empty)", "(null)", "-",    "--",
    "<NA>", "N/A",  "NA",     "NAN",  "NULL",      "NaN",     "None",   "Null", "\\N",
    "n/a",  "nan",  "none",   "null", "undefined", "–",       "—"};

}  // namespace

bool says_no_value(std::string_view cell) {
  return std::find(std::begin(no_values), std::end(no_values), text::trim(cell)) !=
         std::end(no_values);
}

std::string own_words_of_mail(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::string own;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (ends_words(lines[i]) || is_heading(lines, i)) break;
    if (lines[i].starts_with('>')) continue;
    if (const std::size_t introduced = introduction_at(lines, i); introduced > 0) {
      std::size_t next = i + introduced;
      while (next < lines.size() && text::trim(lines[next]).empty()) ++next;
      if (next >= lines.size() || !lines[next].starts_with('>'))
        break;   // the rest is the other mail
      i = next;  // answers may stand between the quoted lines
      continue;
    }
    if (text::trim(lines[i]).empty() && own.ends_with("\n\n")) continue;  // what stood here is cut
    own.append(lines[i]).append("\n");
  }
  const std::string_view trimmed = before_closing(before_notice(own));
  return std::string(trimmed.empty() ? text::trim(text) : trimmed);
}

std::string original_of(std::string_view text, std::string_view original_mark,
                        std::string_view translated_mark) {
  const std::size_t original =
      original_mark.empty() ? std::string_view::npos : text.find(original_mark);
  if (original != std::string_view::npos)
    return std::string(text::trim(text.substr(original + original_mark.size())));
  const std::size_t translated =
      translated_mark.empty() ? std::string_view::npos : text.find(translated_mark);
  const std::string_view before = text::trim(text.substr(0, translated));
  return std::string(before.empty() ? text : before);
}

std::string without_addresses(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find('@')) != std::string_view::npos;) {
    std::size_t begin = at;
    while (begin > 0 && is_local_char(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_domain_char(text[end])) ++end;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    const bool address = begin < at && domain.find('.') != std::string_view::npos;
    out += address ? std::string(text.substr(0, begin)) + "[e-mail]"
                   : std::string(text.substr(0, at + 1));
    text.remove_prefix(address ? end : at + 1);
  }
  return out.append(text);
}

}  // namespace testigo::app
