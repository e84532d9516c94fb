#include "store/frontier.h"

#include <algorithm>
#include <utility>

#include "core/digest.h"
#include "store/connection.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

struct Host {
  std::int64_t id = 0;
  std::string name;
};

// Hosts with something queued that may be asked now, beginning after the one served last, so that
// each has its turn.
std::vector<Host> hosts_in_turn(Connection& c, UtcTime now) {
  std::vector<Host> hosts;
  {
    // One probe of the index per host, however many requests it has.
    Rows rows = c.query(
        "WITH RECURSIVE waiting(host) AS ("
        "SELECT min(host) FROM request WHERE state = 0 UNION ALL "
        "SELECT (SELECT min(host) FROM request WHERE state = 0 AND host > waiting.host) "
        "FROM waiting WHERE waiting.host IS NOT NULL) "
        "SELECT h.id, h.name FROM waiting JOIN host h ON h.id = waiting.host "
        "WHERE h.not_before <= ?1",
        now);
    while (rows.step()) hosts.push_back({rows.integer(0), std::string(rows.text(1))});
  }
  const auto last = c.integer("SELECT value FROM setting WHERE name = 'last_host'").value_or(0);
  const auto after =
      std::find_if(hosts.begin(), hosts.end(), [&](const Host& host) { return host.id > last; });
  std::rotate(hosts.begin(), after, hosts.end());
  return hosts;
}

// The numbers of some watches as ",1,5,"; nothing where any watch will do.
std::optional<std::string> numbers_of(Connection& c, std::span<const std::string> watches) {
  if (watches.empty()) return std::nullopt;
  std::string numbers = ",";
  for (const std::string& watch : watches) {
    const auto id = c.integer("SELECT id FROM watch WHERE name = ?1", watch);
    if (id) numbers += std::to_string(*id) + ",";
  }
  return numbers;
}

std::size_t leased_of(Connection& c, std::int64_t host) {
  return static_cast<std::size_t>(
      c.integer("SELECT count(*) FROM request WHERE state = 1 AND host = ?1", host).value_or(0));
}

// The next request of a host, marked as leased.
std::optional<Lease> lease_next(Connection& c, const Host& host,
                                const std::optional<std::string>& watches, RunId run, UtcTime now,
                                UtcTime until) {
  Lease lease;
  std::int64_t seq = 0;
  {
    Rows rows = c.query(
        "SELECT r.seq, r.id, r.source, w.name, r.step, r.method, r.url, r.headers, r.body, "
        "r.depth, "
        "r.entry, r.attempts FROM request r JOIN watch w ON w.id = r.watch "
        "WHERE r.state = 0 AND r.host = ?1 AND r.not_before <= ?2 "
        "AND (?3 IS NULL OR instr(?3, ',' || r.watch || ',') > 0) "
        "ORDER BY r.depth, r.seq LIMIT 1",
        host.id, now, watches);
    if (!rows.step()) return std::nullopt;
    seq = rows.integer(0);
    lease.key = RequestKey(rows.integer(1));
    PageRequest& request = lease.request;
    request.source = SourceId(std::string(rows.text(2)));
    request.watch = rows.text(3);
    request.step = rows.text(4);
    request.method = rows.text(5);
    request.url = request.archive_url = rows.text(6);
    request.headers = read_header_lines(rows.text(7));
    request.body = rows.text(8);
    request.depth = static_cast<int>(rows.integer(9));
    request.entry = rows.integer(10) != 0;
    lease.attempts = static_cast<int>(rows.integer(11));
    lease.host = host.name;
  }
  c.run("UPDATE request SET state = 1, run = ?2, leased_until = ?3 WHERE seq = ?1", seq, run,
        until);
  lease.page = get_page(c, lease.key);
  return lease;
}

// One change to one request, found by its key.
Result<void> change_request(Store& store, RequestKey key, const auto& change) {
  Connection& c = store.connection();
  Transaction transaction(c);
  change(c);
  if (c.ok() && c.changes() == 0) {
    c.set_error({Errc::not_found, "no such request is in the frontier", show_key(key.value)});
  }
  return transaction.commit();
}

}  // namespace

RequestKey request_key(const PageRequest& request) {
  return RequestKey(key_of({request.source.value, request.watch, request.step, request.method,
                            request.archive_url, request.body}));
}

Result<std::size_t> enqueue(Store& store, std::span<const PageRequest> requests, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  return transaction.commit(enqueue_within(c, requests, now));
}

std::vector<Lease> lease_within(Connection& c, RunId run, UtcTime now, const LeaseLimits& limits) {
  struct Turn {
    Host host;
    std::size_t left = 0;
  };
  std::vector<Turn> turns;
  for (Host& host : hosts_in_turn(c, now)) {
    const std::size_t leased = leased_of(c, host.id);
    if (leased < limits.per_host) turns.push_back({std::move(host), limits.per_host - leased});
  }
  const std::optional<std::string> watches = numbers_of(c, limits.watches);
  std::vector<Lease> leases;
  std::int64_t last_host = 0;
  while (!turns.empty() && leases.size() < limits.requests && c.ok()) {
    for (Turn& turn : turns) {
      if (leases.size() >= limits.requests) break;
      if (auto next = lease_next(c, turn.host, watches, run, now, now + limits.duration)) {
        leases.push_back(std::move(*next));
        last_host = turn.host.id;
        --turn.left;
      } else {
        turn.left = 0;
      }
    }
    std::erase_if(turns, [](const Turn& turn) { return turn.left == 0; });
  }
  if (last_host != 0) {
    c.run("INSERT OR REPLACE INTO setting VALUES('last_host', ?1)", last_host);
  }
  return leases;
}

Result<std::vector<Lease>> lease(Store& store, RunId run, UtcTime now, const LeaseLimits& limits) {
  Connection& c = store.connection();
  Transaction transaction(c);
  return transaction.commit(lease_within(c, run, now, limits));
}

void postpone_within(Connection& c, RequestKey key, UtcTime not_before, std::string_view reason) {
  c.run(
      "UPDATE request SET state = 0, run = NULL, leased_until = NULL, attempts = attempts + 1, "
      "not_before = ?2, reason = ?3 WHERE id = ?1",
      key, not_before, reason);
}

void bury_within(Connection& c, RequestKey key, std::string_view reason) {
  c.run(
      "UPDATE request SET state = 3, run = NULL, leased_until = NULL, attempts = attempts + 1, "
      "reason = ?2 WHERE id = ?1",
      key, reason);
}

void give_back_within(Connection& c, RequestKey key) {
  c.run("UPDATE request SET state = 0, run = NULL, leased_until = NULL WHERE id = ?1", key);
}

void hold_host_within(Connection& c, std::string_view host, UtcTime until) {
  c.run(
      "INSERT INTO host(name, not_before) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE "
      "SET not_before = max(not_before, excluded.not_before)",
      host, until);
}

Result<void> complete(Store& store, RequestKey key) {
  return change_request(store, key, [&](Connection& c) { complete_within(c, key); });
}

Result<void> postpone(Store& store, RequestKey key, UtcTime not_before, std::string_view reason) {
  return change_request(store, key, [&](Connection& c) { postpone_within(c, key, not_before, reason); });
}

Result<void> bury(Store& store, RequestKey key, std::string_view reason) {
  return change_request(store, key, [&](Connection& c) { bury_within(c, key, reason); });
}

Result<void> give_back(Store& store, RequestKey key) {
  return change_request(store, key, [&](Connection& c) { give_back_within(c, key); });
}

Result<std::size_t> reclaim_leases(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run(
      "UPDATE request SET state = 0, run = NULL, leased_until = NULL WHERE state = 1 AND "
      "(leased_until <= ?1 OR run NOT IN (SELECT id FROM run WHERE ended IS NULL))",
      now);
  return transaction.commit(static_cast<std::size_t>(c.changes()));
}

Result<std::size_t> reclaim_killed_runs(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("UPDATE run SET ended = max(?1, started), exit = 1 WHERE ended IS NULL", now);
  c.run("UPDATE request SET state = 0, run = NULL, leased_until = NULL WHERE state = 1");
  return transaction.commit(static_cast<std::size_t>(c.changes()));
}

Result<void> hold_host(Store& store, std::string_view host, UtcTime until) {
  Connection& c = store.connection();
  Transaction transaction(c);
  hold_host_within(c, host, until);
  return transaction.commit();
}

Result<std::optional<UtcTime>> next_due(Store& store, std::span<const std::string> watches) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const auto ms = c.integer(
      "SELECT min(max(r.not_before, h.not_before)) FROM request r JOIN host h ON h.id = r.host "
      "WHERE r.state = 0 AND (?1 IS NULL OR instr(?1, ',' || r.watch || ',') > 0)",
      numbers_of(c, watches));
  std::optional<UtcTime> due;
  if (ms) due = from_unix_ms(*ms);
  return snapshot.result(due);
}

Result<std::vector<DeadRequest>> dead_requests(Store& store, std::string_view watch) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<DeadRequest> dead;
  {
    Rows rows = c.query(
        "SELECT w.name, r.url, r.reason, r.attempts, r.entry FROM request r "
        "JOIN watch w ON w.id = r.watch WHERE w.name = ?1 AND r.state = 3 ORDER BY r.seq",
        watch);
    while (rows.step()) {
      dead.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                      std::string(rows.text(2)), static_cast<int>(rows.integer(3)),
                      rows.integer(4) != 0});
    }
  }
  return snapshot.result(std::move(dead));
}

Result<std::optional<PageState>> find_page(Store& store, RequestKey key) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  return snapshot.result(get_page(c, key));
}

}  // namespace testigo::store
