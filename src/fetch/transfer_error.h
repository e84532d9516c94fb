#pragma once

#include <cstdint>
#include <string_view>

namespace testigo::fetch {

// Why a transfer brought no answer. The coverage ledger counts failures by these names.
enum class TransferError : std::uint8_t {
  none,                // there is an HTTP answer, whatever its status
  bad_url,             // not an absolute http or https URL, or it carries a user name
  bad_request,         // a method or header that must not be sent (CR, LF, NUL in it)
  refused_address,     // the address guard said no
  dns,                 // the name has no address
  connect,             // no connection to any address
  tls,                 // handshake or certificate
  timeout,             // connecting, first byte, speed or total
  reset,               // the connection broke, or ended before an answer
  protocol,            // what came is not HTTP
  bad_content_length,  // the body is shorter than announced, or the length is not one number
  bad_encoding,        // Transfer-Encoding or Content-Encoding that cannot be undone
  too_large,           // headers, or the body as sent or decoded, beyond the limits
  cancelled,           // we gave it up ourselves
};
// "refused_address", …: the enumerator's own name.
[[nodiscard]] std::string_view to_string(TransferError error);

}  // namespace testigo::fetch
