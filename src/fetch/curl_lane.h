#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fetch/address_guard.h"
#include "fetch/answer_head.h"
#include "fetch/curl_handles.h"
#include "fetch/curl_sockets.h"
#include "fetch/transfer.h"
#include "formats/url.h"

namespace testigo::fetch {

// A request that was found fit to be sent, and what is known of its answer so far.
struct Job {
  TransferRequest request;
  formats::Url url;   // without fragment
  std::string proxy;  // empty: asked directly
  TransferResult result;
  bool anew = false;  // asked a second time, over a connection of its own
};
using JobPtr = std::unique_ptr<Job>;

// What all lanes have in common. It must outlive them.
struct LaneSettings {
  TransferLimits limits;
  AddressGuard guard;
  std::string user_agent;
  std::string ca_file;                // in place of the system's certificates; empty: those
  std::string ca_folder;              // the same, hashed as OpenSSL wants it
  List fixed_addresses;               // as CURLOPT_RESOLVE takes them; may be none
  List plain_headers;                 // of a request that brings none of its own
  WatchedSockets* sockets = nullptr;  // hears of those that are opened and closed
};

// The headers of a request, with ours where it has none of that name; no list where memory is out.
[[nodiscard]] List header_list(const std::string& user_agent, const std::vector<Header>& headers,
                               bool has_body);

// One of libcurl's handles with one job at a time, and what libcurl's callbacks write to while it
// runs. A lane is used again for the next job: the options that all jobs share are set once.
class Lane {
 public:
  using Clock = std::chrono::steady_clock;

  // `bytes_in_flight` counts what the lanes hold of bodies.
  Lane(const LaneSettings& settings, std::size_t& bytes_in_flight);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  ~Lane();

  // libcurl's handle, null where memory was out. Its private pointer is the lane.
  [[nodiscard]] void* easy() const { return easy_.get(); }
  // Makes the handle ready for a job; false where memory is out. `jar` is a share handle or null.
  [[nodiscard]] bool load(JobPtr job, void* jar);
  // Ends the job: its result as libcurl's code (CURLcode) says. The handle must be out of the multi
  // handle.
  [[nodiscard]] TransferResult unload(int code);
  // Whether a job that ended as libcurl's code says was not taken: other requests' connection was
  // closed under it (HTTP/2: GOAWAY), before a byte of an answer. It may be asked once more.
  [[nodiscard]] bool was_not_taken(int code) const;
  // Ends the job without a result, to be loaded again. The handle must be out of the multi handle.
  [[nodiscard]] JobPtr take_back();
  // Whether the lane is as new: not once a job needed options that others must not inherit.
  [[nodiscard]] bool can_be_used_again() const { return plain_; }

  [[nodiscard]] const Job& job() const { return *job_; }
  [[nodiscard]] bool answered() const { return answered_; }  // the first byte has come
  [[nodiscard]] Clock::time_point started() const { return started_; }

  std::size_t place = 0;  // among those that run: their owner's

 private:
  static constexpr std::size_t message_bytes = 256;  // CURL_ERROR_SIZE

  friend struct LaneCallbacks;

  void set_fixed_options();
  [[nodiscard]] bool set_headers();
  void set_bounds();
  void set_method_and_body();
  void set_way(void* jar);
  void fill_in(int code);
  [[nodiscard]] std::string words_of(int code) const;

  // What the callbacks do. They never throw: their buffers are bounded, and running out of memory
  // ends the program as everywhere.
  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  void reserve_body();
  [[nodiscard]] bool may_connect_to(const std::optional<IpAddress>& address);

  const LaneSettings& settings_;
  std::size_t& bytes_in_flight_;
  JobPtr job_;  // none between two of them
  bool plain_ = true;
  bool waits_for_pipe_ = false;
  std::size_t max_file_bytes_ = 0;  // as libcurl has been told
  std::size_t max_body_bytes_ = 0;
  std::vector<Header> set_headers_;  // of the request that libcurl was told of last
  List headers_;                     // the same for it; none where there are none
  std::array<char, message_bytes> message_{};
  Clock::time_point started_{};
  bool answered_ = false;
  bool cut_ = false;
  std::string too_large_;  // which limit was passed
  std::string refused_;    // what the guard said at connect
  std::size_t header_bytes_ = 0;
  AnswerHead head_;
  Easy easy_;  // last: it goes first, while the rest is still there for its callbacks
};

}  // namespace testigo::fetch
