#include "fetch/curl_sockets.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace testigo::fetch {
namespace {

constexpr std::size_t most_events = 64;  // taken at once; the others come with the next call

std::uint32_t events_of(int what) {
  std::uint32_t events = 0;
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
  return events;
}

int action_of(std::uint32_t events) {
  int action = 0;
  if ((events & EPOLLIN) != 0) action |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) action |= CURL_CSELECT_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) action |= CURL_CSELECT_ERR;
  return action;
}

}  // namespace

// What libcurl calls. Each is handed the sockets.
struct SocketCallbacks {
  static int socket(CURL*, curl_socket_t socket, int what, void* sockets, void*) noexcept {
    static_cast<CurlSockets*>(sockets)->watch(socket, what);
    return 0;
  }

  static int timer(CURLM*, long ms, void* sockets) noexcept {
    auto& time = static_cast<CurlSockets*>(sockets)->time_;
    time.reset();
    if (ms >= 0) time = CurlSockets::Clock::now() + Millis(ms);
    return 0;
  }
};

WatchedSockets::Socket& WatchedSockets::operator[](int socket) {
  const auto number = static_cast<std::size_t>(socket);
  if (number >= sockets_.size()) sockets_.resize(number + 1);
  return sockets_[number];
}

CurlSockets::CurlSockets(void* multi, WatchedSockets& watched)
    : multi_(multi),
      watched_(watched),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = bell_;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, bell_, &event);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, SocketCallbacks::socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, SocketCallbacks::timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlSockets::~CurlSockets() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  if (epoll_ >= 0) close(epoll_);
  if (bell_ >= 0) close(bell_);
}

void CurlSockets::work(Millis longest) {
  keep_time();
  std::array<epoll_event, most_events> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               static_cast<int>(until_time(longest).count()));
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == bell_) {
      std::uint64_t times = 0;
      (void)!read(bell_, &times, sizeof times);
      rung_.exchange(false);  // only now: a ring that the read swallowed must not count as heard
      continue;
    }
    WatchedSockets::Socket& watched = watched_[event.data.fd];
    if (watched.wanted == 0) {  // between two requests: closed by the server, most likely
      tell_epoll(event.data.fd, watched, 0);
      continue;
    }
    int running = 0;
    curl_multi_socket_action(multi_, event.data.fd, action_of(event.events), &running);
  }
  keep_time();
}

void CurlSockets::wake() {
  if (rung_.exchange(true)) return;
  const std::uint64_t once = 1;
  (void)!write(bell_, &once, sizeof once);
}

void CurlSockets::watch(int socket, int what) {
  WatchedSockets::Socket& watched = watched_[socket];
  watched.wanted = what == CURL_POLL_REMOVE ? 0 : events_of(what);
  if (watched.wanted == 0 && watched.ours) return;
  tell_epoll(socket, watched, watched.wanted);
}

void CurlSockets::tell_epoll(int socket, WatchedSockets::Socket& watched, std::uint32_t events) {
  if (events == watched.registered) return;
  const bool known = watched.registered != 0;
  watched.registered = events;
  if (events == 0) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);  // fails where it was closed: as well
    return;
  }
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  // One that was closed behind our back has left by itself.
  if (known && epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) == 0) return;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0)
    epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
}

// Tells libcurl when the time has come that it asked for.
void CurlSockets::keep_time() {
  if (!time_ || Clock::now() < *time_) return;
  time_.reset();
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

Millis CurlSockets::until_time(Millis longest) const {
  if (!time_) return longest;
  const auto left = std::chrono::ceil<Millis>(*time_ - Clock::now());
  return std::clamp<Millis>(left, Millis(0), longest);
}

}  // namespace testigo::fetch
