#include "archive/verify.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "archive/digest_label.h"
#include "archive/tombstone.h"
#include "archive/warc_reader.h"

namespace testigo::archive {
namespace {

namespace fs = std::filesystem;

std::string name_of(const std::string& path) { return fs::path(path).filename().string(); }

// Digests of a response are over its payload; tools disagree on whether chunk framing belongs to
// it.
DigestMatch compare_payload(std::string_view labelled, const WarcRecord& record) {
  if (record.type() == "resource") return compare_digest(labelled, record.block);
  const auto message = parse_http_message(record.block);
  if (!message) return DigestMatch::unknown;
  const DigestMatch as_it_is = compare_digest(labelled, message->body);
  if (as_it_is != DigestMatch::different) return as_it_is;
  return compare_digest(labelled, without_chunks(message->body));
}

class Verifier {
 public:
  VerifyReport run(std::span<const std::string> paths) {
    for (const std::string& path : paths) check_file(path);
    for (const auto& [id, finding] : wanted_ids_) {
      if (!ids_.contains(id)) report_.notes.push_back(finding);
    }
    return std::move(report_);
  }

 private:
  void check_file(const std::string& path) {
    ++report_.files;
    file_ = name_of(path);
    auto reader = WarcReader::open(path);
    if (!reader) return problem(0, reader.error().what);
    std::uint64_t next_offset = 0;
    std::uint64_t last_offset = ~std::uint64_t{0};
    while (true) {
      auto record = reader->next();
      if (!record) return problem(next_offset, record.error().what);
      if (!*record) return;
      if ((*record)->offset != last_offset) report_.bytes += (*record)->length;
      last_offset = (*record)->offset;
      next_offset = last_offset + (*record)->length;
      check_record(**record);
    }
  }

  void check_record(const WarcRecord& record) {
    ++report_.records;
    if (record.type().empty()) problem(record.offset, "the record has no WARC-Type");
    if (!record.date()) problem(record.offset, "the record has no WARC-Date that can be read");
    const std::string id(record.field("WARC-Record-ID"));
    if (!id.empty() && !ids_.insert(id).second) {
      note(record.offset, "its WARC-Record-ID occurs twice: " + id);
    }
    const std::string other(record.field("WARC-Concurrent-To"));
    if (!other.empty()) {
      wanted_ids_.push_back(
          {other, {file_, record.offset, "its WARC-Concurrent-To is missing: " + other}});
    }
    if (is_tombstone(record)) {
      ++report_.erased;
      note(record.offset, "erased at " + std::string(record.field(erased_field)));
    }
    const std::string_view block_digest = record.field("WARC-Block-Digest");
    if (!block_digest.empty()) judge(record, "block", compare_digest(block_digest, record.block));
    const std::string_view payload_digest = record.field("WARC-Payload-Digest");
    // A revisit's payload digest is that of the body it does not repeat.
    if (!payload_digest.empty() && (record.type() == "response" || record.type() == "resource")) {
      judge(record, "payload", compare_payload(payload_digest, record));
    }
  }

  void judge(const WarcRecord& record, std::string_view what, DigestMatch match) {
    const std::string name(what);
    switch (match) {
      case DigestMatch::same:
        ++report_.digests_checked;
        return;
      case DigestMatch::different:
        ++report_.digests_checked;
        return problem(record.offset, "the " + name + " is not what its digest says");
      case DigestMatch::unknown:
        return note(record.offset, "the " + name + " digest is in another algorithm: not checked");
    }
  }

  void problem(std::uint64_t offset, std::string what) {
    report_.problems.push_back({file_, offset, std::move(what)});
  }
  void note(std::uint64_t offset, std::string what) {
    report_.notes.push_back({file_, offset, std::move(what)});
  }

  struct Wanted {
    std::string id;
    Finding finding;
  };
  VerifyReport report_;
  std::string file_;
  std::unordered_set<std::string> ids_;
  std::vector<Wanted> wanted_ids_;
};

bool is_archive_name(std::string_view name) {
  return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".arc") ||
         name.ends_with(".arc.gz");
}

void check_reference(VerifyReport& report, const std::string& folder,
                     const EvidenceRef& reference) {
  const auto problem = [&](std::string what) {
    report.problems.push_back({reference.file, reference.offset, std::move(what)});
  };
  const auto record =
      read_record_at((fs::path(folder) / reference.file).string(), reference.offset);
  if (!record) return problem(record.error().what);
  ++report.records;
  report.bytes += record->length;
  if (is_tombstone(*record)) {
    ++report.erased;
    report.notes.push_back({reference.file, reference.offset,
                            "erased at " + std::string(record->field(erased_field))});
    return;
  }
  if (record->length != reference.length) return problem("the record has another length");
  // A revisit holds no body: what it refers to is referred to on its own.
  if (reference.payload_digest.empty() || record->type() == "revisit") return;
  ++report.digests_checked;
  const DigestMatch match = record->type() == "metadata"
                                ? compare_digest(reference.payload_digest, record->block)
                                : compare_payload(reference.payload_digest, *record);
  if (match == DigestMatch::different) problem("the body is not the one that was read");
}

}  // namespace

VerifyReport verify_files(std::span<const std::string> paths) { return Verifier().run(paths); }

std::vector<std::string> archive_files(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (is_archive_name(at->path().filename().string())) paths.push_back(at->path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

VerifyReport verify_references(const std::string& folder, std::span<const EvidenceRef> references) {
  VerifyReport report;
  std::unordered_set<std::string> files;
  for (const EvidenceRef& reference : references) {
    files.insert(reference.file);
    check_reference(report, folder, reference);
  }
  report.files = files.size();
  return report;
}

}  // namespace testigo::archive
