#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

// The query language of brands, searches, alerts and the dashboard's box (DESIGN §4).
//
//   acme            a word; case and diacritics don't count: tepapa finds țepapă
//   #acme @acme     that word as a hashtag or a mention; without the sign, these and the plain word
//   "acme cloud"    adjacent words (“…” and «…» too); so is any run of several words: acme-cloud
//   acm*            words that begin so; also at the end of a phrase: "acme clo*"
//   {Acme Cloud}    as a phrase, with exactly these letters
//   a NEAR/5 b      both with at most 5 words between them, either order; NEAR alone is NEAR/10
//   a ONEAR/5 b     the same, in this order. Operands: words, phrases, {…}, (a OR b)
//   field:value     lang source tag polarity act stage theme intent author site brand,
//                   rating:<3 rating:>=4 rating:5 (stars, one to five), since:2026-01-01
//                   until:2026-01-31 (both included); quote a value with blanks: author:"Jane Doe"
//   NOT a           what does not match a
//   a AND b, a b    both
//   a OR b          either
//   ( )             brackets
//
// Operators are upper case; `and` is a word. Binding, tightest first: brackets, NEAR and ONEAR,
// NOT, AND and the unwritten AND, OR. One exception, for what people mean: when only the last (or
// only the first) alternative of an OR ends (or begins) in filters or NOTs without a written AND,
// they narrow every alternative:
//   "acme cloud" OR acmecloud NOT "acme corporation"  =  ("acme cloud" OR acmecloud) NOT "acme …"
//   acme OR globex lang:es                            =  (acme OR globex) AND lang:es
//   acme lang:es OR globex lang:en                    =  (acme AND lang:es) OR (globex AND lang:en)
// `show` writes a query with every bracket in place, so that a reader sees how it was read.

namespace testigo::query {

inline constexpr std::size_t max_query_bytes =
    64 * 1024;                        // brand queries of other tools end at 10 k
inline constexpr int max_depth = 16;  // brackets, NOTs or NEARs within each other; FTS5's parser
                                      // has a stack of 100 symbols, and people stop at 4
inline constexpr std::size_t max_terms = 2000;
inline constexpr int max_distance = 100;  // words; more is "in the same text"
inline constexpr int default_distance = 10;

// What a word of the query may stand on in a text.
enum class WordKind : std::uint8_t { any, hashtag, mention };

// One word of a phrase, folded by text/fold.h.
struct Word {
  std::string folded;  // without # or @
  WordKind kind = WordKind::any;
  bool prefix = false;  // words that begin so; only the last of a phrase
  std::string exact;    // the letters as written where case counts, else empty

  friend bool operator==(const Word&, const Word&) = default;
};

enum class FilterField : std::uint8_t {
  lang,
  source,
  tag,
  polarity,
  act,
  stage,
  theme,
  intent,
  author,
  site,
  rating,
  since,
  until,
  brand
};
[[nodiscard]] std::string_view to_string(FilterField field);

enum class Comparison : std::uint8_t { equal, less, at_most, greater, at_least };

// A condition on what is known of a post besides its words. `value` is lower case where case does
// not count, a value's name for the axes (aliases resolved), a host name for site.
struct Filter {
  FilterField field = FilterField::lang;
  Comparison comparison = Comparison::equal;
  std::string value;
  double stars = 0.0;  // rating: on a scale of one to five, see core/post.h
  Day day;             // since, until: day of the configured zone, included

  friend bool operator==(const Filter&, const Filter&) = default;
};

// A query as a tree.
struct Node {
  enum class Kind : std::uint8_t { phrase, filter, near, all_of, any_of, none_of };

  Kind kind = Kind::phrase;
  std::vector<Word> words;     // phrase: one or more, adjacent
  Filter filter;               // filter
  int distance = 0;            // near: the most words between the two children
  bool ordered = false;        // near: the first child comes first (ONEAR)
  std::vector<Node> children;  // near: two; none_of: one; all_of, any_of: two or more

  friend bool operator==(const Node&, const Node&) = default;
};

struct Query {
  std::string text;  // as given
  Node root;
};

// Errc::malformed with the spot drawn under the query's line ("^^^"), Errc::limit_exceeded where a
// constant above is passed; `where` is "query:<column>", columns from 1 in code points.
[[nodiscard]] Result<Query> parse_query(std::string_view text);

// The query with every bracket and operator written; parses back to the same tree.
[[nodiscard]] std::string show(const Node& node);

}  // namespace testigo::query
