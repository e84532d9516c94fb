// Which requests are asked next: lease_within of requests.h.
#include <algorithm>
#include <optional>
#include <utility>

#include "store/frontier_memory.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

UtcTime next_day(UtcTime now) {
  return std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
}

std::vector<std::int64_t> column_of(Rows rows) {
  std::vector<std::int64_t> values;
  while (rows.step()) values.push_back(rows.integer(0));
  return values;
}

// Nobody may ask for a longer rest than a day's: what lies further away was said by a clock that was
// wrong, or to an earlier version.
void cut_holds(Connection& c, UtcTime now) {
  c.run(
      "UPDATE host_state SET held_until = min(held_until, ?1), due = min(due, ?1) "
      "WHERE held_until > ?1 OR due > ?1",
      now + std::chrono::days(1));
}

// Hosts whose time has come are asked again; those that wait for another day's budget, as well when
// the budget is another.
void wake_hosts(Connection& c, FrontierMemory& memory, UtcTime now,
                std::optional<std::int64_t> budget) {
  if (!memory.budget_is_known) cut_holds(c, now);
  const bool other_budget = !memory.budget_is_known || memory.budget != budget;
  memory.budget = budget;
  memory.budget_is_known = true;
  if (other_budget)
    c.run("UPDATE host_state SET due = held_until WHERE due IS NOT NULL AND capped");
  bool any = false;
  {
    Rows rows = c.query("SELECT id FROM host_state WHERE due <= ?1", now);
    for (; rows.step(); any = true) memory.ready_hosts().insert(c, rows.integer(0));
  }
  if (any) c.run("DELETE FROM host_state WHERE due <= ?1", now);
}

// Postponed requests whose time has come are queued again, under numbers that no lease has named.
void wake_requests(Connection& c, FrontierMemory& memory, UtcTime now) {
  for (const std::int64_t old :
       column_of(c.query("SELECT id FROM postponed WHERE due <= ?1", now))) {
    const std::int64_t host = host_of_number(old);
    const auto depth = static_cast<int>(old >> age_bits & ((1 << depth_bits) - 1));
    c.run(
        "INSERT INTO queued SELECT ?2, key, profile, depth, entry, standing, attempts, url, "
        "variables, body FROM postponed WHERE id = ?1",
        old, queue_number(host, depth, memory.next_request()));
    c.run("DELETE FROM postponed WHERE id = ?1", old);
    memory.has_request(c, {host, false});
  }
}

// Reads the queue in its order. Hosts that follow one another and have a request or two each are
// read in one go.
class QueueReader {
 public:
  explicit QueueReader(Connection& c) : c_(c) {}

  // Goes to the first request with this number or a higher one.
  void go_to(std::int64_t number) {
    if (!rows_ || number <= passed_) return look_up(number);
    for (int steps = 0; at_ < number; ++steps) {
      if (steps == most_steps) return look_up(number);
      next();
    }
  }
  void next() {
    passed_ = at_;
    at_ = rows_->step() ? rows_->integer(0) : INT64_MAX;
  }
  // The number of the request that it is at; the highest where there are no more.
  [[nodiscard]] std::int64_t at() const { return at_; }
  // id, key, profile, depth, entry, attempts, url, variables, body, standing
  [[nodiscard]] const Rows& row() const { return *rows_; }

 private:
  static constexpr int most_steps = 4;  // cost as much as looking a number up

  void look_up(std::int64_t number) {
    rows_.reset();  // before its statement is used again
    rows_.emplace(c_.query("SELECT id, key, profile, depth, entry, attempts, url, variables, body, "
                           "standing FROM queued WHERE id >= ?1 ORDER BY id",
                           number));
    at_ = number - 1;
    next();
  }

  Connection& c_;
  std::optional<Rows> rows_;
  std::int64_t at_ = 0;
  std::int64_t passed_ = 0;
};

class Leasing {
 public:
  Leasing(Connection& c, UtcTime now, const LeaseLimits& limits)
      : c_(c), memory_(c.frontier()), now_(now), limits_(limits), queue_(c) {
    leases_.reserve(limits.requests);
    taken_.reserve(limits.requests);
  }

  // Each host gives one request, then those that have more give another, and so on.
  std::vector<Lease> take(RunId run) {
    visit_hosts();
    while (!turns_.empty() && wants_more()) {
      const std::size_t some = turns_.size() > 1 ? 1 : limits_.requests - leases_.size();
      for (Turn& turn : turns_) take_some(turn, std::min(some, limits_.requests - leases_.size()));
      std::erase_if(turns_, [](const Turn& turn) { return turn.room == 0; });
    }
    write_lease(run);
    return std::move(leases_);
  }

 private:
  struct Turn {
    std::int64_t host = 0;
    std::size_t room = 0;      // requests that it may still give
    std::int64_t from = 0;     // number of the next
    bool passed_over = false;  // it has requests of watches that are not wanted
  };
  struct Taken {
    RequestKey key;
    FrontierMemory::Leased leased;
  };

  [[nodiscard]] bool wants_more() const { return leases_.size() < limits_.requests && c_.ok(); }

  // In turn, from the one after the host that was served last, all round.
  void visit_hosts() {
    const std::int64_t served_last = memory_.last_host;
    visit_hosts_between(served_last, INT64_MAX);
    if (wants_more()) visit_hosts_between(0, served_last);
  }

  void visit_hosts_between(std::int64_t after, std::int64_t last) {
    while (wants_more()) {
      const std::size_t some = limits_.requests - leases_.size();
      const auto hosts = memory_.ready_hosts().between(c_, after, last, some);
      for (const std::int64_t host : hosts) visit(host);
      if (hosts.size() < some) return;
      after = hosts.back();
    }
  }

  void visit(std::int64_t host) {
    Turn turn{.host = host, .room = room_of(host), .from = host << host_shift};
    if (turn.room == 0) return;
    take_some(turn, 1);
    if (turn.room > 0) turns_.push_back(turn);
  }

  // How many requests a host may be asked besides those that are under way. One whose budget is
  // used up is put off to the next day.
  std::size_t room_of(std::int64_t host) {
    const std::size_t leased = memory_.leased_of(host);
    if (leased >= limits_.per_host) return 0;
    const std::size_t room = limits_.per_host - leased;
    if (!limits_.per_host_daily) return room;
    const std::int64_t left = *limits_.per_host_daily - memory_.answers_of(c_, host, now_) -
                              static_cast<std::int64_t>(leased);
    if (left > 0) return std::min(room, static_cast<std::size_t>(left));
    if (leased == 0) {
      memory_.has_no_request(c_, host);
      c_.run(
          "INSERT INTO host_state(id, due, capped) VALUES(?1, ?2, 1) ON CONFLICT DO UPDATE SET "
          "due = ?2, capped = 1",
          host, next_day(now_));
    }
    return 0;
  }

  // The nearest requests of a host that are wanted and not under way. The host leaves the round
  // when it has no more, or as many under way as it may.
  void take_some(Turn& turn, std::size_t most) {
    if (most == 0) return;
    const std::size_t before = leases_.size();
    const std::size_t enough = before + std::min(most, turn.room);
    bool more = turn.passed_over;
    const std::int64_t end = (turn.host + 1) << host_shift;
    for (queue_.go_to(turn.from); queue_.at() < end; queue_.next()) {
      const RequestKey key(queue_.row().integer(1));
      if (memory_.hides(key)) continue;
      if (leases_.size() == enough) {
        more = true;
        break;
      }
      const FrontierMemory::Profile& profile = memory_.profile(c_, queue_.row().integer(2));
      if (is_wanted(profile.watch_name)) {
        add_lease(queue_.row(), key, profile);
      } else {
        more = turn.passed_over = true;
      }
    }
    if (leases_.size() > before) {
      turn.from = taken_.back().leased.number + 1;
      memory_.last_host = turn.host;
    }
    turn.room = leases_.size() == enough ? turn.room - (enough - before) : 0;
    if (!more) {
      memory_.has_no_request(c_, turn.host);
      turn.room = 0;
    }
  }

  [[nodiscard]] bool is_wanted(const std::string& watch) const {
    return limits_.watches.empty() || std::find(limits_.watches.begin(), limits_.watches.end(),
                                                watch) != limits_.watches.end();
  }

  void add_lease(const Rows& rows, RequestKey key, const FrontierMemory::Profile& profile) {
    Lease& lease = leases_.emplace_back();
    lease.key = key;
    PageRequest& request = lease.request;
    request.source = SourceId(profile.source);
    request.watch = profile.watch_name;
    request.step.append(profile.step).append(rows.text(7));
    request.method = profile.method;
    request.url = request.archive_url = rows.text(6);
    request.headers = profile.headers;
    request.body = rows.text(8);
    request.depth = static_cast<int>(rows.integer(3));
    request.entry = rows.integer(4) != 0;
    request.standing = rows.integer(9) != 0;
    lease.attempts = static_cast<int>(rows.integer(5));
    lease.host = host_of_url(request.url);
    taken_.push_back({key, {rows.integer(0), rows.integer(2), request.standing && !request.entry}});
    ++memory_.counts(profile.watch).leased;
    // What is known of a page comes from a former pass.
    if (profile.pass > 1) lease.page = get_page(c_, key);
  }

  void write_lease(RunId run) {
    if (taken_.empty()) return;
    std::vector<std::int64_t> numbers;
    for (const Taken& taken : taken_) numbers.push_back(taken.leased.number);
    const std::string bytes = write_numbers(numbers);
    c_.run("INSERT INTO lease(run, until, requests) VALUES(?1, ?2, ?3)", run,
           now_ + limits_.duration, Blob{bytes});
    const std::int64_t lease = c_.last_insert_id();
    for (Taken& taken : taken_) {
      taken.leased.lease = lease;
      memory_.lease(taken.key, taken.leased);
    }
  }

  Connection& c_;
  FrontierMemory& memory_;
  UtcTime now_;
  const LeaseLimits& limits_;
  QueueReader queue_;
  std::vector<Turn> turns_;
  std::vector<Taken> taken_;
  std::vector<Lease> leases_;
};

}  // namespace

std::vector<Lease> lease_within(Connection& c, RunId run, UtcTime now, const LeaseLimits& limits) {
  FrontierMemory& memory = c.frontier();
  memory.now = now;
  wake_hosts(c, memory, now, limits.per_host_daily);
  wake_requests(c, memory, now);
  memory.save_hosts(c);
  return Leasing(c, now, limits).take(run);
}

}  // namespace testigo::store
