#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/match.h"
#include "query/parse.h"

namespace testigo::query {

// How a post is put into, and found in, a contentless FTS5 table of one column, `words`: tokens
// separated by one blank, already folded, which `fts_tokenizer` only cuts at the blanks. First a
// token for each fact, then the words. One row per mention (brand × post), so that brand: and tag:
// meet the words. A fact begins with ':', as no word does, so that no wildcard finds it.
//
//   CREATE VIRTUAL TABLE mention_fts USING fts5(words, content='', <tokenize = fts_tokenizer>)
//   SELECT … FROM mention_fts f JOIN … WHERE mention_fts MATCH ?1 AND <conditions> …

// The value of FTS5's `tokenize` option, ready to stand after "tokenize = " in the DDL: the ascii
// tokenizer with all printable ASCII punctuation as letters.
[[nodiscard]] std::string fts_tokenizer();

struct FtsRow {
  std::string words;
  std::string filters;  // ":lang:es :lang:es-mx :source:reddit :tag:complaint :site:example.com …"
};
// What to insert, of the document's own places; the same call with the same input makes what FTS5's 'delete' needs.
[[nodiscard]] FtsRow fts_row(const Document& document, const Facts& facts);

// A condition that no token expresses; all conditions of a plan must hold. To bind, by field:
//   author        author_key = the store's pseudonym of `value` (or the shown name, where kept)
//   rating        stars (core/post.h) compared with `stars`
//   since, until  the mention's day (ISO text or number) compared with `day`; comparison is given
// A row whose column is null fails its condition.
using Condition = Filter;

// How to find a query's mentions in the store.
struct FtsPlan {
  std::string match;  // FTS5 MATCH expression, to be bound; empty: every mention (no MATCH at all)
  std::vector<Condition> conditions;
  bool recheck = false;  // rows found are too many: run the Matcher on each. Because of ONEAR,
                         // exact case, NOT without anything beside it, or a condition under an OR
};
[[nodiscard]] FtsPlan compile_fts(const Query& query);

// A MATCH expression for those rows of another that also have one of these values of a field, so
// that the index passes over the others.
[[nodiscard]] std::string match_with(const std::string& match, FilterField field,
                                     std::span<const std::string_view> values);

}  // namespace testigo::query
