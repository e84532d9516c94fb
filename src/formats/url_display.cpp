#include "formats/url_display.h"

namespace testigo::formats {

std::string without_user(std::string_view url) {
  constexpr std::string_view before_authority = "://";
  const std::size_t scheme_end = url.find(before_authority);
  if (scheme_end == std::string_view::npos) return std::string(url);
  const std::size_t begin = scheme_end + before_authority.size();
  const std::string_view authority = url.substr(begin, url.find_first_of("/?#\\", begin) - begin);
  const std::size_t user_end = authority.rfind('@');
  if (user_end == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, begin)).append(url.substr(begin + user_end + 1));
}

}  // namespace testigo::formats
