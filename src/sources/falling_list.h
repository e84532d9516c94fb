#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "extract/extract.h"
#include "sources/requests.h"
#include "sources/source.h"

namespace testigo::sources {

// Paging through a list that falls by a number or a time (PagingKind::before).

// What the next page of such a list is asked with.
struct EarlierPage {
  Variables variables;
  bool skips = false;  // what else the last number has, and no page can show, is passed over
};

// The page that begins where this one ends, each element of which has the number that this one's
// last has, or less: none is left out, however many share it, as far as {page} reaches.
// `extraction.total` counts the pages that are left. A list that does not fall has not heeded what
// it was asked, and has no end. `variables` are those of the page that `extraction` was read from.
[[nodiscard]] std::optional<EarlierPage> earlier_page(const Step& step, Variables variables,
                                                      const extract::Extraction& extraction);

// Holds, in seconds since 1970, when a list with a span begins.
inline constexpr std::string_view from_variable = "list_from";

// {from_stamp} and {until_stamp} of a later page of a list with a span: times as 20261130081500,
// the latter a second behind {cursor}, for services that leave out the end itself.
void add_stamps(const Step& step, Variables& variables);

// "15min", "12h", "1d", "1week", "3months": in seconds; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> seconds_of_span(std::string_view text);

}  // namespace testigo::sources
