#include "archive/warc_writer.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "archive/cdxj_index.h"
#include "archive/file.h"
#include "archive/file_names.h"
#include "archive/gzip_member.h"
#include "archive/record_text.h"
#include "archive/recover.h"
#include "core/digest.h"

namespace testigo::archive {
namespace {

namespace fs = std::filesystem;

Day day_in_utc(UtcTime time) { return {std::chrono::floor<std::chrono::days>(time)}; }

std::string_view profile_uri(RevisitProfile profile) {
  return profile == RevisitProfile::server_not_modified
             ? "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
             : "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
}

}  // namespace

class WarcWriter::State {
 public:
  explicit State(WriterOptions options) : options_(std::move(options)) {}
  ~State() { write_index(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Opens the day's last file if it is free and has room, else the next one that is free.
  Result<void> open_file(UtcTime now) {
    const Day day = day_in_utc(now);
    const auto last = last_archive_number(options_.folder, options_.prefix, day);
    if (!last) return fail(last.error());
    for (int number = std::max(*last, 1); number < max_files_a_day; ++number) {
      const std::string name = archive_name(options_.prefix, day, number);
      auto taken = take(name, now);
      if (!taken) return fail(std::move(taken).error());
      if (!*taken) continue;
      day_ = day;
      return {};
    }
    return fail(Errc::limit_exceeded, "a hundred thousand archive files on one day",
                options_.folder);
  }

  // A power cut late in the evening leaves its torn tail in a file that nobody appends to again,
  // and a killed process leaves its files without an index. One with an index was finished.
  Result<void> mend_others() {
    for (const std::string& name : other_archives(options_.folder, options_.prefix, name_)) {
      if (index_is_newer(path_of(name))) continue;
      auto file = File::open(path_of(name), File::Mode::change);
      if (!file || !file->lock()) continue;  // read-only, or still being written by another process
      const auto recovery = cut_torn_tail(*file);
      if (!recovery) return fail(recovery.error());
      tell(name, *recovery);
      auto index = CdxjIndex::of(path_of(name));
      tell(name, index ? index->write() : Result<void>(fail(index.error())));
    }
    return {};
  }

  Result<EvidenceRef> append(const Exchange& exchange, std::vector<Header> fields,
                             const std::string& answer_id, std::string_view block,
                             std::string payload_digest, bool is_revisit) {
    auto answer = maker_.make(record_text(std::move(fields), block));
    if (!answer) return fail(std::move(answer).error());
    const auto request =
        maker_.make(record_text(request_fields(new_record_id(), answer_id, warcinfo_id_, exchange),
                                request_block(exchange)));
    if (!request) return fail(request.error());
    EvidenceRef evidence{name_, size_, answer->size(), std::move(payload_digest)};
    if (auto written = write(*answer + *request); !written) return fail(std::move(written).error());
    note(entry_of(exchange, evidence, is_revisit));
    return evidence;
  }

  Result<EvidenceRef> append_metadata(std::string_view target_uri, std::string_view content_type,
                                      std::string_view block, UtcTime now) {
    const auto member = maker_.make(record_text({{"WARC-Type", "metadata"},
                                                 {"WARC-Record-ID", new_record_id()},
                                                 {"WARC-Warcinfo-ID", warcinfo_id_},
                                                 {"WARC-Date", to_iso8601(now)},
                                                 {"WARC-Target-URI", std::string(target_uri)},
                                                 {"Content-Type", std::string(content_type)}},
                                                block));
    if (!member) return fail(member.error());
    EvidenceRef evidence{name_, size_, member->size(), labelled_digest(block)};
    if (auto written = write(*member); !written) return fail(std::move(written).error());
    note({std::string(target_uri), now, std::string(content_type), 0, evidence.payload_digest,
          evidence.length, evidence.offset, name_});
    return evidence;
  }

  // A later day, or a full file: the next record opens a new one. What was written is synced first,
  // since sync() will then speak of the new file only.
  Result<void> rotate_if_due(UtcTime now) {
    if (day_in_utc(now) <= day_ && size_ < options_.max_file_bytes) return {};
    if (auto synced = sync(); !synced) return synced;
    write_index();
    return open_file(std::max(now, UtcTime(day_.days)));
  }

  Result<void> sync() { return file_->sync_data(); }

  [[nodiscard]] const std::string& warcinfo_id() const { return warcinfo_id_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  // Whether the file of that name is now ours.
  Result<bool> take(const std::string& name, UtcTime now) {
    auto file = File::open(path_of(name), File::Mode::append);
    if (!file) return fail(std::move(file).error());
    if (auto locked = file->lock(); !locked) {
      if (locked.error().code == Errc::busy) return false;
      return fail(std::move(locked).error());
    }
    const auto size = file->size();
    if (!size) return fail(size.error());
    if (*size >= options_.max_file_bytes) return false;
    const auto recovery = cut_torn_tail(*file);
    if (!recovery) return fail(recovery.error());
    tell(name, *recovery);
    file_ = *std::move(file);
    name_ = name;
    size_ = recovery->kept_bytes;
    take_index();
    if (auto described = write_warcinfo(now); !described) return fail(std::move(described).error());
    if (auto synced = sync_folder(options_.folder); !synced) return fail(std::move(synced).error());
    return true;
  }

  void tell(const std::string& name, const Recovery& recovery) {
    if (recovery.damaged_bytes > 0)
      messages_.push_back(name + ": " + std::to_string(recovery.damaged_bytes) +
                          " bytes within it are damaged, and left as they are: testigo evidence "
                          "verify shows which records; bring them back from a backup");
    if (recovery.cut_bytes == 0) return;
    messages_.push_back(name + ": cut " + std::to_string(recovery.cut_bytes) +
                        " bytes of an unfinished record at its end");
  }

  void tell(const std::string& name, const Result<void>& indexed) {
    if (indexed) return;
    messages_.push_back(name + ": it has no index: " + describe(indexed.error()));
  }

  [[nodiscard]] std::string path_of(const std::string& name) const {
    return (fs::path(options_.folder) / name).string();
  }

  // The index is a convenience: where it fails evidence is still kept, and the next start tries
  // again.
  void take_index() {
    auto index = CdxjIndex::of(path_of(name_));
    index_.reset();
    if (index) {
      index_ = *std::move(index);
    } else {
      tell(name_, Result<void>(fail(index.error())));
    }
  }

  void note(const CdxjEntry& entry) {
    if (!index_) return;
    if (auto added = index_->add(entry); !added) {
      tell(name_, added);
      index_.reset();
    }
  }

  void write_index() {
    if (index_) tell(name_, index_->write());
    index_.reset();
  }

  [[nodiscard]] CdxjEntry entry_of(const Exchange& exchange, const EvidenceRef& evidence,
                                   bool is_revisit) const {
    return {exchange.archive_url,
            exchange.page.fetched_at,
            is_revisit ? "warc/revisit" : media_type_of(exchange.page.headers),
            exchange.page.status,
            evidence.payload_digest,
            evidence.length,
            evidence.offset,
            name_};
  }

  // Each writing process says who it is, also where it goes on with a file.
  Result<void> write_warcinfo(UtcTime now) {
    warcinfo_id_ = new_record_id();
    std::string block = "software: " + options_.software + "\r\n";
    if (!options_.contact.empty()) block += "operator: " + options_.contact + "\r\n";
    block += "format: WARC File Format 1.1\r\nrobots: RFC 9309\r\n";
    const auto member = maker_.make(record_text({{"WARC-Type", "warcinfo"},
                                                 {"WARC-Record-ID", warcinfo_id_},
                                                 {"WARC-Date", to_iso8601(now)},
                                                 {"WARC-Filename", name_},
                                                 {"Content-Type", "application/warc-fields"}},
                                                block));
    if (!member) return fail(member.error());
    return write(*member);
  }

  Result<void> write(std::string_view bytes) {
    auto written = file_->write(size_, bytes);
    if (!written) {
      // The disk is full, say. Half a record would hide those that come after it; if this fails
      // too, the next write begins at the same place, and the next opening cuts the rest.
      (void)file_->truncate(size_);
      return written;
    }
    size_ += bytes.size();
    return {};
  }

  WriterOptions options_;
  MemberMaker maker_;
  std::optional<File> file_;
  std::string name_;
  std::uint64_t size_ = 0;
  Day day_{};
  std::string warcinfo_id_;
  std::optional<CdxjIndex> index_;  // of the file; none where it failed
  std::vector<std::string> messages_;
};

WarcWriter::WarcWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
WarcWriter::WarcWriter(WarcWriter&&) noexcept = default;
WarcWriter& WarcWriter::operator=(WarcWriter&&) noexcept = default;
WarcWriter::~WarcWriter() = default;

Result<WarcWriter> WarcWriter::open(WriterOptions options, UtcTime now) {
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error) {
    return fail(Errc::io, "cannot make the archive folder: " + error.message(), options.folder);
  }
  auto state = std::make_unique<State>(std::move(options));
  if (auto opened = state->open_file(now); !opened) return fail(std::move(opened).error());
  if (auto mended = state->mend_others(); !mended) return fail(std::move(mended).error());
  return WarcWriter(std::move(state));
}

Result<EvidenceRef> WarcWriter::append(const Exchange& exchange) {
  if (auto rotated = state_->rotate_if_due(exchange.page.fetched_at); !rotated) {
    return fail(std::move(rotated).error());
  }
  const std::string id = new_record_id();
  std::string digest = exchange.payload_digest.empty() ? labelled_digest(exchange.page.body_as_sent)
                                                       : exchange.payload_digest;
  auto fields = answer_fields("response", id, state_->warcinfo_id(), exchange);
  fields.push_back({"WARC-Payload-Digest", digest});
  return state_->append(exchange, std::move(fields), id, response_block(exchange.page),
                        std::move(digest), false);
}

Result<EvidenceRef> WarcWriter::append_revisit(const Exchange& exchange, const RevisitOf& of) {
  if (auto rotated = state_->rotate_if_due(exchange.page.fetched_at); !rotated) {
    return fail(std::move(rotated).error());
  }
  const std::string id = new_record_id();
  auto fields = answer_fields("revisit", id, state_->warcinfo_id(), exchange);
  fields.push_back({"WARC-Profile", std::string(profile_uri(of.profile))});
  if (!of.record_id.empty()) fields.push_back({"WARC-Refers-To", of.record_id});
  if (!of.target_uri.empty()) fields.push_back({"WARC-Refers-To-Target-URI", of.target_uri});
  if (of.date != UtcTime()) fields.push_back({"WARC-Refers-To-Date", to_iso8601(of.date)});
  if (!of.payload_digest.empty()) fields.push_back({"WARC-Payload-Digest", of.payload_digest});
  return state_->append(exchange, std::move(fields), id, response_head(exchange.page),
                        of.payload_digest, true);
}

Result<EvidenceRef> WarcWriter::append_metadata(std::string_view target_uri,
                                                std::string_view content_type,
                                                std::string_view block, UtcTime now) {
  if (auto rotated = state_->rotate_if_due(now); !rotated) return fail(std::move(rotated).error());
  return state_->append_metadata(target_uri, content_type, block, now);
}

Result<void> WarcWriter::sync() { return state_->sync(); }
const std::vector<std::string>& WarcWriter::messages() const { return state_->messages(); }
std::string WarcWriter::current_file() const { return state_->name(); }

}  // namespace testigo::archive
