#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fetch/transfer.h"

namespace testigo::test {

// Limits short enough for tests; each test that waits for one says which.
[[nodiscard]] fetch::TransferLimits quick();

// A client that trusts this machine, or whom the test says.
[[nodiscard]] std::unique_ptr<fetch::Transfers> transfers(fetch::TransferLimits limits = quick(),
                                                          std::vector<std::string> allowed = {
                                                              "127.0.0.1"});

// The one result of one request.
[[nodiscard]] fetch::TransferResult ask(fetch::Transfers& client, fetch::TransferRequest request);
[[nodiscard]] fetch::TransferResult get(fetch::Transfers& client, std::string url);

}  // namespace testigo::test
