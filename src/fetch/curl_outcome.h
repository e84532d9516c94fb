#pragma once

#include <string>
#include <string_view>

#include "fetch/transfer_error.h"

namespace testigo::fetch {

// What a code of libcurl (CURLcode) means for the ledger. `message` is what it wrote to the error
// buffer: some codes stand for several things.
[[nodiscard]] TransferError kind_of(int code, std::string_view message);

// "1.0", "1.1", "2", "3" of CURLINFO_HTTP_VERSION; empty where there was no answer.
[[nodiscard]] std::string http_version_name(long version);

}  // namespace testigo::fetch
