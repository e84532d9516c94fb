#pragma once

#include <string_view>

namespace testigo::extract {

// What pages print on what a reader may press, and above quotations. Texts are folded, space
// collapsed.

// "Reply", "Responder", "Reply to Ana"
[[nodiscard]] bool asks_for_reply(std::string_view folded);

// "Read more", "… Ver más »": shows the rest of a text that is cut short, or hides it again.
[[nodiscard]] bool asks_for_more(std::string_view folded);

// "Ana wrote:", "Quote from: Ana on 5 May", "Ana escribió:": says whose words follow. One line, as
// written.
[[nodiscard]] bool heads_quote(std::string_view line);

// "Quote:" and nothing else.
[[nodiscard]] bool names_quote(std::string_view line);

// "3 people found this review helpful": how many a contribution was of use to. Folded.
[[nodiscard]] bool counts_helped(std::string_view folded);

// "Was this review helpful? Yes (3) No (0)": asks readers for a vote. Folded.
[[nodiscard]] bool asks_helped(std::string_view folded);

// "3 reviews", "Local Guide · 12 opiniones · 4 fotos", "Beiträge: 120": how much somebody has
// written, and nothing else. Folded.
[[nodiscard]] bool counts_contributions(std::string_view folded);

// "Recommends this product: Yes", "No, I do not recommend this product.": what a shop asks beside a
// review. Folded.
[[nodiscard]] bool tells_recommendation(std::string_view folded);

}  // namespace testigo::extract
