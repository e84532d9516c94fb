#include "core/page.h"

#include <algorithm>
#include <array>

namespace testigo {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                            std::string_view name) {
  for (const Header& header : headers)
    if (equal_ignoring_case(header.name, name)) return header.value;
  return std::nullopt;
}

std::string_view to_string(FetchStatus status) {
  constexpr std::array<std::string_view, 7> names = {
      "fetched", "not_modified", "gone", "refused", "disallowed", "retry_later", "failed"};
  return names[static_cast<std::size_t>(status)];
}

}  // namespace testigo
