#include "archive/replay.h"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "archive/digest_label.h"
#include "archive/tombstone.h"
#include "archive/warc_reader.h"
#include "core/digest.h"

namespace testigo::archive {
namespace {

// How many earlier answers of a page are looked at for the body that a revisit does not name.
constexpr std::size_t most_originals_tried = 16;

// Requests are told apart by 64 bits of SHA-256: of a million, two are mistaken for each other once
// in forty million archives.
std::int64_t key_of_url(std::string_view url) { return key_of({url.substr(0, url.find('#'))}); }

std::int64_t key_of_way(std::string_view method, std::string_view body) {
  return key_of({method, body});
}

std::int64_t mixed(std::int64_t url, std::int64_t way) {
  const auto turned = std::rotl(static_cast<std::uint64_t>(way), 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(url) ^ turned);
}

std::int64_t key_of_request(std::string_view method, std::string_view url, std::string_view body) {
  return mixed(key_of_url(url), key_of_way(method, body));
}

bool holds_an_answer(const WarcRecord& record) {
  if (is_tombstone(record)) return false;
  if (record.type() == "resource") return record.target_uri().starts_with("http");
  const bool is_http = record.field("Content-Type").starts_with("application/http");
  const bool repeats = record.type() == "revisit";
  return (record.type() == "response" && is_http) || (repeats && (is_http || record.block.empty()));
}

bool repeats_a_body(const WarcRecord& record) {
  return record.type() == "revisit" &&
         record.field("WARC-Profile").ends_with("/identical-payload-digest");
}

std::string_view without_brackets(std::string_view uri) {
  return uri.starts_with('<') && uri.ends_with('>') ? uri.substr(1, uri.size() - 2) : uri;
}

// Whether a record's body is the one with that digest; a digest that nobody can check is believed.
bool has_payload(const WarcRecord& record, std::string_view digest) {
  if (record.type() != "response" && record.type() != "resource") return false;
  if (is_tombstone(record)) return false;
  if (digest.empty() || record.field("WARC-Payload-Digest") == digest) return true;
  const auto page = page_of(record);
  return page && compare_digest(digest, page->body_as_sent) == DigestMatch::same;
}

}  // namespace

// Reads one file's records into keys and places. Which request belongs to which answer is only
// known at the file's end: tools write them in either order. Most are plain GETs, and nothing needs
// to be remembered of those.
class ReplayIndexer {
  static_assert(sizeof(Replay::Place) == 40, "what the header promises");

 public:
  void add(const WarcRecord& record, std::size_t file) {
    if (record.type() == "request") return add_request(record);
    if (!holds_an_answer(record)) return;
    Replay::Place place;
    place.key = key_of_url(record.target_uri());
    place.time = record.date().value_or(UtcTime());
    place.offset = record.offset;
    place.file = static_cast<std::uint32_t>(file);
    place.within = static_cast<std::uint32_t>(record.within);
    answers_.push_back({key_of({record.field("WARC-Record-ID")}),
                        key_of({record.field("WARC-Concurrent-To")}), place});
  }

  // Moves each answer, under the key of its request, to `places`.
  void move_to(Replay::Places& places) {
    for (Answer& answer : answers_) {
      answer.place.key = mixed(answer.place.key, way_of(answer));
      places.push_back(answer.place);
    }
    answers_ = {};
  }

 private:
  struct Answer {
    std::int64_t id;
    std::int64_t concurrent_to;
    Replay::Place place;  // its key is the URL's alone
  };

  void add_request(const WarcRecord& record) {
    const auto message = parse_http_message(record.block);
    if (!message) return;
    const std::int64_t way = key_of_way(message->method, message->body);
    if (way == plain_get_) return;
    for (const std::string_view id :
         {record.field("WARC-Concurrent-To"), record.field("WARC-Record-ID")}) {
      if (!id.empty()) ways_[key_of({id})] = way;
    }
  }

  [[nodiscard]] std::int64_t way_of(const Answer& answer) const {
    for (const std::int64_t id : {answer.id, answer.concurrent_to}) {
      const auto found = ways_.find(id);
      if (found != ways_.end()) return found->second;
    }
    return plain_get_;
  }

  std::int64_t plain_get_ = key_of_way("GET", {});
  std::vector<Answer> answers_;
  std::unordered_map<std::int64_t, std::int64_t> ways_;  // of requests that are no plain GETs
};

Result<Replay> Replay::open(std::span<const std::string> paths) {
  Replay replay;
  for (const std::string& path : paths) {
    replay.paths_.push_back(path);
    if (auto read = replay.read_file(path); !read) return fail(std::move(read).error());
  }
  replay.places_.shrink_to_fit();
  std::stable_sort(replay.places_.begin(), replay.places_.end(),
                   [](const Place& a, const Place& b) {
                     return a.key != b.key ? a.key < b.key : a.time < b.time;
                   });
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
  const std::size_t before = places_.size();
  indexer.move_to(places_);
  for (std::size_t i = before; i < places_.size(); ++i) {
    const UtcTime time = places_[i].time;
    earliest_ = earliest_ ? std::min(*earliest_, time) : time;
    latest_ = latest_ ? std::max(*latest_, time) : time;
  }
  return {};
}

std::span<const Replay::Place> Replay::places_of(std::int64_t key) const {
  const auto begin =
      std::lower_bound(places_.begin(), places_.end(), key,
                       [](const Place& place, std::int64_t k) { return place.key < k; });
  const auto end =
      std::find_if(begin, places_.end(), [key](const Place& p) { return p.key != key; });
  return {begin, end};
}

std::span<Replay::Place> Replay::places_of(std::int64_t key) {
  const std::span<const Place> found = std::as_const(*this).places_of(key);
  const auto begin = static_cast<std::size_t>(found.data() - places_.data());
  return std::span(places_).subspan(found.empty() ? 0 : begin, found.size());
}

Result<WarcRecord> Replay::record_at(const Place& place) const {
  return read_record_at(paths_[place.file], place.offset, place.within);
}

Result<std::optional<ReplayedAnswer>> Replay::take(std::string_view method,
                                                   std::string_view archive_url,
                                                   std::string_view body,
                                                   std::optional<UtcTime> before) {
  const std::span<Place> found = places_of(key_of_request(method, archive_url, body));
  if (found.empty() || found.front().taken == found.size()) return std::optional<ReplayedAnswer>();
  Place place = found[found.front().taken];
  if (before && place.time >= *before) return std::optional<ReplayedAnswer>();
  ++found.front().taken;
  auto record = record_at(place);
  if (!record) return fail(std::move(record).error());
  auto page = page_of(*record);
  if (repeats_a_body(*record)) {
    auto original = original_of(*record);
    if (!original) return fail(std::move(original).error());
    auto whole = page_of(original->second);
    if (!whole) return fail(std::move(whole).error());
    if (!page) {  // the revisit record has no head of its own
      page = *whole;
      page->url = record->target_uri();
    }
    page->fetched_at = place.time;
    page->body_as_sent = std::move(whole->body_as_sent);
    std::tie(place, *record) = *std::move(original);
  }
  if (!page) return fail(std::move(page).error());
  EvidenceRef evidence{std::filesystem::path(paths_[place.file]).filename().string(), place.offset,
                       record->length, labelled_digest(page->body_as_sent)};
  return ReplayedAnswer{*std::move(page), std::move(evidence)};
}

// WARC 1.1 §6.7.2: by WARC-Refers-To-Target-URI and -Date; by the digest alone where a writer names
// neither. The newest first, since that is the one that was compared.
Result<std::pair<Replay::Place, WarcRecord>> Replay::original_of(const WarcRecord& revisit) const {
  const std::string_view named = without_brackets(revisit.field("WARC-Refers-To-Target-URI"));
  const auto date = parse_iso8601(revisit.field("WARC-Refers-To-Date"));
  const std::string_view digest = revisit.field("WARC-Payload-Digest");
  const std::span<const Place> candidates =
      places_of(key_of_request("GET", named.empty() ? revisit.target_uri() : named, {}));
  std::size_t tried = 0;
  for (auto at = candidates.rbegin(); at != candidates.rend() && tried < most_originals_tried;
       ++at) {
    if (date && at->time != *date) continue;
    ++tried;
    auto record = record_at(*at);
    if (record && has_payload(*record, digest)) return std::pair(*at, *std::move(record));
  }
  return fail(Errc::not_found, "the record whose body this one repeats is not in these archives",
              std::string(revisit.target_uri()));
}

std::optional<std::string> Replay::path_of(std::string_view file) const {
  for (const std::string& path : paths_)
    if (std::filesystem::path(path).filename() == file) return path;
  return std::nullopt;
}

std::vector<UtcTime> Replay::times(std::string_view method, std::string_view archive_url,
                                   std::string_view body) const {
  std::vector<UtcTime> times;
  for (const Place& place : places_of(key_of_request(method, archive_url, body))) {
    times.push_back(place.time);
  }
  return times;
}

std::size_t Replay::left(std::string_view method, std::string_view archive_url,
                         std::string_view body) const {
  const std::span<const Place> found = places_of(key_of_request(method, archive_url, body));
  return found.empty() ? 0 : found.size() - found.front().taken;
}

}  // namespace testigo::archive
