#include "store/known_keys.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <span>
#include <string>

namespace testigo::store {

namespace {

// How many keys wait in memory to be merged. Merging rewrites at worst every run, so more of them
// cost less each; 32 bytes of memory per key.
constexpr std::size_t most_lately = 262'144;
constexpr std::size_t fewest_slots = 1024;  // a power of two, and so the others
// Keys in a run: with its row not quite 1,000 bytes, so that four fill a page of the file. A longer
// one would have pages of its own (SQLite file format §1.6: overflow), half empty.
constexpr std::size_t most_in_run = 60;
// 2 MB: at a million keys, one look-up in seventy is for nothing.
constexpr std::size_t filter_bits = std::size_t{1} << 24;

// A key within a run, whose row says the space.
struct Sorted {
  std::int64_t place = 0;
  std::int64_t key = 0;
  friend auto operator<=>(const Sorted&, const Sorted&) = default;
};

std::uint64_t mix(std::uint64_t x) {  // the finalizer of splitmix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

// Eight bytes, the lowest first.
void append(std::string& bytes, std::int64_t value) {
  std::array<char, 8> eight;
  for (std::size_t i = 0; i < eight.size(); ++i) eight[i] = static_cast<char>(value >> (8 * i));
  bytes.append(eight.data(), eight.size());
}

std::int64_t read(std::string_view bytes, std::size_t index) {
  std::array<unsigned char, 8> eight;
  std::memcpy(eight.data(), bytes.data() + index * eight.size(), eight.size());
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < eight.size(); ++i) value |= std::uint64_t{eight[i]} << (8 * i);
  return static_cast<std::int64_t>(value);
}

std::vector<Sorted> read_run(std::string_view bytes) {
  std::vector<Sorted> run(bytes.size() / 16);
  for (std::size_t i = 0; i < run.size(); ++i)
    run[i] = {read(bytes, 2 * i), read(bytes, 2 * i + 1)};
  return run;
}

std::string write_run(std::span<const Sorted> run) {
  std::string bytes;
  bytes.reserve(run.size() * 16);
  for (const Sorted& one : run) {
    append(bytes, one.place);
    append(bytes, one.key);
  }
  return bytes;
}

struct Run {
  std::int64_t first = 0;
  std::vector<Sorted> keys;
};

// The run in which a place lies; none where the space has no runs before it.
Rows run_with(Connection& c, std::int64_t space, std::int64_t place) {
  return c.query(
      "SELECT first, keys FROM known WHERE space = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1",
      space, place);
}
std::optional<Run> run_of(Connection& c, std::int64_t space, std::int64_t place) {
  Rows rows = run_with(c, space, place);
  if (!rows.step()) return std::nullopt;
  return Run{rows.integer(0), read_run(rows.text(1))};
}

// The key at a place of a run, or where it would be.
std::size_t index_of(std::string_view run, std::int64_t place) {
  std::size_t begin = 0;
  std::size_t end = run.size() / 16;
  while (begin < end) {
    const std::size_t middle = (begin + end) / 2;
    if (read(run, 2 * middle) < place)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

// Writes sorted keys of one space as runs. Keys of one place stay together, so that a look-up reads
// one run.
void write_runs(Connection& c, std::int64_t space, std::span<const Sorted> keys) {
  // Two even halves rather than a full run and a crumb; what grows at its end fills its runs.
  while (!keys.empty()) {
    std::size_t size = std::min(keys.size(), most_in_run);
    if (keys.size() > most_in_run && keys.size() < 2 * most_in_run) size = keys.size() / 2;
    while (size < keys.size() && keys[size].place == keys[size - 1].place) ++size;
    c.run("INSERT OR REPLACE INTO known VALUES(?1, ?2, ?3)", space, keys[0].place,
          Blob{write_run(keys.first(size))});
    keys = keys.subspan(size);
  }
}

}  // namespace

std::size_t KnownKeys::SpotHash::operator()(const Spot& spot) const {
  return mix(static_cast<std::uint64_t>(spot.place) +
             static_cast<std::uint64_t>(spot.space) * 0x9e3779b97f4a7c15U);
}

KnownKeys::KnownKeys(Connection& c) : filter_(filter_bits / 64) {
  Rows runs = c.query("SELECT space, keys FROM known");
  while (runs.step()) {
    const std::string_view bytes = runs.text(1);
    for (std::size_t i = 0; i < bytes.size() / 16; ++i) mark({runs.integer(0), read(bytes, 2 * i)});
  }
  Rows blocks = c.query("SELECT keys FROM known_lately");
  while (blocks.step()) {
    const std::string_view bytes = blocks.text(0);
    for (std::size_t i = 0; i < bytes.size() / 24; ++i)
      add_lately({read(bytes, 3 * i), read(bytes, 3 * i + 1), read(bytes, 3 * i + 2)});
  }
  saved_ = lately_.size();
}

bool KnownKeys::contains(Connection& c, const Key& key) const {
  const Spot spot{key.space, key.place};
  if (find_lately(spot, [&](const Key& one) { return one.key == key.key; })) return true;
  if (!maybe_sorted(spot)) return false;
  Rows rows = run_with(c, key.space, key.place);
  if (!rows.step()) return false;
  const std::string_view run = rows.text(1);
  for (std::size_t i = index_of(run, key.place); i < run.size() / 16; ++i) {
    if (read(run, 2 * i) != key.place) return false;
    if (read(run, 2 * i + 1) == key.key) return true;
  }
  return false;
}

std::optional<std::int64_t> KnownKeys::at(Connection& c, std::int64_t space,
                                          std::int64_t place) const {
  const Spot spot{space, place};
  if (const Key* lately = find_lately(spot, [](const Key&) { return true; })) return lately->key;
  if (!maybe_sorted(spot)) return std::nullopt;
  Rows rows = run_with(c, space, place);
  if (!rows.step()) return std::nullopt;
  const std::string_view run = rows.text(1);
  const std::size_t found = index_of(run, place);
  if (found == run.size() / 16 || read(run, 2 * found) != place) return std::nullopt;
  return read(run, 2 * found + 1);
}

std::vector<std::int64_t> KnownKeys::all_at(Connection& c, std::int64_t space,
                                            std::int64_t place) const {
  std::vector<std::int64_t> keys;
  const Spot spot{space, place};
  const auto take_and_go_on = [&](const Key& one) {
    keys.push_back(one.key);
    return false;
  };
  static_cast<void>(find_lately(spot, take_and_go_on));
  if (!maybe_sorted(spot)) return keys;
  Rows rows = run_with(c, space, place);
  if (!rows.step()) return keys;
  const std::string_view run = rows.text(1);
  for (std::size_t i = index_of(run, place); i < run.size() / 16; ++i) {
    if (read(run, 2 * i) != place) break;
    keys.push_back(read(run, 2 * i + 1));
  }
  return keys;
}

void KnownKeys::add(const Key& key) { add_lately(key); }

void KnownKeys::save(Connection& c) {
  if (saved_ == lately_.size()) return;
  if (lately_.size() >= most_lately) return sort_in(c);
  std::string bytes;
  bytes.reserve((lately_.size() - saved_) * 24);
  for (; saved_ < lately_.size(); ++saved_) {
    append(bytes, lately_[saved_].space);
    append(bytes, lately_[saved_].place);
    append(bytes, lately_[saved_].key);
  }
  c.run("INSERT INTO known_lately(keys) VALUES(?1)", Blob{bytes});
}

void KnownKeys::remove(Connection& c, const Key& key) {
  if (!lately_.empty()) sort_in(c);
  auto run = run_of(c, key.space, key.place);
  if (!run || std::erase(run->keys, Sorted{key.place, key.key}) == 0) return;
  c.run("DELETE FROM known WHERE space = ?1 AND first = ?2", key.space, run->first);
  write_runs(c, key.space, run->keys);
}

void KnownKeys::forget(Connection& c, std::int64_t space) {
  sort_in(c);
  c.run("DELETE FROM known WHERE space = ?1", space);
}

void KnownKeys::sort_in(Connection& c) {
  std::sort(lately_.begin(), lately_.end());
  std::vector<Sorted> merged;
  for (auto from = lately_.begin(); from != lately_.end();) {
    const std::int64_t space = from->space;
    const auto run = run_of(c, space, from->place);
    const std::int64_t next =
        c.integer("SELECT first FROM known WHERE space = ?1 AND first > ?2 ORDER BY first LIMIT 1",
                  space, from->place)
            .value_or(std::numeric_limits<std::int64_t>::max());
    const auto to = std::find_if(from, lately_.end(), [&](const Key& key) {
      return key.space != space || key.place >= next;
    });
    merged.clear();
    for (; from != to; ++from) {
      merged.push_back({from->place, from->key});
      mark({space, from->place});
    }
    if (run) {
      const auto middle = merged.insert(merged.end(), run->keys.begin(), run->keys.end());
      std::inplace_merge(merged.begin(), middle, merged.end());
    }
    write_runs(c, space, merged);
  }
  c.run("DELETE FROM known_lately");
  clear_lately();
}

void KnownKeys::clear_lately() {
  lately_.clear();
  saved_ = 0;
  std::fill(slots_.begin(), slots_.end(), 0);
}

void KnownKeys::add_lately(const Key& key) {
  lately_.push_back(key);
  if (2 * lately_.size() <= slots_.size()) return put_in_slot(lately_.size() - 1);
  slots_.assign(std::max(fewest_slots, 2 * slots_.size()), 0);
  for (std::size_t i = 0; i < lately_.size(); ++i) put_in_slot(i);
}

void KnownKeys::put_in_slot(std::size_t index) {
  const Key& key = lately_[index];
  std::size_t slot = SpotHash{}({key.space, key.place}) & (slots_.size() - 1);
  while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = static_cast<std::uint32_t>(index + 1);
}

template <class Fits>
const KnownKeys::Key* KnownKeys::find_lately(const Spot& spot, const Fits& fits) const {
  if (slots_.empty()) return nullptr;
  for (std::size_t slot = SpotHash{}(spot) & (slots_.size() - 1); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const Key& key = lately_[slots_[slot] - 1];
    if (key.space == spot.space && key.place == spot.place && fits(key)) return &key;
  }
  return nullptr;
}

bool KnownKeys::maybe_sorted(const Spot& spot) const {
  const std::uint64_t hash = SpotHash{}(spot);
  const std::uint64_t first = hash % filter_bits;
  const std::uint64_t second = (hash >> 32) % filter_bits;
  return (filter_[first / 64] >> (first % 64) & 1U) != 0 &&
         (filter_[second / 64] >> (second % 64) & 1U) != 0;
}

void KnownKeys::mark(const Spot& spot) {
  const std::uint64_t hash = SpotHash{}(spot);
  for (const std::uint64_t bit : {hash % filter_bits, (hash >> 32) % filter_bits})
    filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

}  // namespace testigo::store
