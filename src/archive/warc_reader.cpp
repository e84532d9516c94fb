#include "archive/warc_reader.h"

#include <algorithm>
#include <utility>

#include "archive/file.h"
#include "archive/gzip_member.h"
#include "archive/record_head.h"
#include "formats/inflate.h"

namespace testigo::archive {
namespace {

// First try for a member of unknown length; doubled until the member fits. Most pages do at once.
constexpr std::size_t first_window_bytes = 256 * 1024;

// A damaged file is looked through so many times over, and no more: bytes that look like beginnings
// and are none would make it cost more than its length.
constexpr std::uint64_t max_rereading = 4;
constexpr std::uint64_t free_rereading = 64u << 20;
constexpr std::size_t search_bytes = 256 * 1024;
constexpr std::string_view record_mark = "WARC/";
constexpr std::string_view gzip_mark = "\x1F\x8B\x08";

struct Member {
  std::string bytes;         // inflated
  std::uint64_t length = 0;  // in the file
};

std::string place(const std::string& path, std::uint64_t offset) {
  return path + ":" + std::to_string(offset);
}

tl::unexpected<Error> at_place(Error error, const std::string& path, std::uint64_t offset) {
  error.where = place(path, offset);
  return fail(std::move(error));
}

// The gzip member at `offset`. Where it does not say its own length, ever larger pieces of the file
// are tried: at most twice the work.
Result<Member> read_member(const File& file, std::uint64_t offset, std::uint64_t file_bytes,
                           const ReaderLimits& limits) {
  const std::size_t most = limits.max_block_bytes + limits.max_header_bytes;
  std::uint64_t window = first_window_bytes;
  const auto head = file.read(offset, member_head_bytes);
  if (!head) return fail(head.error());
  if (const auto length = member_length(*head)) window = *length;
  while (true) {
    window = std::min(window, file_bytes - offset);
    const auto bytes = file.read(offset, static_cast<std::size_t>(window));
    if (!bytes) return fail(bytes.error());
    auto member = formats::inflate_member(*bytes, most);
    if (member) return Member{std::move(member->bytes), member->consumed};
    const bool all_there = offset + window >= file_bytes || window > most;
    if (all_there || member.error().code == Errc::limit_exceeded || !begins_gzip(*bytes)) {
      return at_place(std::move(member).error(), file.path(), offset);
    }
    window *= 2;
  }
}

}  // namespace

class WarcReader::State {
 public:
  State(File file, std::uint64_t file_bytes, ReaderLimits limits, std::uint64_t offset)
      : file_(std::move(file)),
        limits_(limits),
        file_bytes_(file_bytes),
        first_offset_(offset),
        offset_(offset) {}

  Result<std::optional<WarcRecord>> next() {
    if (failed_) return std::optional<WarcRecord>();
    auto record = read();
    failed_ = !record;
    return record;
  }

  Result<bool> resync() {
    const auto first = file_.read(first_offset_, member_head_bytes);
    if (!first) return fail(first.error());
    const std::string_view mark = begins_gzip(*first) ? gzip_mark : record_mark;
    reread_ += member_.length;  // it may hold what follows
    std::uint64_t at = offset_ + 1;
    while (failed_) {
      if (reread_ > free_rereading + max_rereading * file_bytes_) return false;
      const auto found = next_mark(mark, at);
      if (!found) return fail(found.error());
      if (!*found) return false;
      at = **found;
      if (begins_record(at)) {
        offset_ = at;
        member_ = {};
        in_member_ = failed_ = false;
      }
      ++at;
    }
    return true;
  }

 private:
  // Where the next bytes stand that a record or its gzip member may begin with.
  Result<std::optional<std::uint64_t>> next_mark(std::string_view mark, std::uint64_t at) const {
    while (at < file_bytes_) {
      const auto bytes = file_.read(at, search_bytes);
      if (!bytes) return fail(bytes.error());
      const std::size_t found = bytes->find(mark);
      if (found != std::string::npos) return std::optional(at + found);
      if (at + bytes->size() >= file_bytes_ || bytes->size() <= mark.size()) break;
      at += bytes->size() - (mark.size() - 1);  // a mark may lie across
    }
    return std::optional<std::uint64_t>();
  }

  bool begins_record(std::uint64_t at) {
    const auto start = file_.read(at, member_head_bytes);
    if (!start) return false;
    std::string head = *start;
    if (begins_gzip(*start)) {
      auto member = read_member(file_, at, file_bytes_, limits_);
      reread_ += member ? member->length : std::min<std::uint64_t>(file_bytes_ - at, most_read());
      if (!member) return false;
      head = std::move(member->bytes);
    } else {
      const auto whole = file_.read(at, limits_.max_header_bytes);
      if (!whole) return false;
      reread_ += whole->size();
      head = *whole;
    }
    return head.starts_with(record_mark) &&
           parse_record_head(std::string_view(head).substr(0, limits_.max_header_bytes));
  }
  // By read_member, of a member that is none, in all its windows.
  [[nodiscard]] std::uint64_t most_read() const {
    return 4 * (limits_.max_block_bytes + limits_.max_header_bytes);
  }

  Result<std::optional<WarcRecord>> read() {
    if (in_member_) {
      if (auto record = from_member(); !record || *record) return record;
    }
    if (auto skipped = skip_line_ends(); !skipped) return fail(std::move(skipped).error());
    if (offset_ >= file_bytes_) return std::optional<WarcRecord>();
    const auto start = file_.read(offset_, member_head_bytes);
    if (!start) return fail(start.error());
    if (!begins_gzip(*start)) return from_file();
    auto member = read_member(file_, offset_, file_bytes_, limits_);
    if (!member) return fail(std::move(member).error());
    member_ = *std::move(member);
    in_member_ = true;
    member_at_ = 0;
    within_ = 0;
    auto record = from_member();
    if (record && !*record)
      return failure(Errc::malformed, "a gzip member holds no record", offset_);
    return record;
  }

  // The next record of the inflated member, or nothing where the member is used up.
  Result<std::optional<WarcRecord>> from_member() {
    std::string_view rest = std::string_view(member_.bytes).substr(member_at_);
    const std::size_t blank = line_ends(rest);
    rest.remove_prefix(blank);
    member_at_ += blank;
    if (rest.empty()) {
      offset_ += member_.length;
      member_ = {};
      in_member_ = false;
      return std::optional<WarcRecord>();
    }
    auto head = checked_head(rest.substr(0, limits_.max_header_bytes), offset_);
    if (!head) return fail(std::move(head).error());
    // Some tools cut a record into several members.
    while (head->block_bytes > member_.bytes.size() - member_at_ - head->bytes) {
      if (auto more = append_next_member(); !more) return fail(std::move(more).error());
    }
    rest = std::string_view(member_.bytes).substr(member_at_);
    WarcRecord record;
    record.offset = offset_;
    record.length = member_.length;
    record.within = within_++;
    record.fields = std::move(head->fields);
    record.block = rest.substr(head->bytes, static_cast<std::size_t>(head->block_bytes));
    member_at_ += head->bytes + record.block.size();
    return record;
  }

  Result<void> append_next_member() {
    const std::uint64_t at = offset_ + member_.length;
    if (at >= file_bytes_ || member_.bytes.size() > limits_.max_block_bytes) {
      return failure(Errc::malformed, "the file ends within a record", offset_);
    }
    const auto next = read_member(file_, at, file_bytes_, limits_);
    if (!next) return fail(next.error());
    member_.bytes += next->bytes;
    member_.length += next->length;
    return {};
  }

  Result<std::optional<WarcRecord>> from_file() {
    const std::uint64_t begin = offset_;
    const auto window = file_.read(begin, limits_.max_header_bytes);
    if (!window) return fail(window.error());
    auto head = checked_head(*window, begin);
    if (!head) return fail(std::move(head).error());
    if (head->block_bytes > file_bytes_ - begin - head->bytes) {
      return failure(Errc::malformed, "the file ends within a record", begin);
    }
    auto block = file_.read(begin + head->bytes, static_cast<std::size_t>(head->block_bytes));
    if (!block) return fail(std::move(block).error());
    WarcRecord record;
    record.offset = begin;
    record.fields = std::move(head->fields);
    record.block = *std::move(block);
    offset_ = begin + head->bytes + record.block.size();
    if (auto skipped = skip_line_ends(); !skipped) return fail(std::move(skipped).error());
    record.length = offset_ - begin;
    return record;
  }

  [[nodiscard]] Result<RecordHead> checked_head(std::string_view bytes,
                                                std::uint64_t offset) const {
    auto head = parse_record_head(bytes);
    if (!head && head.error().code == Errc::not_found) {
      const bool cut = bytes.size() < limits_.max_header_bytes;
      return failure(cut ? Errc::malformed : Errc::limit_exceeded,
                     cut ? "the file ends within a record's head"
                         : "a record's head is longer than the limit, or this is no archive",
                     offset);
    }
    if (!head) {
      if (offset > first_offset_)
        head.error().what += ", or the one before it is not as long as it says";
      return at_place(std::move(head).error(), file_.path(), offset);
    }
    if (head->block_bytes > limits_.max_block_bytes) {
      return failure(
          Errc::limit_exceeded,
          "a record of " + std::to_string(head->block_bytes) + " bytes is beyond the limit",
          offset);
    }
    return head;
  }

  Result<void> skip_line_ends() {
    constexpr std::size_t look = 16;
    while (offset_ < file_bytes_) {
      const auto bytes = file_.read(offset_, look);
      if (!bytes) return fail(bytes.error());
      const std::size_t blank = line_ends(*bytes);
      offset_ += blank;
      if (blank < look) break;
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> failure(Errc code, std::string what,
                                              std::uint64_t offset) const {
    return fail(code, std::move(what), place(file_.path(), offset));
  }

  File file_;
  ReaderLimits limits_;
  std::uint64_t file_bytes_ = 0;
  std::uint64_t first_offset_ = 0;
  std::uint64_t offset_ = 0;  // of the member being read, or of the next record
  Member member_;
  bool in_member_ = false;
  std::size_t member_at_ = 0;
  std::size_t within_ = 0;
  bool failed_ = false;
  std::uint64_t reread_ = 0;
};

WarcReader::WarcReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
WarcReader::WarcReader(WarcReader&&) noexcept = default;
WarcReader& WarcReader::operator=(WarcReader&&) noexcept = default;
WarcReader::~WarcReader() = default;

Result<WarcReader> WarcReader::open(const std::string& path, ReaderLimits limits) {
  return open_at(path, 0, limits);
}

Result<WarcReader> WarcReader::open_at(const std::string& path, std::uint64_t offset,
                                       ReaderLimits limits) {
  auto file = File::open(path, File::Mode::read);
  if (!file) return fail(std::move(file).error());
  const auto size = file->size();
  if (!size) return fail(size.error());
  return WarcReader(std::make_unique<State>(*std::move(file), *size, limits, offset));
}

Result<std::optional<WarcRecord>> WarcReader::next() { return state_->next(); }
Result<bool> WarcReader::resync() { return state_->resync(); }

Result<WarcRecord> read_record_at(const std::string& path, std::uint64_t offset, std::size_t within,
                                  ReaderLimits limits) {
  auto reader = WarcReader::open_at(path, offset, limits);
  if (!reader) return fail(std::move(reader).error());
  while (true) {
    auto record = reader->next();
    if (!record) return fail(std::move(record).error());
    if (!*record || (*record)->offset != offset) {
      return fail(Errc::not_found, "there is no record at this offset", place(path, offset));
    }
    if ((*record)->within == within) return **std::move(record);
  }
}

}  // namespace testigo::archive
