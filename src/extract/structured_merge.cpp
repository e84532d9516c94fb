// What one page says twice, in JSON-LD and in microdata, is said once.

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/structured.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {
namespace {

// What makes two readings of one review equal. Not the date: one markup has it as ISO, another as
// shown. So a nameless rating without a word is kept once, since it says no more the second time.
using ReviewKey = std::tuple<std::string, std::optional<double>, std::string>;

// The collapsed text, or at least its first `size` bytes.
std::string collapsed_beginning(std::string_view text, std::size_t size) {
  constexpr std::size_t usual_share = 2;  // few texts are half space
  std::string some =
      text::collapse_space(text.substr(0, text::char_border(text, usual_share * size)));
  return some.size() > size || text.size() <= usual_share * size ? some
                                                                 : text::collapse_space(text);
}

ReviewKey key_of_review(const Review& review) {
  constexpr std::size_t beginning = 80;  // one of two markups often holds the text cut short
  const std::string_view words = review.body    ? std::string_view(*review.body)
                                 : review.title ? std::string_view(*review.title)
                                                : std::string_view();
  std::string body = collapsed_beginning(words, beginning);
  body.resize(text::char_border(body, std::min(beginning, body.size())));
  return {review.author.value_or(""), review.rating, body};
}

auto key_of_aggregate(const Aggregate& one) {
  return std::tuple(one.item, one.rating, one.best, one.worst, one.review_count, one.rating_count);
}

auto key_of_article(const PageArticle& one) {
  return std::tuple(one.title, one.author, one.date, one.edited, one.stated);
}

auto key_of_comment(const PageComment& one) { return std::pair(one.author.value_or(""), one.text); }

// Adds those whose key is none that is there.
template <class T, class Key>
void merge_by(std::vector<T>& there, std::vector<T> more, Key key) {
  std::set<decltype(key(there.front()))> seen;
  for (const T& one : there) seen.insert(key(one));
  for (T& one : more)
    if (seen.insert(key(one)).second) there.push_back(std::move(one));
}

}  // namespace

void keep_places_apart(const std::vector<PageComment>& there, std::vector<PageComment>& more) {
  std::uint32_t taken = 0;
  for (const PageComment& one : there) taken = std::max({taken, one.place, one.answers});
  for (PageComment& one : more) {
    if (one.place != 0) one.place += taken;
    if (one.answers != 0) one.answers += taken;
  }
}

void merge(StructuredData& data, StructuredData more) {
  merge_by(data.reviews, std::move(more.reviews), key_of_review);
  merge_by(data.aggregates, std::move(more.aggregates), key_of_aggregate);
  merge_by(data.articles, std::move(more.articles), key_of_article);
  keep_places_apart(data.comments, more.comments);
  merge_by(data.comments, std::move(more.comments), key_of_comment);
}

}  // namespace testigo::extract
