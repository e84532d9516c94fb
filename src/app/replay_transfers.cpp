#include "app/replay_transfers.h"

#include "formats/url.h"

namespace testigo::app {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::optional<std::string> redirect_of(const Page& page, const std::string& url) {
  if (!is_redirect(page.status)) return std::nullopt;
  const auto location = find_header(page.headers, "Location");
  if (!location) return std::nullopt;
  auto target = formats::resolve_url(*location, url);
  return target ? std::optional(std::move(*target)) : std::nullopt;
}

}  // namespace

void ReplayTransfers::start(fetch::TransferRequest request) {
  waiting_.push_back(std::move(request));
}

std::vector<fetch::TransferResult> ReplayTransfers::wait(Millis) {
  std::vector<fetch::TransferResult> results;
  for (const fetch::TransferRequest& request : waiting_) results.push_back(answer(request));
  waiting_.clear();
  return results;
}

fetch::TransferResult ReplayTransfers::answer(const fetch::TransferRequest& request) {
  fetch::TransferResult result;
  result.id = request.id;
  auto found = replay_.take(request.method, request.url, request.body, before_);
  if (found && *found) {
    result.page = std::move((*found)->page);
    evidence_.insert_or_assign(request.id, std::move((*found)->evidence));
    if (request.url.ends_with("/robots.txt")) robots_.insert_or_assign(request.url, result.page);
  } else if (const auto known = robots_.find(request.url); known != robots_.end()) {
    result.page = known->second;
  } else {
    result.error = fetch::TransferError::cancelled;
    result.detail = found ? "it is not in the archive" : describe(found.error());
    return result;
  }
  result.redirect = redirect_of(result.page, request.url);
  return result;
}

std::optional<EvidenceRef> ReplayTransfers::take_evidence(std::int64_t id) {
  const auto found = evidence_.find(id);
  if (found == evidence_.end()) return std::nullopt;
  EvidenceRef evidence = std::move(found->second);
  evidence_.erase(found);
  return evidence;
}

}  // namespace testigo::app
