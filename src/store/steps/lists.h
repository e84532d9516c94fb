#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which. Which list a page is one of; of pages
// that were seen earlier that is known when they are asked again. Pages to which a chain led ("n")
// had a request of their own for each way there: the next pass finds them anew, each once.
inline constexpr std::string_view lists = R"sql(
ALTER TABLE listing ADD COLUMN list INTEGER;
UPDATE listing SET list = request;
CREATE INDEX listing_list ON listing(list);
DELETE FROM standing WHERE variables GLOB '*[?&]n=*';
)sql";

}  // namespace testigo::store
