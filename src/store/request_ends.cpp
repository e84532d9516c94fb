// How requests end: requests.h.
#include <algorithm>

#include "store/frontier_memory.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

using Leased = FrontierMemory::Leased;

// A request that waits without being leased. Who ends one knows only its key, and no index has it:
// only a lease that ran out before its answer came makes this necessary.
std::optional<Leased> find_queued(Connection& c, RequestKey key) {
  Rows rows = c.query("SELECT id, profile, standing AND NOT entry FROM queued WHERE key = ?1", key);
  if (!rows.step()) return std::nullopt;
  return Leased{rows.integer(0), rows.integer(1), rows.integer(2) != 0, 0};
}

// The same of one that is postponed, after taking it back to the queue.
std::optional<Leased> find_postponed(Connection& c, RequestKey key) {
  const auto number = c.integer("SELECT id FROM postponed WHERE key = ?1", key);
  if (!number) return std::nullopt;
  c.run(
      "INSERT INTO queued SELECT id, key, profile, depth, entry, standing, attempts, url, "
      "variables, body FROM postponed WHERE id = ?1",
      *number);
  c.run("DELETE FROM postponed WHERE id = ?1", *number);
  return find_queued(c, key);
}

std::optional<Leased> find_request(Connection& c, FrontierMemory& memory, RequestKey key) {
  if (const Leased* leased = memory.leased(key)) return *leased;
  if (memory.hides(key)) return std::nullopt;
  if (auto queued = find_queued(c, key)) return queued;
  return find_postponed(c, key);
}

// It is no longer under way, and its row goes.
void end(Connection& c, FrontierMemory& memory, RequestKey key, const Leased& request) {
  auto& counts = memory.counts(memory.profile(c, request.profile).watch);
  --counts.waiting;
  if (request.lease != 0) {
    --counts.leased;
    memory.end(c, key);
  } else {
    memory.hide(key, request);
  }
}

// Standing requests outlive their pass. `answered` ends a row of answers that said they were gone,
// unless page_gone_within says that this one did, too.
void remember(Connection& c, FrontierMemory& memory, RequestKey key, const Leased& request,
              bool answered) {
  if (!request.remembered) return;
  FrontierMemory::Ended ended{memory.profile(c, request.profile).watch,
                              host_of_number(request.number), 0};
  ended.gone = static_cast<int>(
      c.integer("SELECT gone FROM standing WHERE watch = ?1 AND key = ?2", ended.watch, key)
          .value_or(0));
  c.run(
      "INSERT INTO standing SELECT ?1, key, ?2, profile, depth, url, variables, body, 0 "
      "FROM queued WHERE id = ?3 ON CONFLICT DO UPDATE SET gone = CASE WHEN ?4 THEN 0 ELSE gone "
      "END",
      ended.watch, ended.host, request.number, answered);
  memory.ended_standing.emplace(key.value, ended);
}

// Back to those that may be asked. The lease's row would name it still, so that it is written anew.
void release(Connection& c, FrontierMemory& memory, RequestKey key, const Leased& leased) {
  std::vector<std::int64_t> numbers =
      read_numbers(c.text("SELECT requests FROM lease WHERE id = ?1", leased.lease).value_or(""));
  std::erase(numbers, leased.number);
  const std::string bytes = write_numbers(numbers);
  c.run("UPDATE lease SET requests = ?2 WHERE id = ?1", leased.lease, Blob{bytes});
  --memory.counts(memory.profile(c, leased.profile).watch).leased;
  memory.has_request(c, {host_of_number(leased.number), false});
  memory.unlease(c, key);
}

}  // namespace

bool complete_within(Connection& c, RequestKey key, std::optional<UtcTime> answered_at) {
  FrontierMemory& memory = c.frontier();
  const auto request = find_request(c, memory, key);
  if (!request) return false;
  remember(c, memory, key, *request, true);
  memory.count_answer(host_of_number(request->number), answered_at.value_or(memory.now));
  ++memory.counts(memory.profile(c, request->profile).watch).done;
  end(c, memory, key, *request);
  return true;
}

bool postpone_within(Connection& c, RequestKey key, UtcTime not_before, std::string_view reason) {
  FrontierMemory& memory = c.frontier();
  const auto request = find_request(c, memory, key);
  if (!request) return false;
  c.run(
      "INSERT INTO postponed SELECT id, key, profile, depth, entry, standing, attempts + 1, url, "
      "variables, body, ?2, ?3 FROM queued WHERE id = ?1",
      request->number, not_before, reason);
  memory.count_answer(host_of_number(request->number), memory.now);
  ++memory.counts(memory.profile(c, request->profile).watch).waiting;
  end(c, memory, key, *request);
  return true;
}

bool bury_within(Connection& c, RequestKey key, std::string_view reason,
                 std::optional<UtcTime> answered_at) {
  FrontierMemory& memory = c.frontier();
  const auto request = find_request(c, memory, key);
  if (!request) return false;
  const std::int64_t watch = memory.profile(c, request->profile).watch;
  c.run(
      "INSERT INTO dead(watch, key, url, reason, attempts, entry) "
      "SELECT ?2, key, url, ?3, attempts + 1, entry FROM queued WHERE id = ?1",
      request->number, watch, reason);
  remember(c, memory, key, *request, false);
  if (answered_at) memory.count_answer(host_of_number(request->number), *answered_at);
  ++memory.counts(watch).dead;
  end(c, memory, key, *request);
  return true;
}

void count_answer_within(Connection& c, const std::string& host, UtcTime at) {
  FrontierMemory& memory = c.frontier();
  memory.count_answer(memory.host(c, host).id, at);
}

bool forget_within(Connection& c, RequestKey key) {
  FrontierMemory& memory = c.frontier();
  bool found = false;
  if (const auto request = find_request(c, memory, key)) {
    found = true;
    ++memory.counts(memory.profile(c, request->profile).watch).done;
    end(c, memory, key, *request);
  }
  std::vector<std::int64_t> watches;
  {
    Rows rows = c.query("SELECT watch FROM dead WHERE key = ?1", key);
    while (rows.step()) watches.push_back(rows.integer(0));
  }
  for (const std::int64_t watch : watches) {
    --memory.counts(watch).dead;
    ++memory.counts(watch).done;
  }
  c.run("DELETE FROM dead WHERE key = ?1", key);
  c.run("DELETE FROM standing WHERE key = ?1", key);
  found = found || !watches.empty() || c.changes() > 0;
  c.run("DELETE FROM page WHERE request = ?1", key);
  return found;
}

bool give_back_within(Connection& c, RequestKey key) {
  FrontierMemory& memory = c.frontier();
  const Leased* leased = memory.leased(key);
  if (leased) release(c, memory, key, Leased(*leased));
  return leased || find_queued(c, key);
}

void page_gone_within(Connection& c, RequestKey key) {
  FrontierMemory& memory = c.frontier();
  const auto ended = memory.ended_standing.find(key.value);
  if (ended == memory.ended_standing.end()) return;
  const auto [watch, host, gone] = ended->second;
  if (gone == 0) {
    c.run("UPDATE standing SET gone = 1 WHERE watch = ?1 AND key = ?2", watch, key);
    return;
  }
  c.run("DELETE FROM standing WHERE watch = ?1 AND key = ?2", watch, key);
  c.run("DELETE FROM page WHERE request = ?1", key);
  if (!memory.knows(c, watch, host, key)) memory.know(watch, host, key);  // asked in this pass
}

void release_run_within(Connection& c, RunId run) {
  std::vector<std::int64_t> leases;
  {
    Rows rows = c.query("SELECT id FROM lease WHERE run = ?1", run);
    while (rows.step()) leases.push_back(rows.integer(0));
  }
  for (const std::int64_t lease : leases) release_lease_within(c, lease);
}

std::size_t release_lease_within(Connection& c, std::int64_t lease) {
  FrontierMemory& memory = c.frontier();
  const std::vector<RequestKey> keys = memory.of_lease(lease);
  for (const RequestKey key : keys) {
    const Leased leased = *memory.leased(key);
    --memory.counts(memory.profile(c, leased.profile).watch).leased;
    memory.has_request(c, {host_of_number(leased.number), false});
    memory.unlease(c, key);
  }
  c.run("DELETE FROM lease WHERE id = ?1", lease);
  return keys.size();
}

std::optional<std::string> asked_url(Connection& c, RequestKey key) {
  const auto number = c.frontier().number_of(key);
  if (!number) return std::nullopt;
  return c.text("SELECT url FROM queued WHERE id = ?1", *number);
}

std::vector<std::int64_t> read_numbers(std::string_view bytes) {
  std::vector<std::int64_t> numbers(bytes.size() / 8);
  for (std::size_t i = 0; i < numbers.size() * 8; ++i) {
    const auto byte = static_cast<std::int64_t>(static_cast<unsigned char>(bytes[i]));
    numbers[i / 8] |= byte << (i % 8 * 8);
  }
  return numbers;
}

std::string write_numbers(std::span<const std::int64_t> numbers) {
  std::string bytes;
  bytes.reserve(numbers.size() * 8);
  for (const std::int64_t number : numbers)
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

}  // namespace testigo::store
