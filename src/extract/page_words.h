#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/tree.h"

namespace testigo::extract {

// What the words of an element's class and id tell of its role. Page authors everywhere name things
// by the same few dozen words ("comment-list", "kommentarText", "entry-content", "sidebar"), and
// the last word of a name is its noun: a "comment-author" is an author.
enum class Hint : std::uint32_t {
  comment = 1u << 0,   // readers' comments, replies, opinions, reviews
  list = 1u << 1,      // holds several: list, area, wrapper, thread, a plural
  body = 1u << 2,      // the words themselves: content, text, message
  author = 1u << 3,    // who wrote it
  date = 1u << 4,      // when
  control = 1u << 5,   // what a reader may press, and lines about it: reply, like, meta
  beside = 1u << 6,    // about comments and none itself: form, notice, count, title
  noise = 1u << 7,     // beside the page's matter: menus, related pages, promotion
  article = 1u << 8,   // the page's main matter and what is around it
  main = 1u << 9,      // the words of the main matter: "entry-content", "articleBody"
  message = 1u << 10,  // a contribution to a forum: post, message, answer
};

class Hints {
 public:
  [[nodiscard]] bool has(Hint hint) const {
    return (bits_ & static_cast<std::uint32_t>(hint)) != 0;
  }
  void add(std::uint32_t bits) { bits_ |= bits; }

 private:
  std::uint32_t bits_ = 0;
};

[[nodiscard]] Hints hints_of(formats::Node element);

// What pages whose class names tell nothing call their parts for their own tests:
// data-testid="review-body", data-hook="review-date". Empty without one.
[[nodiscard]] std::string_view test_id(formats::Node element);

// The words of a name, lower-case: "yotpo-shopOwner" → yotpo, shop, owner.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

// What siblings of one kind share: tag and class words, without numbers and without what tells
// siblings apart (even, odd, first, depth, by whom).
[[nodiscard]] std::string kind_of(formats::Node element);

// The number at the end of an element's id: "li-comment-123" → "123", "thing_t1_k3x9abc" →
// "k3x9abc". Empty without one.
[[nodiscard]] std::string_view id_number(formats::Node element);

}  // namespace testigo::extract
