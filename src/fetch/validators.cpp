#include "fetch/validators.h"

#include <algorithm>
#include <string_view>

namespace testigo::fetch {
namespace {

// Longer validators than this are a tracking device; asking without is always right.
constexpr std::size_t max_validator_bytes = 1024;

bool fits_a_header(std::string_view value) {
  return !value.empty() && value.size() <= max_validator_bytes &&
         std::none_of(value.begin(), value.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

Validators validators_of(const std::vector<Header>& answer_headers) {
  Validators validators;
  const auto etag = find_header(answer_headers, "ETag");
  const auto modified = find_header(answer_headers, "Last-Modified");
  if (etag && fits_a_header(*etag)) validators.etag = *etag;
  if (modified && fits_a_header(*modified)) validators.last_modified = *modified;
  return validators;
}

std::vector<Header> conditional_headers(const Validators& validators) {
  std::vector<Header> headers;
  if (fits_a_header(validators.etag)) headers.push_back({"If-None-Match", validators.etag});
  if (fits_a_header(validators.last_modified)) {
    headers.push_back({"If-Modified-Since", validators.last_modified});
  }
  return headers;
}

}  // namespace testigo::fetch
