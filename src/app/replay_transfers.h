#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "archive/replay.h"
#include "core/page.h"
#include "fetch/transfer.h"

namespace testigo::app {

// Answers requests from archive files instead of the network: the whole pipeline runs offline. A
// request that was never recorded ends as `cancelled`. One thread.
class ReplayTransfers final : public fetch::Transfers {
 public:
  explicit ReplayTransfers(archive::Replay replay) : replay_(std::move(replay)) {}

  void start(fetch::TransferRequest request) override;
  [[nodiscard]] std::vector<fetch::TransferResult> wait(Millis longest) override;
  void wake() override {}
  void cancel(std::int64_t) override {}
  [[nodiscard]] std::size_t running() const override { return waiting_.size(); }

  // From now on only answers older than this are given; all of them where there is no bound.
  void answer_before(std::optional<UtcTime> bound) { before_ = bound; }

  // Where the answer to this request lies, until asked for once.
  [[nodiscard]] std::optional<EvidenceRef> take_evidence(std::int64_t id);

  [[nodiscard]] const archive::Replay& replay() const { return replay_; }

 private:
  [[nodiscard]] fetch::TransferResult answer(const fetch::TransferRequest& request);

  archive::Replay replay_;
  std::optional<UtcTime> before_;
  std::deque<fetch::TransferRequest> waiting_;
  std::unordered_map<std::int64_t, EvidenceRef> evidence_;
  std::unordered_map<std::string, Page> robots_;  // asked again in each pass, recorded once a run
};

}  // namespace testigo::app
