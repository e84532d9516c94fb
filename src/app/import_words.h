#pragma once

#include <string>
#include <string_view>

namespace testigo::app {

// Whether a cell says in a program's words that it has no value: "NULL", "N/A", "#N/A", "nan", "-".
[[nodiscard]] bool says_no_value(std::string_view cell);

// The author's own words of a mail: what it quotes (lines with ">", the mail it answers under "On …
// wrote:", a rule or a heading of "From:", "Sent:"), its closing with the signature
// (mail_closing.h, or below "-- "), "Sent from my …" and a company's notices (mail_notice.h) are
// cut. All of the text where nothing else would be left.
[[nodiscard]] std::string own_words_of_mail(std::string_view text);

// What the author wrote of a text that a machine's translation stands beside, parted by marks such
// as "(Translated by Google)" and "(Original)"; the text itself where no mark is in it.
[[nodiscard]] std::string original_of(std::string_view text, std::string_view original_mark,
                                      std::string_view translated_mark);

// The text with "[e-mail]" in place of each e-mail address: a ticket's words matter, not whose
// mailboxes they name.
[[nodiscard]] std::string without_addresses(std::string_view text);

}  // namespace testigo::app
