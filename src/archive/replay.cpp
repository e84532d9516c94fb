#include "archive/replay.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "archive/tombstone.h"
#include "archive/warc_reader.h"
#include "core/digest.h"

namespace testigo::archive {
namespace {

// What a request is found by.
std::string key_of_request(std::string_view method, std::string_view url, std::string_view body) {
  std::string key(method);
  key += ' ';
  key += url.substr(0, url.find('#'));
  if (!body.empty()) key += ' ' + to_hex(sha256(body));
  return key;
}

struct SeenRequest {
  std::string method;
  std::string body;
};

bool holds_an_answer(const WarcRecord& record) {
  if (is_tombstone(record)) return false;
  if (record.type() == "resource") return record.target_uri().starts_with("http");
  const bool is_http = record.field("Content-Type").starts_with("application/http");
  return (record.type() == "response" || record.type() == "revisit") && is_http;
}

}  // namespace

// Reads one file's records into keys and places. Which request belongs to which answer is only
// known at the file's end: tools write them in either order.
class ReplayIndexer {
 public:
  struct Answer {
    std::string id;
    std::string concurrent_to;
    std::string url;
    Replay::Place place;
  };

  void add(const WarcRecord& record, std::size_t file) {
    if (record.type() == "request") return add_request(record);
    if (!holds_an_answer(record)) return;
    answers_.push_back({std::string(record.field("WARC-Record-ID")),
                        std::string(record.field("WARC-Concurrent-To")),
                        std::string(record.target_uri()),
                        {record.date().value_or(UtcTime()), file, record.offset, record.within}});
  }

  // Each answer under the key of its request.
  std::vector<std::pair<std::string, Replay::Place>> finish() const {
    std::vector<std::pair<std::string, Replay::Place>> found;
    for (const Answer& answer : answers_) {
      const SeenRequest* request = request_of(answer);
      found.emplace_back(request == nullptr
                             ? key_of_request("GET", answer.url, {})
                             : key_of_request(request->method, answer.url, request->body),
                         answer.place);
    }
    return found;
  }

 private:
  void add_request(const WarcRecord& record) {
    auto message = parse_http_message(record.block);
    if (!message) return;
    const SeenRequest request{std::move(message->method), std::move(message->body)};
    for (const std::string_view id :
         {record.field("WARC-Concurrent-To"), record.field("WARC-Record-ID")}) {
      if (!id.empty()) requests_[std::string(id)] = request;
    }
  }

  [[nodiscard]] const SeenRequest* request_of(const Answer& answer) const {
    for (const std::string& id : {answer.id, answer.concurrent_to}) {
      const auto found = id.empty() ? requests_.end() : requests_.find(id);
      if (found != requests_.end()) return &found->second;
    }
    return nullptr;
  }

  std::vector<Answer> answers_;
  std::unordered_map<std::string, SeenRequest> requests_;
};

Result<Replay> Replay::open(std::span<const std::string> paths) {
  Replay replay;
  for (const std::string& path : paths) {
    replay.paths_.push_back(path);
    if (auto read = replay.read_file(path); !read) return fail(std::move(read).error());
  }
  for (auto& [key, line] : replay.lines_) {
    std::stable_sort(line.places.begin(), line.places.end(),
                     [](const Place& a, const Place& b) { return a.time < b.time; });
  }
  return replay;
}

Result<void> Replay::read_file(const std::string& path) {
  auto reader = WarcReader::open(path);
  if (!reader) return fail(std::move(reader).error());
  ReplayIndexer indexer;
  for (std::size_t records = 0;; ++records) {
    auto record = reader->next();
    if (!record) {
      if (records == 0) return fail(std::move(record).error());
      messages_.push_back(describe(record.error()) + "; what comes before it is replayed");
      break;
    }
    if (!*record) break;
    indexer.add(**record, paths_.size() - 1);
  }
  for (auto& [key, place] : indexer.finish()) {
    earliest_ = earliest_ ? std::min(*earliest_, place.time) : place.time;
    latest_ = latest_ ? std::max(*latest_, place.time) : place.time;
    lines_[key].places.push_back(place);
    ++size_;
  }
  return {};
}

Result<std::optional<ReplayedAnswer>> Replay::take(std::string_view method,
                                                   std::string_view archive_url,
                                                   std::string_view body,
                                                   std::optional<UtcTime> before) {
  const auto found = lines_.find(key_of_request(method, archive_url, body));
  if (found == lines_.end() || found->second.taken == found->second.places.size()) {
    return std::optional<ReplayedAnswer>();
  }
  const Place& place = found->second.places[found->second.taken];
  if (before && place.time >= *before) return std::optional<ReplayedAnswer>();
  ++found->second.taken;
  const auto record = read_record_at(paths_[place.file], place.offset, place.within);
  if (!record) return fail(record.error());
  auto page = page_of(*record);
  if (!page) return fail(std::move(page).error());
  EvidenceRef evidence{std::filesystem::path(paths_[place.file]).filename().string(), place.offset,
                       record->length, labelled_digest(page->body_as_sent)};
  return ReplayedAnswer{*std::move(page), std::move(evidence)};
}

std::optional<std::string> Replay::path_of(std::string_view file) const {
  for (const std::string& path : paths_)
    if (std::filesystem::path(path).filename() == file) return path;
  return std::nullopt;
}

std::vector<UtcTime> Replay::times(std::string_view method, std::string_view archive_url,
                                   std::string_view body) const {
  std::vector<UtcTime> times;
  const auto found = lines_.find(key_of_request(method, archive_url, body));
  if (found == lines_.end()) return times;
  for (const Place& place : found->second.places) times.push_back(place.time);
  return times;
}

std::size_t Replay::left(std::string_view method, std::string_view archive_url,
                         std::string_view body) const {
  const auto found = lines_.find(key_of_request(method, archive_url, body));
  return found == lines_.end() ? 0 : found->second.places.size() - found->second.taken;
}

}  // namespace testigo::archive
