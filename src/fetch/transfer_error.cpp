#include "fetch/transfer_error.h"

namespace testigo::fetch {

std::string_view to_string(TransferError error) {
  switch (error) {
    case TransferError::none:
      return "none";
    case TransferError::bad_url:
      return "bad_url";
    case TransferError::bad_request:
      return "bad_request";
    case TransferError::refused_address:
      return "refused_address";
    case TransferError::dns:
      return "dns";
    case TransferError::connect:
      return "connect";
    case TransferError::tls:
      return "tls";
    case TransferError::timeout:
      return "timeout";
    case TransferError::reset:
      return "reset";
    case TransferError::protocol:
      return "protocol";
    case TransferError::bad_content_length:
      return "bad_content_length";
    case TransferError::bad_encoding:
      return "bad_encoding";
    case TransferError::too_large:
      return "too_large";
    case TransferError::cancelled:
      return "cancelled";
  }
  return "unknown";
}

}  // namespace testigo::fetch
