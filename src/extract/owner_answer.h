#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/own_nodes.h"
#include "formats/tree.h"

namespace testigo::extract {

// What the owner of a reviewed thing answers, on the page of the review: "Response from the owner",
// often with a date, and words.
struct OwnerAnswer {
  std::vector<formats::Node> nodes;  // what holds it: one element, or several side by side
  std::string text;                  // plain, without what heads it
  std::optional<std::string> date;   // as written

  [[nodiscard]] bool is_there() const { return !text.empty(); }
};

// The answer within a contribution, behind its first words: told by what heads it or by what it is
// named. `dates`: texts of the page that are dates and nothing else, in order. `of_review`: the
// contribution has a rating, so that "Response from Hotel Sol" tells too.
[[nodiscard]] OwnerAnswer find_owner_answer(const OwnNodes& own,
                                            std::span<const formats::Node> dates, bool of_review);

// The same of an element that stands behind a review, if all of it is the owner's answer.
[[nodiscard]] OwnerAnswer read_owner_answer(formats::Node element, const Measures& measures,
                                            std::span<const formats::Node> dates);

// The answer in a block that `head` begins, who wrote and when.
[[nodiscard]] OwnerAnswer read_signed_answer(formats::Node block, formats::Node head,
                                             const Measures& measures,
                                             std::span<const formats::Node> dates);

// Whether all of an element is the owner's answer to a review.
[[nodiscard]] bool is_owner_answer(formats::Node element, const Measures& measures);

// The same, or an element that is named an answer and says who answered.
[[nodiscard]] bool may_be_owner_answer(formats::Node element, const Measures& measures);

// Whether an element within a rated review answers it, by its name: one block, not pressed, not
// written in, and not one of several or signed by one who has a page of their own.
[[nodiscard]] bool is_review_answer(formats::Node element, const Measures& measures);

// Whether an element's class names it an answer: "review-reply".
[[nodiscard]] bool is_named_reply(formats::Node element);

// "Kettle & Sons" on the page of the "Kettle Pro": whether a name and what the page is about, as
// written or folded, have a word in common.
[[nodiscard]] bool names_subject(std::string_view name, std::string_view subject);

// Whether who wrote a contribution signs it as one who sells: "Kettle & Sons, seller", or by a name
// that has a word of what the page is about.
[[nodiscard]] bool is_signed_by_owner(formats::Node contribution, const Measures& measures,
                                      std::string_view subject);

// The text without the lines before it that say whose answer it is, and when.
[[nodiscard]] std::string without_answer_head(std::string_view text);

}  // namespace testigo::extract
