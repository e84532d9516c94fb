#include "sources/first_page.h"

#include <charconv>

#include "core/list_address.h"

namespace testigo::sources {

std::optional<std::int64_t> first_number(const PageRequest& request, const Variables& variables,
                                         const extract::Extraction& extraction) {
  if (const auto told = variables.find(std::string(first_variable)); told != variables.end()) {
    std::int64_t number = 0;
    std::from_chars(told->second.data(), told->second.data() + told->second.size(), number);
    return number;
  }
  if (list_address(request.url) != request.url || extraction.next.empty()) return std::nullopt;
  const std::string& next = extraction.next.front();
  const auto second = page_number(next);
  // A list counts its pages from 0 or from 1; greater numbers count its items.
  if (!second || *second < 1 || !is_same_list(next, request.url)) return std::nullopt;
  return *second == 2 ? 1 : 0;
}

bool is_same_list(std::string_view url, std::string_view other) {
  return list_address(url) == list_address(other);
}

}  // namespace testigo::sources
