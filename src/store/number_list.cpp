#include "store/number_list.h"

#include <algorithm>

#include "text/utf8.h"

namespace testigo::store {

namespace {

constexpr std::size_t first_far = 53'248;  // the first number that lies behind the surrogates
constexpr std::size_t far_step = 12'288;   // which begins the second plane: U+10000

}  // namespace

void append_listed(std::string& list, std::size_t number) {
  number = std::min(number, max_listed_number);
  const std::size_t character = number + (number < first_far ? 1 : far_step);
  if (character < 0x80)
    list += static_cast<char>(character);
  else
    list += text::encode(static_cast<char32_t>(character));
}

std::vector<std::size_t> listed_numbers(std::string_view list) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = 0; at < list.size();) {
    const text::CodePoint one = text::decode(list, at);
    at += one.size;
    const std::size_t character = std::max<std::size_t>(one.value, 1);
    numbers.push_back(character - (character <= first_far ? 1 : far_step));
  }
  return numbers;
}

}  // namespace testigo::store
