#include "store/frontier.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/digest.h"
#include "store/connection.h"
#include "store/frontier_memory.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

// One end of one request.
Result<void> end_request(Store& store, RequestKey key, const auto& end) {
  Connection& c = store.connection();
  Transaction transaction(c);
  if (!end(c) && c.ok())
    c.set_error({Errc::not_found, "no such request is in the frontier", show_key(key.value)});
  return transaction.commit();
}

// Returns the leases of the rows; how many requests.
std::size_t release(Connection& c, Rows rows) {
  std::vector<std::int64_t> leases;
  while (rows.step()) leases.push_back(rows.integer(0));
  std::size_t returned = 0;
  for (const std::int64_t lease : leases) returned += release_lease_within(c, lease);
  return returned;
}

// The time at which something of a watch that is wanted may be asked, host by host: only where
// others' requests wait among them.
std::optional<UtcTime> next_due_among(Connection& c, const std::string& wanted) {
  const auto ms = c.integer(
      "SELECT min(due) FROM ("
      "SELECT coalesce(h.due, 0) AS due FROM queued q JOIN profile p ON p.id = q.profile "
      "LEFT JOIN host_state h ON h.id = q.id >> ?2 WHERE instr(?1, ',' || p.watch || ',') > 0 "
      "UNION ALL "
      "SELECT q.due FROM postponed q JOIN profile p ON p.id = q.profile "
      "WHERE instr(?1, ',' || p.watch || ',') > 0)",
      wanted, host_shift);
  if (!ms) return std::nullopt;
  return from_unix_ms(*ms);
}

std::optional<UtcTime> next_due_of_all(Connection& c) {
  if (c.integer("SELECT 1 FROM ready_hosts LIMIT 1")) return UtcTime{};
  std::optional<UtcTime> due;
  for (const auto ms : {c.integer("SELECT min(due) FROM host_state WHERE due IS NOT NULL"),
                        c.integer("SELECT min(due) FROM postponed")}) {
    if (ms && (!due || from_unix_ms(*ms) < *due)) due = from_unix_ms(*ms);
  }
  return due;
}

// A step without the variables that tell how one came to it, and without {url}, which is the address
// itself: so a page is one request, whether links, a sitemap or several entries lead to it.
std::string without_way(std::string_view step) {
  const std::size_t query = std::min(step.find('?'), step.size());
  std::string kept(step.substr(0, query));
  char mark = '?';
  for (std::string_view rest = step.substr(query); !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view variable = rest.substr(0, rest.find('&'));
    rest.remove_prefix(variable.size());
    if (variable.starts_with('.') || variable.starts_with("url=")) continue;
    kept += std::exchange(mark, '&');
    kept += variable;
  }
  return kept;
}

}  // namespace

RequestKey request_key(const PageRequest& request) {
  return RequestKey(key_of({request.source.value, request.watch, without_way(request.step),
                            request.method, request.archive_url, request.body}));
}

Result<std::size_t> enqueue(Store& store, std::span<const PageRequest> requests, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  return transaction.commit(enqueue_within(c, requests, now));
}

Result<std::vector<Lease>> lease(Store& store, RunId run, UtcTime now, const LeaseLimits& limits) {
  Connection& c = store.connection();
  Transaction transaction(c);
  return transaction.commit(lease_within(c, run, now, limits));
}

Result<void> complete(Store& store, RequestKey key) {
  return end_request(store, key, [&](Connection& c) { return complete_within(c, key); });
}

Result<void> postpone(Store& store, RequestKey key, UtcTime not_before, std::string_view reason) {
  return end_request(store, key,
                     [&](Connection& c) { return postpone_within(c, key, not_before, reason); });
}

Result<void> bury(Store& store, RequestKey key, std::string_view reason) {
  return end_request(store, key, [&](Connection& c) { return bury_within(c, key, reason); });
}

Result<void> give_back(Store& store, RequestKey key) {
  return end_request(store, key, [&](Connection& c) { return give_back_within(c, key); });
}

Result<std::size_t> reclaim_leases(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  return transaction.commit(
      release(c, c.query("SELECT id FROM lease WHERE until <= ?1 OR run NOT IN "
                         "(SELECT id FROM run WHERE ended IS NULL)",
                         now)));
}

Result<std::size_t> reclaim_killed_runs(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("UPDATE run SET ended = max(?1, started), exit = 1 WHERE ended IS NULL", now);
  return transaction.commit(release(c, c.query("SELECT id FROM lease")));
}

void hold_host_within(Connection& c, std::string_view host, UtcTime until) {
  FrontierMemory& memory = c.frontier();
  const std::int64_t id = memory.host(c, std::string(host)).id;
  std::optional<UtcTime> due;
  if (memory.ready_hosts().contains(c, id)) due = until;
  // One that waits already for the next day's budget waits for the later of the two.
  c.run(
      "INSERT INTO host_state(id, held_until, due) VALUES(?1, ?2, ?3) "
      "ON CONFLICT DO UPDATE SET held_until = max(held_until, ?2), "
      "due = CASE WHEN due IS NULL THEN excluded.due ELSE max(due, ?2) END",
      id, until, due);
  memory.has_no_request(c, id);
}

Result<void> hold_host(Store& store, std::string_view host, UtcTime until) {
  Connection& c = store.connection();
  Transaction transaction(c);
  hold_host_within(c, host, until);
  return transaction.commit();
}

Result<std::size_t> over_budget(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const auto hosts =
      c.integer("SELECT count(*) FROM host_state WHERE due > ?1 AND capped", now).value_or(0);
  return snapshot.result(static_cast<std::size_t>(hosts));
}

Result<std::optional<UtcTime>> next_due(Store& store, std::span<const std::string> watches) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::string wanted = ",";
  bool waiting = false;
  bool others = false;
  {
    Rows rows = c.query("SELECT id, name FROM watch WHERE waiting > leased");
    while (rows.step()) {
      const bool is_wanted = watches.empty() || std::find(watches.begin(), watches.end(),
                                                          rows.text(1)) != watches.end();
      (is_wanted ? waiting : others) = true;
      if (is_wanted) wanted += std::to_string(rows.integer(0)) + ",";
    }
  }
  std::optional<UtcTime> due;
  if (waiting) due = others ? next_due_among(c, wanted) : next_due_of_all(c);
  return snapshot.result(due);
}

Result<std::vector<DeadRequest>> dead_requests(Store& store, std::string_view watch) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<DeadRequest> dead;
  {
    Rows rows = c.query(
        "SELECT w.name, r.url, r.reason, r.attempts, r.entry FROM dead r "
        "JOIN watch w ON w.id = r.watch WHERE w.name = ?1 ORDER BY r.seq",
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
