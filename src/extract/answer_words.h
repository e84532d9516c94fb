#pragma once

#include <string_view>

namespace testigo::extract {

// What pages print above the answer of who owns what is reviewed, and how they name it. Texts are
// folded, space collapsed.

// "Response from the owner", "Respuesta del propietario, hace 2 días": heads what the owner of the
// reviewed thing answers. `of_review`: it stands below a review, where "Response from Hotel Sol" is
// one too.
[[nodiscard]] bool heads_owner_answer(std::string_view folded, bool of_review);

// "Kettle & Sons replied:", "Ana respondió:": what a review's own answer may be headed by, where
// its element is named an answer. As written, not folded.
[[nodiscard]] bool tells_who_answered(std::string_view line);

// What stands behind "Replied", "Respondido el": a date, where the line tells when. As written.
[[nodiscard]] std::string_view behind_answered(std::string_view line);

// Whether a name with what is beside it is one of those who sell: "Echipa Kettle", "Ana, seller".
[[nodiscard]] bool tells_owner(std::string_view folded);

// Whether a class or test id ends in a word for an answer: "rev__reply", "respuesta".
[[nodiscard]] bool names_answer(std::string_view name);

// Whether a class or test id names such an answer: "owner-reply", "sellerResponse__text".
[[nodiscard]] bool names_owner_answer(std::string_view name);

// Whether one names what answers a review within it: "review-reply", "merchant-comment",
// "shop-owner".
[[nodiscard]] bool names_review_answer(std::string_view name);

// Whether one names a reply and says no more: "reply", "block__reply".
[[nodiscard]] bool names_reply(std::string_view name);

}  // namespace testigo::extract
