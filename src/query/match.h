#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/post.h"
#include "core/verdict.h"
#include "query/parse.h"
#include "text/words.h"

namespace testigo::query {

// Stands between title and text. No word folds to it.
inline constexpr std::string_view break_word = "\xC2\xB6";  // U+00B6, the pilcrow

// The words of one post, tokenised and sorted once and then asked by any number of queries.
// Title and text are one sequence of words with a break between that no phrase crosses.
// Keeps views: title and text must outlive it.
class Document {
 public:
  Document(const Document&) = delete;  // places view its words
  Document& operator=(const Document&) = delete;
  Document(std::string_view title, std::string_view text) : Document(title, 0, text) {}
  // The same with a heading before the title, as far as `title_begin`: what is reviewed, which
  // counts as said though it is not the post's own.
  Document(std::string_view heading_and_title, std::size_t title_begin, std::string_view text);

  // One word of the sequence. Punctuation is no word and takes no place in it.
  struct Place {
    std::string_view folded;  // without # or @; break_word between title and text
    WordKind kind = WordKind::any;
    Field field = Field::text;
    TextSpan span;  // in title or text
  };
  [[nodiscard]] std::span<const Place> places() const { return places_; }
  // Those of title and text, without the heading before them: as if made of these two alone.
  [[nodiscard]] std::span<const Place> own_places() const { return places().subspan(own_); }

  // The positions of places that are `folded`, or begin so; ascending for whole words.
  [[nodiscard]] std::vector<std::uint32_t> find(std::string_view folded, bool prefix) const;

  // The bytes of the title or text on which a place stands.
  [[nodiscard]] std::string_view written(const Place& place) const;
  // Whether two neighbours are parted by no more than blanks or a joint: "Acme-Cloud".
  [[nodiscard]] bool adjoins(const Place& before, const Place& after) const;

 private:
  std::string_view title_;
  std::string_view text_;
  text::PackedWords of_title_;
  text::PackedWords of_text_;
  std::vector<Place> places_;
  std::size_t own_ = 0;                // how many places stand before the post's own
  // Positions by (folded, position), each with the first bytes of its word.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted_;
};

// What filters look at. Unknown matches no filter (and so satisfies NOT filter).
struct Facts {
  std::optional<std::string> language;  // BCP 47; lang:es also takes es-MX
  SourceId source;
  BrandId brand;
  std::optional<std::string> author;  // as the store keeps it; compared folded
  std::optional<std::string> url;     // site: takes its host and that host's parents
  std::optional<Rating> rating;
  std::optional<Day> day;  // of posted_at, else of collected_at, in the configured zone
  std::optional<Tag> tag;
  std::optional<Polarity> polarity;
  std::optional<Act> act;
  std::optional<Stage> stage;
  std::optional<Intent> intent;
  std::vector<std::string> themes;
};

// Facts of a post as extracted, before any verdict.
[[nodiscard]] Facts facts_of(const Post& post, const BrandId& brand, std::optional<Day> day);
// The same with the verdict's axes; its language wins over the declared one.
[[nodiscard]] Facts with_verdict(Facts facts, const Verdict& verdict);

// Words that a query matched by, for highlighting.
struct Hit {
  Field field = Field::text;
  TextSpan span;

  friend bool operator==(const Hit&, const Hit&) = default;
};

// A compiled query. Immutable; shared by threads. Costs (terms × log words) a document.
class Matcher {
 public:
  explicit Matcher(Query query) : query_(std::move(query)) {}

  [[nodiscard]] bool matches(const Document& document, const Facts& facts) const;

  // Hits of every term that is not under a NOT, in order, neighbours merged where only blanks or a
  // joint part them; empty if the document does not match.
  [[nodiscard]] std::vector<Hit> hits(const Document& document, const Facts& facts) const;

  [[nodiscard]] const Query& query() const { return query_; }

 private:
  Query query_;
};

}  // namespace testigo::query
