#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// Facts and words in one column (query/fts.h): in the lists of a second one each fact would cost
// two bytes more. Filled by the program, since only it knows the tokens.
inline constexpr std::string_view one_column = R"sql(
DROP TABLE mention_fts;
CREATE VIRTUAL TABLE mention_fts USING fts5(words, content='', columnsize=0,
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
INSERT INTO mention_fts(mention_fts, rank) VALUES('automerge', 16);
INSERT INTO mention_fts(mention_fts, rank) VALUES('crisismerge', 64);
)sql";

}  // namespace testigo::store
