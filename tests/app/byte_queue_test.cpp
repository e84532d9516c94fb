#include "app/byte_queue.h"

#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

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
