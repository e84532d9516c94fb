#include "fetch/support/asking.h"

#include <catch2/catch.hpp>
#include <utility>

namespace testigo::test {

using namespace fetch;

namespace {

constexpr Millis long_enough{20'000};

}  // namespace

TransferLimits quick() {
  TransferLimits limits;
  limits.connect = Millis(2000);
  limits.first_byte = Millis(400);
  limits.slow = Millis(1000);
  limits.slow_bytes_per_second = 100;
  limits.total = Millis(10'000);
  limits.max_body_bytes = 1 << 20;
  return limits;
}

std::unique_ptr<Transfers> transfers(TransferLimits limits, std::vector<std::string> allowed) {
  auto made = make_curl_transfers(limits, AddressGuard(std::move(allowed)), "testigo/test");
  REQUIRE(made);
  return *std::move(made);
}

TransferResult ask(Transfers& client, TransferRequest request) {
  request.id = 7;
  client.start(std::move(request));
  auto results = client.wait(long_enough);
  REQUIRE(results.size() == 1);
  CHECK(client.running() == 0);
  CHECK(results.front().id == 7);
  return std::move(results.front());
}

TransferResult get(Transfers& client, std::string url) {
  TransferRequest request;
  request.url = std::move(url);
  return ask(client, std::move(request));
}

}  // namespace testigo::test
