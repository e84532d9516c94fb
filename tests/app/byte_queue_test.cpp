#include "app/byte_queue.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

using testigo::app::ByteQueue;

TEST_CASE("a queue hands out in order and ends when closed and drained", "[app]") {
  ByteQueue<int> queue(100);
  CHECK(queue.push(1, 10));
  CHECK(queue.push(2, 10));
  queue.close();
  CHECK_FALSE(queue.push(3, 10));
  CHECK(queue.pop() == 1);
  CHECK(queue.pop() == 2);
  CHECK_FALSE(queue.pop().has_value());
}

TEST_CASE("one oversized item is let in, a second waits for room", "[app]") {
  ByteQueue<int> queue(10);
  CHECK(queue.push(1, 1000));
  CHECK_FALSE(queue.has_room());
  std::atomic<bool> second_in = false;
  std::jthread writer([&] { second_in = queue.push(2, 5); });
  CHECK(queue.pop() == 1);
  CHECK(queue.pop() == 2);
  writer.join();
  CHECK(second_in);
}

TEST_CASE("readers that wait are handed every item, each once", "[app]") {
  constexpr int items = 1000;
  ByteQueue<int> queue(100'000);
  std::atomic<int> count = 0;
  std::atomic<int> sum = 0;
  const auto read = [&] {
    while (const auto item = queue.pop()) {
      ++count;
      sum += *item;
    }
  };
  {
    std::jthread first(read);
    std::jthread second(read);
    std::jthread third(read);
    for (int i = 1; i <= items; ++i) {
      CHECK(queue.push(int{i}, 10));
      if (i % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    queue.close();
  }
  CHECK(count == items);
  CHECK(sum == items * (items + 1) / 2);
}

TEST_CASE("several items are taken at once, and give their room back", "[app]") {
  ByteQueue<int> queue(100);
  CHECK(queue.push(1, 30));
  CHECK(queue.push(2, 30));
  CHECK(queue.push(3, 40));
  CHECK_FALSE(queue.has_room());
  CHECK(queue.pop_some(2) == std::vector{1, 2});
  CHECK(queue.has_room());
  CHECK(queue.pop_some(2) == std::vector{3});
  queue.close();
  CHECK(queue.pop_some(2).empty());
}

TEST_CASE("who waits only so long is told when nothing came", "[app]") {
  ByteQueue<int> queue(100);
  CHECK(queue.pop_some(2, std::chrono::milliseconds(1)).empty());
  CHECK(queue.push(1, 30));
  CHECK(queue.pop_some(2, std::chrono::milliseconds(1)) == std::vector{1});
  std::jthread writer([&] { CHECK(queue.push(2, 30)); });
  CHECK(queue.pop_some(2, std::chrono::seconds(30)) == std::vector{2});
}

TEST_CASE("a single item is not kept waiting for others", "[app]") {
  ByteQueue<int> queue(100);
  std::optional<int> got;
  std::jthread reader([&] { got = queue.pop(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(queue.push(7, 1));
  reader.join();
  CHECK(got == 7);
}
