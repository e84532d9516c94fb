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

// A request that is not in the frontier any more (its pass was given up) is no error in any of
// these; those that end one say whether there was one.

std::size_t enqueue_within(Connection& c, std::span<const PageRequest> requests, UtcTime now);
// The answer counts against the day's budget of the host; without a time, at that of the last
// lease.
bool complete_within(Connection& c, RequestKey key, std::optional<UtcTime> answered_at = {});
// `evidence` is the row of the record that holds the page's bytes; without one, that which is known
// stays.
void put_page(Connection& c, RequestKey key, const PageState& page,
              std::optional<std::int64_t> evidence);
[[nodiscard]] std::optional<PageState> get_page(Connection& c, RequestKey key);

bool postpone_within(Connection& c, RequestKey key, UtcTime not_before, std::string_view reason);
// With a time, an answer came then, and counts against the day's budget of the host.
bool bury_within(Connection& c, RequestKey key, std::string_view reason,
                 std::optional<UtcTime> answered_at = {});
bool give_back_within(Connection& c, RequestKey key);
// To be called after the request has ended in this transaction: its page was gone. A standing
// request whose page is gone twice in a row is forgotten.
void page_gone_within(Connection& c, RequestKey key);
// Nothing of the request stays, in whatever state and watch it is; whether there was one.
bool forget_within(Connection& c, RequestKey key);
void hold_host_within(Connection& c, std::string_view host, UtcTime until);
// One more answer of the host against its day's budget, besides those that end a request.
void count_answer_within(Connection& c, const std::string& host, UtcTime at);
[[nodiscard]] std::vector<Lease> lease_within(Connection& c, RunId run, UtcTime now,
                                              const LeaseLimits& limits);
// What the run still holds goes back to the queue.
void release_run_within(Connection& c, RunId run);
// The same of one row of `lease`; how many requests there were.
std::size_t release_lease_within(Connection& c, std::int64_t lease);
// The archive_url of a request that is under way or ended in this transaction.
[[nodiscard]] std::optional<std::string> asked_url(Connection& c, RequestKey key);

// Numbers of queued requests as a lease keeps them.
[[nodiscard]] std::vector<std::int64_t> read_numbers(std::string_view bytes);
[[nodiscard]] std::string write_numbers(std::span<const std::int64_t> numbers);

// "Name: value" lines, without those that hold secrets, and back.
[[nodiscard]] std::string header_lines(const std::vector<Header>& headers);
[[nodiscard]] std::vector<Header> read_header_lines(std::string_view lines);

// Host and port of an http(s) URL, lower case: "shop.example:8080"; the whole string if it has
// none.
[[nodiscard]] std::string host_of_url(std::string_view url);

}  // namespace testigo::store
