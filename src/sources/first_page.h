#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/page.h"
#include "extract/extract.h"
#include "sources/requests.h"

namespace testigo::sources {

// A list's first page has two addresses on many sites: the list's own ("/reviews"), and one with a
// number in the links of its other pages ("/reviews?page=1").

// Goes along with the requests for a list's pages: the number of the first, where that was asked at
// the list's own address.
inline constexpr std::string_view first_variable = ".first";

// That number, known from the page that led to the request or, at the list's own address, from the
// next page that its answer tells of.
[[nodiscard]] std::optional<std::int64_t> first_number(const PageRequest& request,
                                                       const Variables& variables,
                                                       const extract::Extraction& extraction);

// Whether both are pages of one list.
[[nodiscard]] bool is_same_list(std::string_view url, std::string_view other);

}  // namespace testigo::sources
