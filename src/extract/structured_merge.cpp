// What one page says twice, in JSON-LD and in microdata, is said once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
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

// What two readings of one review have in common. Not the date: one markup has it as ISO, another
// as shown. So a nameless rating without a word is kept once, since it says no more the second
// time.
using ReviewKey = std::tuple<std::string, std::optional<double>, std::string>;

constexpr std::size_t common_beginning = 24;  // bytes that tell most texts of an author apart
constexpr std::size_t full_beginning = 80;    // bytes that tell all apart
constexpr std::size_t most_alike = 64;        // readings of one key, each compared with each

// The collapsed text, or at least its first `size` bytes.
std::string collapsed_beginning(std::string_view text, std::size_t size) {
  constexpr std::size_t usual_share = 2;  // few texts are half space
  std::string some =
      text::collapse_space(text.substr(0, text::char_border(text, usual_share * size)));
  return some.size() > size || text.size() <= usual_share * size ? some
                                                                 : text::collapse_space(text);
}

std::string_view words_of(const Review& review) {
  return review.body    ? std::string_view(*review.body)
         : review.title ? std::string_view(*review.title)
                        : std::string_view();
}

std::string beginning_of(const Review& review, std::size_t size) {
  std::string words = collapsed_beginning(words_of(review), size);
  words.resize(text::char_border(words, std::min(size, words.size())));
  return words;
}

ReviewKey key_of_review(const Review& review) {
  return {review.author.value_or(""), review.rating, beginning_of(review, common_beginning)};
}

// What stands before the mark of a text that was cut short; nothing where it has no such mark.
std::string_view before_the_cut(std::string_view words) {
  for (const std::string_view mark : {std::string_view("..."), std::string_view("…")}) {
    if (words.ends_with(mark)) return text::trim(words.substr(0, words.size() - mark.size()));
  }
  return {};
}

bool goes_on_in(const Review& cut, const Review& whole) {
  if (!cut.body || !whole.body) return false;
  const std::string kept = text::collapse_space(before_the_cut(text::trim(*cut.body)));
  return kept.size() >= common_beginning &&
         collapsed_beginning(*whole.body, kept.size()).starts_with(kept);
}

// Adds the reviews that are not there. One of two markups often holds a text cut short: the whole
// one is kept.
void merge_reviews(std::vector<Review>& there, std::vector<Review> more) {
  std::map<ReviewKey, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < there.size(); ++i) alike[key_of_review(there[i])].push_back(i);
  there.reserve(there.size() + more.size());
  for (Review& one : more) {
    std::vector<std::size_t>& others = alike[key_of_review(one)];
    const auto end = others.begin() + std::ptrdiff_t(std::min(others.size(), most_alike));
    const auto same = std::find_if(others.begin(), end, [&](std::size_t at) {
      return beginning_of(there[at], full_beginning) == beginning_of(one, full_beginning) ||
             goes_on_in(there[at], one) || goes_on_in(one, there[at]);
    });
    if (same == end) {
      others.push_back(there.size());
      there.push_back(std::move(one));
    } else if (goes_on_in(there[*same], one)) {
      there[*same].body = std::move(one.body);
    }
  }
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
  merge_reviews(data.reviews, std::move(more.reviews));
  merge_by(data.aggregates, std::move(more.aggregates), key_of_aggregate);
  merge_by(data.articles, std::move(more.articles), key_of_article);
  keep_places_apart(data.comments, more.comments);
  merge_by(data.comments, std::move(more.comments), key_of_comment);
}

}  // namespace testigo::extract
