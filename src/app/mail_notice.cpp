#include "app/mail_notice.h"

#include <algorithm>
#include <span>
#include <string>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

constexpr std::size_t longest_notice = 4096;  // bytes of one paragraph

// A notice has a word of each kind, folded; who complains of a breach of confidence hardly does.
constexpr std::string_view secrets[] = {"confiden", "privileged", "vertraulich"};
constexpr std::string_view mails[] = {"correo", "e-mail", "email", "mensaje", "mesaj", "message"};
constexpr std::string_view readers[] = {"addressee", "adresat",  "destinat",
                                        "empfanger", "intended", "recipient"};

// Beginnings, folded.
constexpr std::string_view printing[] = {"antes de imprimir",
                                         "before printing this",
                                         "inainte de a imprima",
                                         "inainte de a tipari",
                                         "please consider the environment",
                                         "think before you print"};

bool has_one_of(std::string_view folded, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return folded.find(word) != std::string_view::npos;
  });
}

bool is_notice(std::string_view paragraph) {
  if (paragraph.size() > longest_notice) return false;
  const std::string folded = text::fold(paragraph);
  return (has_one_of(folded, secrets) && has_one_of(folded, mails) &&
          has_one_of(folded, readers)) ||
         std::any_of(std::begin(printing), std::end(printing),
                     [&](std::string_view begins) { return folded.starts_with(begins); });
}

// Where the last paragraph of a trimmed text begins.
std::size_t last_paragraph(std::string_view text) {
  for (std::size_t end = text.rfind('\n'); end != std::string_view::npos && end > 0;
       end = text.rfind('\n', end - 1)) {
    const std::size_t above = text.rfind('\n', end - 1);
    const std::size_t begin = above == std::string_view::npos ? 0 : above + 1;
    if (text::trim(text.substr(begin, end - begin)).empty()) return end + 1;
  }
  return 0;
}

}  // namespace

std::string_view before_notice(std::string_view mail) {
  std::string_view rest = text::trim(mail);
  while (true) {
    const std::size_t begin = last_paragraph(rest);
    if (begin == 0 || !is_notice(text::trim(rest.substr(begin)))) return rest;
    rest = text::trim(rest.substr(0, begin));
  }
}

}  // namespace testigo::app
