#pragma once

#include <string_view>

namespace testigo::extract {

// What pages print on what a reader may press, and above an owner's answer. Texts are folded, space
// collapsed.

// "Reply", "Responder", "Reply to Ana"
[[nodiscard]] bool asks_for_reply(std::string_view folded);

// "Read more", "… Ver más »": shows the rest of a text that is cut short, or hides it again.
[[nodiscard]] bool asks_for_more(std::string_view folded);

// A name without what blogs print behind it: "Ana said...", "Ana dijo:", "Ana a spus...". As
// written, not folded.
[[nodiscard]] std::string_view without_said(std::string_view name);

// What follows "wrote on" where a text begins so: "a scris pe 10.03.2026" → "10.03.2026". Empty of
// other texts.
[[nodiscard]] std::string_view behind_said(std::string_view text);

// "Ana wrote:", "Quote from: Ana on 5 May", "Ana escribió:": says whose words follow. One line, as
// written.
[[nodiscard]] bool heads_quote(std::string_view line);

// "Quote:" and nothing else.
[[nodiscard]] bool names_quote(std::string_view line);

// "Response from the owner", "Respuesta del propietario, hace 2 días": heads what the owner of the
// reviewed thing answers. `of_review`: it stands below a review, where "Response from Hotel Sol" is
// one too.
[[nodiscard]] bool heads_owner_answer(std::string_view folded, bool of_review);

// "Kettle & Sons replied:", "Ana respondió:": what a review's own answer may be headed by, where
// its element is named an answer. As written, not folded.
[[nodiscard]] bool tells_who_answered(std::string_view line);

// Whether a class or test id ends in a word for an answer: "rev__reply", "respuesta".
[[nodiscard]] bool names_answer(std::string_view name);

// Whether a class or test id names such an answer: "owner-reply", "sellerResponse__text".
[[nodiscard]] bool names_owner_answer(std::string_view name);

}  // namespace testigo::extract
