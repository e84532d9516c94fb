#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace testigo::app {

// A hand-over between two threads, bounded by the bytes that wait in it, so that a slow reader
// slows the writer and memory stays flat. One item is always let in, however large. A reader that
// has nothing to do lets a few items gather: to be woken for each costs more than many of them do.
// Items are moved into their place and out of it once, before and after the lock is held.
template <class T>
class ByteQueue {
 public:
  explicit ByteQueue(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Waits until there is room. False when the queue was closed: the item was not taken.
  bool push(T&& item, std::size_t bytes) {
    std::list<Item> added;
    added.push_back({std::move(item), bytes});
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || items_.empty() || bytes_ + bytes <= max_bytes_; });
    if (closed_) return false;
    items_.splice(items_.end(), added);
    bytes_ += bytes;
    if (items_.size() == 1) ready_.notify_one();
    if (gathering_ && is_enough()) gathered_.notify_one();
    return true;
  }

  // Waits for an item; empty once the queue is closed and drained.
  std::optional<T> pop() {
    std::list<Item> taken = take(1);
    if (taken.empty()) return std::nullopt;
    return std::move(taken.front().item);
  }

  // The same, with those that are there after it, at most so many in all. Empty also when none has
  // come for `longest`, if given.
  std::vector<T> pop_some(std::size_t most,
                          std::optional<std::chrono::milliseconds> longest = std::nullopt) {
    std::list<Item> taken = take(most, longest);
    std::vector<T> items;
    items.reserve(taken.size());
    for (Item& one : taken) items.push_back(std::move(one.item));
    return items;
  }

  // No more items come; those inside are still handed out.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    ready_.notify_all();
    gathered_.notify_all();
    room_.notify_all();
  }

  [[nodiscard]] bool has_room() const { return bytes_.load() < max_bytes_; }

 private:
  struct Item {
    T item;
    std::size_t bytes = 0;
  };

  static constexpr std::chrono::milliseconds longest_gathering{4};
  static constexpr std::size_t enough_items = 64;

  [[nodiscard]] bool is_enough() const {
    return items_.size() >= enough_items || bytes_ >= max_bytes_ / 2;
  }

  // One reader does; the others, if any, take what is there.
  void gather(std::unique_lock<std::mutex>& lock) {
    if (gathering_) return;
    gathering_ = true;
    gathered_.wait_for(lock, longest_gathering, [&] { return closed_ || is_enough(); });
    gathering_ = false;
  }

  std::list<Item> take(std::size_t most, std::optional<std::chrono::milliseconds> longest = {}) {
    std::list<Item> taken;
    std::unique_lock lock(mutex_);
    const auto is_ready = [&] { return closed_ || !items_.empty(); };
    while (!is_ready()) {
      if (!longest)
        ready_.wait(lock, is_ready);
      else if (!ready_.wait_for(lock, *longest, is_ready))
        return taken;
      gather(lock);
    }
    const auto end = items_.size() <= most
                         ? items_.end()
                         : std::next(items_.begin(), static_cast<std::ptrdiff_t>(most));
    for (auto item = items_.begin(); item != end; ++item) bytes_ -= item->bytes;
    taken.splice(taken.end(), items_, items_.begin(), end);
    room_.notify_all();
    if (!items_.empty()) ready_.notify_one();  // who adds to them wakes nobody
    return taken;
  }

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
  std::condition_variable gathered_;
  std::list<Item> items_;
  std::atomic<std::size_t> bytes_ = 0;  // changes under the lock
  bool closed_ = false;
  bool gathering_ = false;
};

}  // namespace testigo::app
