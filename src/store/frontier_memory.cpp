#include "store/frontier_memory.h"

#include <algorithm>
#include <span>

#include "core/digest.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

// Requests that differ each in their headers must not fill the memory.
constexpr std::size_t max_profiles = 1024;
constexpr std::int64_t host_names = 0;  // the space of host names; watches count from 1

// Not negative, as a place must be.
std::int64_t place_of_name(std::string_view name) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(key_of({name})) >> 1);
}

// From so many on, it pays to look whether they are all that lies between the first and the last.
constexpr std::size_t worth_a_look = 16;

// Whether the queue has these numbers, in order, and no others between them.
bool lie_together(Connection& c, std::span<const std::int64_t> numbers) {
  Rows rows = c.query("SELECT id FROM queued WHERE id >= ?1 AND id <= ?2 ORDER BY id",
                      numbers.front(), numbers.back());
  return std::all_of(numbers.begin(), numbers.end(), [&](std::int64_t number) {
           return rows.step() && rows.integer(0) == number;
         });
}

// Takes rows away, by their sorted numbers: what was asked in order goes at once.
void delete_queued(Connection& c, std::span<const std::int64_t> numbers) {
  if (numbers.size() < worth_a_look) {
    for (const std::int64_t number : numbers) c.run("DELETE FROM queued WHERE id = ?1", number);
  } else if (lie_together(c, numbers)) {
    c.run("DELETE FROM queued WHERE id >= ?1 AND id <= ?2", numbers.front(), numbers.back());
  } else {
    delete_queued(c, numbers.first(numbers.size() / 2));
    delete_queued(c, numbers.subspan(numbers.size() / 2));
  }
}

std::int64_t day_of(UtcTime time) {
  return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

std::int64_t data_version(Connection& c) { return c.integer("PRAGMA data_version").value_or(0); }

}  // namespace

FrontierMemory::FrontierMemory(Connection& c) : known_(c) {
  data_version_ = data_version(c);
  {
    Rows rows = c.query("SELECT version, next_host, next_request, last_host FROM frontier");
    if (rows.step()) {
      version_ = rows.integer(0);
      next_host_ = rows.integer(1);
      next_request_ = rows.integer(2);
      last_host = rows.integer(3);
    }
  }
  load_leases(c);
  sort_in_former(c);
  count_in_former(c);
}

bool FrontierMemory::is_true(Connection& c) {
  const std::int64_t data = data_version(c);
  if (data == data_version_) return true;
  data_version_ = data;
  return c.integer("SELECT version FROM frontier") == version_;
}

void FrontierMemory::save(Connection& c) {
  save_counts(c);
  save_hosts(c);
  known_.save(c);
  delete_hidden(c);
  ended_standing.clear();
  c.run("UPDATE frontier SET version = ?1, next_host = ?2, next_request = ?3, last_host = ?4",
        ++version_, next_host_, next_request_, last_host);
}

void FrontierMemory::delete_hidden(Connection& c) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(hidden_.size());
  for (const std::int64_t key : hidden_) {
    const auto hidden = leased_.find(key);
    numbers.push_back(hidden->second.number);
    leased_.erase(hidden);
  }
  hidden_.clear();
  std::sort(numbers.begin(), numbers.end());
  delete_queued(c, numbers);
}

void FrontierMemory::save_counts(Connection& c) {
  for (const auto& [watch, n] : counts_) {
    c.run(
        "UPDATE watch SET waiting = waiting + ?2, leased = leased + ?3, done = done + ?4, "
        "dead = dead + ?5 WHERE id = ?1",
        watch, n.waiting, n.leased, n.done, n.dead);
  }
  counts_.clear();
}

const FrontierMemory::Watch* FrontierMemory::watch(Connection& c, const std::string& name) {
  const auto known = watches_.find(name);
  if (known != watches_.end()) return &known->second;
  Rows rows = c.query(
      "SELECT id, pass, open, started, EXISTS (SELECT 1 FROM standing WHERE watch = watch.id) "
      "FROM watch WHERE name = ?1",
      name);
  if (!rows.step()) return nullptr;
  const Watch watch{rows.integer(0), rows.integer(1), rows.integer(2) != 0, rows.time(3),
                    rows.integer(4) != 0};
  return &watches_.emplace(name, watch).first->second;
}

std::int64_t FrontierMemory::profile_id(Connection& c, std::int64_t watch,
                                        const PageRequest& request, std::string_view step) {
  // Most often like the one before.
  if (last_profile_ != 0 && last_like_.watch == request.watch && last_like_.step == step &&
      last_like_.source == request.source && last_like_.method == request.method &&
      last_like_.headers == request.headers) {
    return last_profile_;
  }
  last_like_ = PageRequest{};
  last_like_.watch = request.watch;
  last_like_.step = step;
  last_like_.source = request.source;
  last_like_.method = request.method;
  last_like_.headers = request.headers;
  return last_profile_ = find_profile(c, watch, request, step);
}

std::int64_t FrontierMemory::find_profile(Connection& c, std::int64_t watch,
                                          const PageRequest& request, std::string_view step) {
  const std::string headers = header_lines(request.headers);
  std::string name = std::to_string(watch);
  for (const std::string_view part :
       {std::string_view(request.source.value), step, std::string_view(request.method),
        std::string_view(headers)}) {
    name.append(1, '\0').append(part);
  }
  if (const auto known = profile_ids_.find(name); known != profile_ids_.end()) return known->second;
  const auto id = c.integer(
      "INSERT INTO profile(watch, source, step, method, headers) VALUES(?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT DO UPDATE SET watch = watch RETURNING id",
      watch, request.source, step, request.method, headers);
  if (!id) return 0;
  if (profile_ids_.size() >= max_profiles) profile_ids_.clear();
  profile_ids_.emplace(std::move(name), *id);
  return *id;
}

const FrontierMemory::Profile& FrontierMemory::profile(Connection& c, std::int64_t id) {
  if (const auto known = profiles_.find(id); known != profiles_.end()) return known->second;
  Profile profile;
  {
    Rows rows = c.query(
        "SELECT p.watch, w.name, w.pass, p.source, p.step, p.method, p.headers "
        "FROM profile p JOIN watch w ON w.id = p.watch WHERE p.id = ?1",
        id);
    if (rows.step()) {
      profile.watch = rows.integer(0);
      profile.watch_name = rows.text(1);
      profile.pass = rows.integer(2);
      profile.source = rows.text(3);
      profile.step = rows.text(4);
      profile.method = rows.text(5);
      profile.headers = read_header_lines(rows.text(6));
    }
  }
  if (profiles_.size() >= max_profiles) profiles_.clear();
  return profiles_.emplace(id, std::move(profile)).first->second;
}

void FrontierMemory::forget_profiles() {
  profiles_.clear();
  profile_ids_.clear();
  last_profile_ = 0;
}

FrontierMemory::Host FrontierMemory::host(Connection& c, const std::string& name) {
  if (last_id_ != 0 && name == last_name_) return {last_id_, false};
  const std::int64_t place = place_of_name(name);
  const auto known = known_.at(c, host_names, place);
  const Host host{known ? *known : next_host_, !known};
  if (host.fresh) {
    ++next_host_;
    known_.add({host_names, place, host.id});
  }
  last_name_ = name;
  last_id_ = host.id;
  return host;
}

void FrontierMemory::has_request(Connection& c, Host host) {
  if (!host.fresh) {
    if (ready_.contains(c, host.id)) return;
    Rows rows = c.query("SELECT due, held_until FROM host_state WHERE id = ?1", host.id);
    if (rows.step()) {
      if (!rows.is_null(0)) return;
      if (const std::int64_t until = rows.integer(1); until > 0) {
        c.run("UPDATE host_state SET due = ?2 WHERE id = ?1", host.id, until);
        return;
      }
    }
  }
  ready_.insert(c, host.id);
}

KnownKeys::Key FrontierMemory::known_key(std::int64_t watch, std::int64_t host, RequestKey key) {
  // By host, so that what a page leads to lies together.
  const auto rest = static_cast<std::uint64_t>(key.value) >> (64 - host_shift);
  return {watch, host << host_shift | static_cast<std::int64_t>(rest), key.value};
}

bool FrontierMemory::knows(Connection& c, std::int64_t watch, std::int64_t host, RequestKey key) {
  return known_.contains(c, known_key(watch, host, key));
}

void FrontierMemory::know(std::int64_t watch, std::int64_t host, RequestKey key) {
  known_.add(known_key(watch, host, key));
}

std::int64_t FrontierMemory::next_requests(std::size_t count) {
  const std::int64_t first = next_request_;
  next_request_ += static_cast<std::int64_t>(count);
  return first;
}

void FrontierMemory::count_answer(std::int64_t host, UtcTime at) {
  answers_.add(host, day_of(at));
}

std::int64_t FrontierMemory::answers_of(Connection& c, std::int64_t host, UtcTime at) {
  return answers_.on(c, host, day_of(at));
}

void FrontierMemory::save_hosts(Connection& c) {
  ready_.save(c);
  answers_.save(c);
}

// What the tables held before they were laid out as they are now.
void FrontierMemory::sort_in_former(Connection& c) {
  if (!c.integer("SELECT 1 FROM unsorted LIMIT 1")) return;
  {
    Rows rows = c.query("SELECT space, key, host, name FROM unsorted");
    while (rows.step()) {
      if (rows.is_null(3))
        know(rows.integer(0), rows.integer(2), RequestKey(rows.integer(1)));
      else
        known_.add({host_names, place_of_name(rows.text(3)), rows.integer(2)});
    }
  }
  c.run("DELETE FROM unsorted");
}

void FrontierMemory::count_in_former(Connection& c) {
  if (!c.integer("SELECT 1 FROM uncounted LIMIT 1")) return;
  {
    Rows rows = c.query("SELECT host, day, answers FROM uncounted ORDER BY day");
    while (rows.step()) answers_.add(rows.integer(0), rows.integer(1), rows.integer(2));
  }
  c.run("DELETE FROM uncounted");
}

}  // namespace testigo::store
