#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "store/connection.h"
#include "store/frontier.h"

namespace testigo::store {

// The frontier's steps within a transaction that somebody else holds.

enum class RequestState : std::uint8_t { queued, leased, done, dead };

std::size_t enqueue_within(Connection& c, std::span<const PageRequest> requests, UtcTime now);
// A request that was forgotten meanwhile (its pass was given up) is no error here.
void complete_within(Connection& c, RequestKey key);
// `evidence` is the row of the record that holds the page's bytes; without one, that which is known
// stays.
void put_page(Connection& c, RequestKey key, const PageState& page,
              std::optional<std::int64_t> evidence);
[[nodiscard]] std::optional<PageState> get_page(Connection& c, RequestKey key);

void postpone_within(Connection& c, RequestKey key, UtcTime not_before, std::string_view reason);
void bury_within(Connection& c, RequestKey key, std::string_view reason);
void give_back_within(Connection& c, RequestKey key);
void hold_host_within(Connection& c, std::string_view host, UtcTime until);
[[nodiscard]] std::vector<Lease> lease_within(Connection& c, RunId run, UtcTime now,
                                              const LeaseLimits& limits);

// "Name: value" lines, without those that hold secrets, and back.
[[nodiscard]] std::string header_lines(const std::vector<Header>& headers);
[[nodiscard]] std::vector<Header> read_header_lines(std::string_view lines);

// Host and port of an http(s) URL, lower case: "shop.example:8080"; the whole string if it has
// none.
[[nodiscard]] std::string host_of_url(std::string_view url);

}  // namespace testigo::store
