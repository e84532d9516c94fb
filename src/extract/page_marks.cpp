#include "extract/page_marks.h"

#include "extract/comment_marks.h"
#include "extract/shown_date.h"
#include "text/numerals.h"

namespace testigo::extract {
namespace {

constexpr std::size_t max_dates = 5'000;    // texts tried as dates; a page may be all numbers
constexpr std::size_t max_date_text = 100;  // bytes

bool may_be_date(std::string_view text) {
  if (text.size() >= max_date_text) return false;
  return text.find_first_of("0123456789") != std::string_view::npos ||
         text::may_hold_other_numerals(text) || is_day_in_words(text);
}

std::vector<std::uint32_t> count_before(const std::vector<std::uint8_t>& marks, unsigned wanted) {
  std::vector<std::uint32_t> before(marks.size() + 1);
  for (std::size_t id = 0; id < marks.size(); ++id)
    before[id + 1] = before[id] + ((marks[id] & wanted) != 0 ? 1 : 0);
  return before;
}

}  // namespace

PageMarks marks_of_page(const formats::Tree& tree, const Measures& measures,
                        std::string_view language) {
  using formats::Node;
  PageMarks page;
  page.own.resize(tree.size());
  std::size_t tried = 0;
  std::string_view before;  // the words before a text
  for (std::uint32_t id = 1; id < tree.size(); ++id) {
    const Node node = tree.node(id);
    if (measures[id].unseen) continue;
    if (node.is_element()) {
      const ItemMarks own = marks_of(node, measures);
      page.own[id] =
          static_cast<std::uint8_t>((own.author ? authored : 0) | (own.date ? dated : 0) |
                                    (own.reply ? answerable : 0) | (own.rating ? starred : 0));
    } else if (tried < max_dates && may_be_date(node.text())) {
      ++tried;
      if (!tells_membership(before) && is_shown_date(node.text(), language)) {
        page.own[id] = dated;
        page.dates.push_back(node);
      }
    }
    if (!node.is_element() && measures[id].text > 0) before = node.text();
  }
  page.below = page.own;
  page.before = count_before(page.own, 0xFF);
  page.names_before = count_before(page.own, authored);
  page.dates_before = count_before(page.own, dated);
  for (std::uint32_t id = static_cast<std::uint32_t>(tree.size()) - 1; id > 0; --id)
    if (!measures[id].unseen) page.below[tree.node(id).parent().id()] |= page.below[id];
  return page;
}

}  // namespace testigo::extract
