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

// "Response from the owner", "Respuesta del propietario, hace 2 días": heads what the owner of the
// reviewed thing answers. `of_review`: it stands below a review, where "Response from Hotel Sol" is
// one too.
[[nodiscard]] bool heads_owner_answer(std::string_view folded, bool of_review);

// Whether a class or test id names such an answer: "owner-reply", "sellerResponse__text".
[[nodiscard]] bool names_owner_answer(std::string_view name);

}  // namespace testigo::extract
