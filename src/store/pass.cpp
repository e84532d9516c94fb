// Passes of watches: frontier.h.
#include <string>

#include "store/connection.h"
#include "store/frontier.h"

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
  Rows rows =
      c.query("SELECT state, count(*) FROM request WHERE watch = ?1 GROUP BY state", watch.id);
  while (rows.step()) {
    const auto requests = static_cast<std::size_t>(rows.integer(1));
    switch (rows.integer(0)) {
      case 2:
        state.done = requests;
        break;
      case 3:
        state.dead = requests;
        break;
      default:
        state.waiting += requests;
    }
  }
  return state;
}

Error unknown_watch(std::string_view name) {
  return {Errc::not_found, "no pass of this watch has been begun", std::string(name)};
}

}  // namespace

Result<PassState> begin_pass(Store& store, std::string_view watch, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (known && known->open && now - known->started < stale_pass_after) {
    return transaction.commit(count(c, *known, true));
  }
  if (!known) {
    c.run("INSERT INTO watch(name, pass, open, started) VALUES(?1, 1, 1, ?2)", watch, now);
  } else {
    c.run("DELETE FROM request WHERE watch = ?1", known->id);
    c.run("UPDATE watch SET pass = pass + 1, open = 1, started = ?2 WHERE id = ?1", known->id, now);
  }
  return transaction.commit(PassState{.pass = known ? known->pass + 1 : 1});
}

Result<bool> finish_pass(Store& store, std::string_view watch, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (!known) c.set_error(unknown_watch(watch));
  const bool drained = known && known->open && count(c, *known, false).waiting == 0;
  if (drained) {
    c.run("UPDATE watch SET open = 0, last_finished = ?2 WHERE id = ?1", known->id, now);
  }
  return transaction.commit(drained);
}

Result<std::size_t> abandon_pass(Store& store, std::string_view watch, std::string_view reason) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto known = find_watch(c, watch);
  if (!known) c.set_error(unknown_watch(watch));
  if (known) {
    c.run(
        "UPDATE request SET state = 3, run = NULL, leased_until = NULL, reason = ?2 "
        "WHERE watch = ?1 AND state < 2",
        known->id, reason);
  }
  return transaction.commit(static_cast<std::size_t>(c.changes()));
}

Result<std::vector<WatchState>> watches(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<WatchState> states;
  {
    Rows rows = c.query(
        "SELECT w.name, w.pass, w.started, w.last_finished, "
        "count(CASE WHEN r.state < 2 THEN 1 END), count(CASE WHEN r.state = 2 THEN 1 END), "
        "count(CASE WHEN r.state = 3 THEN 1 END) "
        "FROM watch w LEFT JOIN request r ON r.watch = w.id GROUP BY w.id ORDER BY w.name");
    while (rows.step()) {
      WatchState& state = states.emplace_back();
      state.watch = rows.text(0);
      state.pass = rows.integer(1);
      state.started = rows.time(2);
      state.last_finished = rows.maybe_time(3);
      state.waiting = static_cast<std::size_t>(rows.integer(4));
      state.done = static_cast<std::size_t>(rows.integer(5));
      state.dead = static_cast<std::size_t>(rows.integer(6));
    }
  }
  return snapshot.result(std::move(states));
}

}  // namespace testigo::store
