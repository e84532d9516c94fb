#include "fetch/curl_outcome.h"

#include <curl/curl.h>

namespace testigo::fetch {

TransferError kind_of(int code, std::string_view message) {
  switch (code) {
    case CURLE_OK:
      return TransferError::none;
    case CURLE_URL_MALFORMAT:
      return TransferError::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return TransferError::dns;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return TransferError::connect;
    case CURLE_OPERATION_TIMEDOUT:
      return TransferError::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return TransferError::tls;
    case CURLE_PARTIAL_FILE:
      return TransferError::bad_content_length;
    case CURLE_BAD_CONTENT_ENCODING:
      return TransferError::bad_encoding;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:  // what libcurl calls one header line of more than 100 kB
      return TransferError::too_large;
    case CURLE_WEIRD_SERVER_REPLY:
      return message.find("Content-Length") != std::string_view::npos
                 ? TransferError::bad_content_length
                 : TransferError::protocol;
    case CURLE_RECV_ERROR:
      // A broken chunk arrives under the same code as a broken connection.
      return message.find("chunk") != std::string_view::npos ? TransferError::bad_encoding
                                                             : TransferError::reset;
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_HTTP2_STREAM:
      return TransferError::reset;
    default:
      return TransferError::protocol;
  }
}

std::string http_version_name(long version) {
  switch (version) {
    case CURL_HTTP_VERSION_1_0:
      return "1.0";
    case CURL_HTTP_VERSION_1_1:
      return "1.1";
    case CURL_HTTP_VERSION_2_0:
      return "2";
    case CURL_HTTP_VERSION_3:
      return "3";
    default:
      return {};
  }
}

}  // namespace testigo::fetch
