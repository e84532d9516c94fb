#include "fetch/request_check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "text/normalize.h"

namespace testigo::fetch {
namespace {

bool is_token(std::string_view text) {  // RFC 9110 §5.6.2
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && (std::isalnum(byte) != 0 ||
                           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
  });
}

// They say where a message begins, ends and goes: the transfer's own business.
constexpr std::array<std::string_view, 6> framing_headers = {
    "host", "content-length", "transfer-encoding", "connection", "te", "upgrade"};

std::optional<std::string> header_fault(const Header& header) {
  if (!is_token(header.name)) return "a header's name is not a token (RFC 9110 §5.1)";
  if (!is_field_value(header.value)) {
    return "the value of header " + header.name + " has a control character in it";
  }
  const std::string name = text::ascii_lower(header.name);
  if (std::find(framing_headers.begin(), framing_headers.end(), name) != framing_headers.end()) {
    return "header " + header.name + " is set by the transfer itself; leave it out";
  }
  return {};
}

}  // namespace

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  });
}

std::optional<RequestFault> find_fault(const TransferRequest& request, const formats::Url& url,
                                       const AddressGuard& guard) {
  if (!url.is_web()) return RequestFault{TransferError::bad_url, "only http and https are asked"};
  if (!url.username.empty() || !url.password.empty()) {
    return RequestFault{TransferError::bad_url, "a URL with a user name is not asked"};
  }
  if (!is_token(request.method) || request.method == "CONNECT" || request.method == "TRACE") {
    return RequestFault{TransferError::bad_request, "the method is not one to be sent"};
  }
  for (const Header& header : request.headers) {
    if (auto fault = header_fault(header)) {
      return RequestFault{TransferError::bad_request, *std::move(fault)};
    }
  }
  if (auto reason = guard.refuse(url.host.value_or(""), *url.effective_port())) {
    return RequestFault{TransferError::refused_address, *std::move(reason)};
  }
  return {};
}

}  // namespace testigo::fetch
