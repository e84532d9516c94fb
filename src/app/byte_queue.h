#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace testigo::app {

// A hand-over between two threads, bounded by the bytes that wait in it, so that a slow reader slows
// the writer and memory stays flat. One item is always let in, however large. A reader that has
// nothing to do lets a few items gather: to be woken for each costs more than many of them do.
template <class T>
class ByteQueue {
 public:
  explicit ByteQueue(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Waits until there is room. False when the queue was closed: the item was not taken.
  bool push(T item, std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || items_.empty() || bytes_ + bytes <= max_bytes_; });
    if (closed_) return false;
    items_.emplace_back(std::move(item), bytes);
    bytes_ += bytes;
    if (items_.size() == 1) ready_.notify_one();
    if (gathering_ && is_enough()) gathered_.notify_one();
    return true;
  }

  // Waits for an item; empty once the queue is closed and drained.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    while (items_.empty() && !closed_) {
      ready_.wait(lock, [&] { return closed_ || !items_.empty(); });
      gather(lock);
    }
    return take_front();
  }

  // An item if one is there now.
  std::optional<T> try_pop() {
    const std::lock_guard lock(mutex_);
    return take_front();
  }

  // No more items come; those inside are still handed out.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    ready_.notify_all();
    gathered_.notify_all();
    room_.notify_all();
  }

  [[nodiscard]] bool has_room() const {
    const std::lock_guard lock(mutex_);
    return bytes_ < max_bytes_;
  }

 private:
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

  std::optional<T> take_front() {
    if (items_.empty()) return std::nullopt;
    auto [item, bytes] = std::move(items_.front());
    items_.pop_front();
    bytes_ -= bytes;
    room_.notify_one();
    if (!items_.empty()) ready_.notify_one();  // who adds to them wakes nobody
    return std::move(item);
  }

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
  std::condition_variable gathered_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
  bool gathering_ = false;
};

}  // namespace testigo::app
