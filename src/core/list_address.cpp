#include "core/list_address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace testigo {

namespace {

constexpr std::array<std::string_view, 19> paging_names = {
    "page",       "paged",      "pg",          "pagina",      "seite",      "cpage", "pagenum",
    "pageNum",    "page_num",   "pageno",      "pageNo",      "page_no",    "start", "offset",
    "pagenumber", "pageNumber", "page_number", "currentpage", "currentPage"};
constexpr std::array<std::string_view, 4> session_names = {"sid", "s", "phpsessid", "PHPSESSID"};
constexpr std::size_t session_digits = 32;      // MD5's, as PHP and phpBB make them
constexpr std::size_t longest_page_number = 7;  // digits; longer ones are a post's own

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_page_number(std::string_view text) {
  return !text.empty() && text.size() <= longest_page_number &&
         std::all_of(text.begin(), text.end(), is_digit);
}

bool is_session(std::string_view text) {
  return text.size() == session_digits && std::all_of(text.begin(), text.end(), is_hex);
}

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The number of "page=2"; "" of other parameters.
std::string_view number_of(std::string_view parameter) {
  const std::size_t equals = std::min(parameter.find('='), parameter.size());
  const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
  const bool says = is_page_number(value) && is_one_of(parameter.substr(0, equals), paging_names);
  return says ? value : std::string_view();
}

bool is_dropped(std::string_view parameter) {
  if (!number_of(parameter).empty()) return true;
  const std::size_t equals = parameter.find('=');
  return equals != std::string_view::npos && is_session(parameter.substr(equals + 1)) &&
         is_one_of(parameter.substr(0, equals), session_names);
}

std::string without_dropped(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (is_dropped(parameter)) continue;
    kept += kept.empty() ? '?' : '&';
    kept += parameter;
  }
  return kept;
}

// "/boots/page/2/" → "/boots/", "/boots/page/2" → "/boots", "/boots/page-2" → "/boots/". The step
// "page-2" stands behind the list's own address, which ends in a slash where such forums write it.
std::string_view without_page_step(std::string_view path) {
  const bool closed = path.size() > 1 && path.ends_with('/');
  const std::string_view steps = path.substr(0, path.size() - (closed ? 1 : 0));
  const std::size_t slash = steps.rfind('/');
  if (slash == std::string_view::npos) return path;
  const std::string_view last = steps.substr(slash + 1);
  if (is_page_number(last)) {
    const std::string_view before = steps.substr(0, slash);
    if (!before.ends_with("/page")) return path;
    return before.substr(0, before.size() - (closed ? 4 : 5));
  }
  for (const std::string_view word : {"comment-page-", "page-", "page"})
    if (last.starts_with(word) && is_page_number(last.substr(word.size())))
      return steps.substr(0, slash + 1);
  return path;
}

}  // namespace

std::optional<std::int64_t> page_number(std::string_view page_url) {
  page_url = page_url.substr(0, page_url.find('#'));
  const std::size_t question = std::min(page_url.find('?'), page_url.size());
  std::string_view path = page_url.substr(0, question);
  std::string_view number;
  std::size_t found = 0;
  if (without_page_step(path) != path) {
    if (path.ends_with('/')) path.remove_suffix(1);
    number = path.substr(path.find_last_not_of("0123456789") + 1);
    ++found;
  }
  for (std::string_view query = page_url.substr(question); !query.empty();) {
    query.remove_prefix(1);
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(parameter.size());
    if (number_of(parameter).empty()) continue;
    number = number_of(parameter);
    ++found;
  }
  if (found != 1) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return value;
}

std::string list_address(std::string_view page_url) {
  const std::size_t hash = std::min(page_url.find('#'), page_url.size());
  const std::string_view fragment = page_url.substr(hash);
  page_url = page_url.substr(0, hash);
  const std::size_t question = std::min(page_url.find('?'), page_url.size());
  std::string address(without_page_step(page_url.substr(0, question)));
  if (question < page_url.size()) address += without_dropped(page_url.substr(question + 1));
  return address.append(fragment);
}

bool is_bare_number(std::string_view id) {
  const auto is_word = [](char c) {
    return is_letter(c) || c == '-' || c == '_' || c == ' ' || c == '#';
  };
  const auto number = std::find_if_not(id.begin(), id.end(), is_word);
  return number != id.end() && std::all_of(number, id.end(), is_digit);
}

bool is_small_number(std::string_view id) {
  constexpr std::ptrdiff_t most_digits = 3;
  return is_bare_number(id) && std::count_if(id.begin(), id.end(), is_digit) <= most_digits;
}

}  // namespace testigo
