#include "store/host_blocks.h"

#include <bit>
#include <string>

namespace testigo::store {

namespace {

constexpr int block_shift = 6;  // 64 hosts: as many as an integer of SQLite has bits

std::int64_t block_of(std::int64_t host) { return host >> block_shift; }

}  // namespace

std::uint64_t& ReadyHosts::bits_of(Connection& c, std::int64_t host) {
  const auto [known, is_new] = blocks_.try_emplace(block_of(host));
  Block& block = known->second;
  if (is_new) {
    block.bits = block.saved = static_cast<std::uint64_t>(
        c.integer("SELECT hosts FROM ready_hosts WHERE block = ?1", known->first).value_or(0));
  }
  return block.bits;
}

void ReadyHosts::insert(Connection& c, std::int64_t host) { bits_of(c, host) |= bit(host); }
void ReadyHosts::erase(Connection& c, std::int64_t host) { bits_of(c, host) &= ~bit(host); }

std::vector<std::int64_t> ReadyHosts::between(Connection& c, std::int64_t after, std::int64_t last,
                                              std::size_t most) const {
  std::vector<std::int64_t> hosts;
  Rows rows = c.query(
      "SELECT block, hosts FROM ready_hosts WHERE block >= ?1 AND block <= ?2 ORDER BY block",
      block_of(after), block_of(last));
  while (hosts.size() < most && rows.step()) {
    const std::int64_t first = rows.integer(0) << block_shift;
    for (auto bits = static_cast<std::uint64_t>(rows.integer(1)); bits != 0; bits &= bits - 1) {
      const std::int64_t host = first + std::countr_zero(bits);
      if (host > after && host <= last && hosts.size() < most) hosts.push_back(host);
    }
  }
  return hosts;
}

void ReadyHosts::save(Connection& c) {
  for (const auto& [number, block] : blocks_) {
    if (block.bits == block.saved) continue;
    if (block.bits == 0)
      c.run("DELETE FROM ready_hosts WHERE block = ?1", number);
    else
      c.run("INSERT OR REPLACE INTO ready_hosts VALUES(?1, ?2)", number,
            static_cast<std::int64_t>(block.bits));
  }
  blocks_.clear();
}

void HostAnswers::add(std::int64_t host, std::int64_t day, std::int64_t answers) {
  if (day < day_) return;  // late: that day's budget is of no more use
  if (day > day_) new_.clear();
  day_ = day;
  new_[host] += answers;
}

std::int64_t HostAnswers::on(Connection& c, std::int64_t host, std::int64_t day) {
  if (last_.number != block_of(host)) last_ = read(c, block_of(host));
  return last_.day == day ? last_.answers[static_cast<std::size_t>(host & 63)] : 0;
}

void HostAnswers::save(Connection& c) {
  last_ = {};
  for (auto next = new_.begin(); next != new_.end();) {
    Block block = read(c, block_of(next->first));
    if (block.day != day_) block = {block.number, day_, {}};
    for (; next != new_.end() && block_of(next->first) == block.number; ++next)
      block.answers[static_cast<std::size_t>(next->first & 63)] +=
          static_cast<std::uint32_t>(next->second);
    write(c, block);
  }
  new_.clear();
}

// A row has four bytes for each host, the lowest first.
HostAnswers::Block HostAnswers::read(Connection& c, std::int64_t number) {
  Block block;
  block.number = number;
  Rows rows = c.query("SELECT day, answers FROM host_answers WHERE block = ?1", number);
  if (!rows.step()) return block;
  block.day = rows.integer(0);
  const std::string_view bytes = rows.text(1);
  for (std::size_t i = 0; i < bytes.size() && i < 4 * block.answers.size(); ++i)
    block.answers[i / 4] |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * (i % 4));
  return block;
}

void HostAnswers::write(Connection& c, const Block& block) {
  std::string bytes;
  for (const std::uint32_t answers : block.answers)
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(answers >> shift & 0xff);
  c.run("INSERT OR REPLACE INTO host_answers VALUES(?1, ?2, ?3)", block.number, block.day,
        Blob{bytes});
}

}  // namespace testigo::store
