#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fetch/address_guard.h"
#include "fetch/transfer.h"
#include "formats/url.h"

namespace testigo::fetch {

// Why a request cannot be sent.
struct RequestFault {
  TransferError error = TransferError::none;
  std::string detail;  // never holds the URL, which may hold a secret
};

// Whether a text may stand as a header's value (RFC 9110 §5.5): it has no control character but the
// tab, so that it ends no line early.
[[nodiscard]] bool is_field_value(std::string_view text);

// Nothing that came from a page or a rules file may end a header line early (CRLF injection), frame
// the message in its own way, or name a user. `guard` judges literal addresses and ports.
[[nodiscard]] std::optional<RequestFault> find_fault(const TransferRequest& request,
                                                     const formats::Url& url,
                                                     const AddressGuard& guard);

}  // namespace testigo::fetch
