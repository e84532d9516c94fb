// Passes of watches: frontier.h.
#include <string>

#include "store/connection.h"
#include "store/frontier.h"
#include "store/frontier_memory.h"

namespace testigo::store {

namespace {

struct WatchRow {
  std::int64_t id = 0;
  std::int64_t pass = 0;
  bool open = false;
  UtcTime started{};
};

std::optional<WatchRow> find_watch(Connection& c, std::string_view name) {
  Rows rows = c.query("SELECT id, pass, open, started FROM watch WHERE name = ?1", name);
  if (!rows.step()) return std::nullopt;
  return WatchRow{rows.integer(0), rows.integer(1), rows.integer(2) != 0, rows.time(3)};
}

PassState count(Connection& c, const WatchRow& watch, bool resumed) {
  PassState state{.pass = watch.pass, .resumed = resumed};
  Rows rows = c.query("SELECT waiting, done, dead, not_due FROM watch WHERE id = ?1", watch.id);
  if (!rows.step()) return state;
  state.waiting = static_cast<std::size_t>(rows.integer(0));
  state.done = static_cast<std::size_t>(rows.integer(1));
  state.dead = static_cast<std::size_t>(rows.integer(2));
  state.not_due = static_cast<std::size_t>(rows.integer(3));
  return state;
}

// Takes whatever waits in a watch out of the queue. Standing requests are remembered.
void clear_queue(Connection& c, std::int64_t watch) {
  FrontierMemory& memory = c.frontier();
  for (const RequestKey key : memory.of_watch(c, watch)) memory.unlease(c, key);
  c.run(
      "INSERT OR IGNORE INTO standing SELECT ?1, q.key, q.id >> ?2, q.profile, q.depth, q.url, "
      "q.variables, q.body, 0 FROM queued q JOIN profile p ON p.id = q.profile "
      "WHERE p.watch = ?1 AND q.standing AND NOT q.entry",
      watch, host_shift);
  c.run(
      "INSERT OR IGNORE INTO standing SELECT ?1, q.key, q.id >> ?2, q.profile, q.depth, q.url, "
      "q.variables, q.body, 0 FROM postponed q JOIN profile p ON p.id = q.profile "
      "WHERE p.watch = ?1 AND q.standing AND NOT q.entry",
      watch, host_shift);
  c.run("DELETE FROM queued WHERE profile IN (SELECT id FROM profile WHERE watch = ?1)", watch);
  c.run("DELETE FROM postponed WHERE profile IN (SELECT id FROM profile WHERE watch = ?1)", watch);
}

void forget_requests(Connection& c, std::int64_t watch, bool some_wait) {
  FrontierMemory& memory = c.frontier();
  if (some_wait) clear_queue(c, watch);
  c.run("DELETE FROM dead WHERE watch = ?1", watch);
  c.run(
      "DELETE FROM profile WHERE watch = ?1 AND id NOT IN "
      "(SELECT profile FROM standing WHERE watch = ?1)",
      watch);
  memory.forget_known(c, watch);
  memory.forget_profiles();
}

// Queues the standing requests whose pages are due by then; how many.
std::size_t queue_standing(Connection& c, std::int64_t watch, std::size_t standing, UtcTime now,
                           UtcTime due_by) {
  FrontierMemory& memory = c.frontier();
  constexpr std::int64_t oldest = (std::int64_t{1} << age_bits) - 1;
  constexpr std::int64_t deepest = (1 << depth_bits) - 1;
  c.run(
      "INSERT INTO queued SELECT (s.host << ?3) | (min(max(s.depth, 0), ?5) << ?4) | "
      "((?6 + row_number() OVER ()) & ?7), s.key, s.profile, s.depth, 0, 1, 0, s.url, s.variables, "
      "s.body FROM standing s LEFT JOIN page p ON p.request = s.key WHERE s.watch = ?1 "
      "AND (p.revisit_after IS NULL OR p.seen_at + 1000 * p.revisit_after <= ?2)",
      watch, due_by, host_shift, age_bits, deepest, memory.next_requests(standing + 1), oldest);
  const auto queued = static_cast<std::size_t>(c.changes());
  // Those of hosts that are held: when they come free. A host that gives nothing leaves the round.
  c.run(
      "UPDATE host_state SET due = held_until WHERE due IS NULL AND held_until > ?2 "
      "AND id IN (SELECT host FROM standing WHERE watch = ?1)",
      watch, now);
  Rows hosts = c.query(
      "SELECT DISTINCT host FROM standing WHERE watch = ?1 "
      "EXCEPT SELECT id FROM host_state WHERE due IS NOT NULL",
      watch);
  while (hosts.step()) memory.ready_hosts().insert(c, hosts.integer(0));
  return queued;
}

// Whatever waits in a watch is dead.
void bury_all(Connection& c, std::int64_t watch, std::string_view reason) {
  c.run(
      "INSERT INTO dead(watch, key, url, reason, attempts, entry) "
      "SELECT ?1, q.key, q.url, ?2, q.attempts, q.entry FROM queued q "
      "JOIN profile p ON p.id = q.profile WHERE p.watch = ?1",
      watch, reason);
  c.run(
      "INSERT INTO dead(watch, key, url, reason, attempts, entry) "
      "SELECT ?1, q.key, q.url, ?2, q.attempts, q.entry FROM postponed q "
      "JOIN profile p ON p.id = q.profile WHERE p.watch = ?1",
      watch, reason);
  clear_queue(c, watch);
  c.run("UPDATE watch SET dead = dead + waiting, waiting = 0, leased = 0 WHERE id = ?1", watch);
}

Error unknown_watch(std::string_view name) {
  return {Errc::not_found, "no pass of this watch has been begun", std::string(name)};
}

}  // namespace

Result<PassState> begin_pass(Store& store, std::string_view watch, UtcTime now,
                             std::optional<UtcTime> due_by) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (known && known->open && now - known->started < stale_pass_after) {
    return transaction.commit(count(c, *known, true));
  }
  if (!known) {
    c.run("INSERT INTO watch(name, pass, open, started) VALUES(?1, 1, 1, ?2)", watch, now);
    c.frontier().forget_watches();
    return transaction.commit(PassState{.pass = 1});
  }
  forget_requests(c, known->id, count(c, *known, false).waiting > 0);
  const auto standing = static_cast<std::size_t>(
      c.integer("SELECT count(*) FROM standing WHERE watch = ?1", known->id).value_or(0));
  PassState state{.pass = known->pass + 1};
  if (standing > 0) state.waiting = queue_standing(c, known->id, standing, now, due_by.value_or(now));
  state.not_due = standing - state.waiting;
  c.run(
      "UPDATE watch SET pass = pass + 1, open = 1, started = ?2, waiting = ?3, leased = 0, "
      "done = 0, dead = 0, not_due = ?4 WHERE id = ?1",
      known->id, now, state.waiting, state.not_due);
  c.frontier().forget_watches();
  return transaction.commit(state);
}

Result<bool> finish_pass(Store& store, std::string_view watch, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (!known) c.set_error(unknown_watch(watch));
  const bool drained = known && known->open && count(c, *known, false).waiting == 0;
  if (drained) {
    c.run("UPDATE watch SET open = 0, last_finished = ?2 WHERE id = ?1", known->id, now);
    c.frontier().forget_watches();
  }
  return transaction.commit(drained);
}

Result<std::size_t> abandon_pass(Store& store, std::string_view watch, std::string_view reason) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (!known) c.set_error(unknown_watch(watch));
  std::size_t given_up = 0;
  if (known) {
    given_up = count(c, *known, false).waiting;
    bury_all(c, known->id, reason);
  }
  return transaction.commit(given_up);
}

Result<std::vector<WatchState>> watches(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<WatchState> states;
  {
    Rows rows = c.query(
        "SELECT name, pass, started, last_finished, waiting, done, dead, not_due FROM watch "
        "ORDER BY name");
    while (rows.step()) {
      WatchState& state = states.emplace_back();
      state.watch = rows.text(0);
      state.pass = rows.integer(1);
      state.started = rows.time(2);
      state.last_finished = rows.maybe_time(3);
      state.waiting = static_cast<std::size_t>(rows.integer(4));
      state.done = static_cast<std::size_t>(rows.integer(5));
      state.dead = static_cast<std::size_t>(rows.integer(6));
      state.not_due = static_cast<std::size_t>(rows.integer(7));
    }
  }
  return snapshot.result(std::move(states));
}

}  // namespace testigo::store
