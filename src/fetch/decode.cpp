#include <algorithm>
#include <array>
#include <utility>

#include "fetch/transfer.h"
#include "formats/inflate.h"
#include "text/normalize.h"

namespace testigo::fetch {
namespace {

// Beyond RFC 9110: servers put these into Content-Encoding and mean that nothing was done.
bool means_nothing(std::string_view coding) {
  constexpr std::array<std::string_view, 5> names = {"none", "binary", "utf-8", "8bit", "chunked"};
  return coding.empty() || std::find(names.begin(), names.end(), coding) != names.end();
}

// All Content-Encoding fields as one list (RFC 9110 §5.3), without those that mean nothing.
std::string codings_of(const std::vector<Header>& headers) {
  std::string codings;
  for (const Header& header : headers) {
    if (text::ascii_lower(header.name) != "content-encoding") continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      const std::string coding = text::ascii_lower(text::trim(rest.substr(0, comma)));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
      if (means_nothing(coding)) continue;
      if (!codings.empty()) codings += ", ";
      codings += coding;
    }
  }
  return codings;
}

}  // namespace

Result<Page> decode_page(Page page, std::size_t max_decoded_bytes) {
  if (page.body_as_sent.empty()) {  // a HEAD or a 304 may name the coding of a body it has not
    page.body.clear();
    return page;
  }
  auto decoded =
      formats::decode_content(codings_of(page.headers), page.body_as_sent, max_decoded_bytes);
  if (!decoded) {
    Error error = std::move(decoded).error();
    error.where = page.url;
    return fail(std::move(error));
  }
  page.body = *std::move(decoded);
  return page;
}

TransferError transfer_error_of(const Error& decoding_error) {
  return decoding_error.code == Errc::limit_exceeded ? TransferError::too_large
                                                     : TransferError::bad_encoding;
}

}  // namespace testigo::fetch
