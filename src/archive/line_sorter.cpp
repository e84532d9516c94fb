#include "archive/line_sorter.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace testigo::archive {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;
constexpr std::size_t write_bytes = 64 * 1024;

// Reads the lines of one run, a piece at a time.
class RunReader {
 public:
  RunReader(const File& file, std::uint64_t begin, std::uint64_t end)
      : file_(&file), at_(begin), end_(end) {}

  // The next line, "" at the end.
  Result<std::string> next() {
    auto stop = buffer_.find('\n', used_);
    while (stop == std::string::npos && at_ < end_) {
      const auto count = std::min<std::uint64_t>(read_bytes, end_ - at_);
      auto piece = file_->read(at_, static_cast<std::size_t>(count));
      if (!piece) return piece;
      if (piece->empty()) return fail(Errc::io, "the file of sorted lines became shorter");
      at_ += piece->size();
      buffer_.erase(0, used_);
      used_ = 0;
      buffer_ += *piece;
      stop = buffer_.find('\n');
    }
    if (stop == std::string::npos) return std::string();
    std::string line = buffer_.substr(used_, stop + 1 - used_);
    used_ = stop + 1;
    return line;
  }

 private:
  const File* file_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::string buffer_;
  std::size_t used_ = 0;
};

}  // namespace

Result<void> LineSorter::add(std::string_view line) {
  ++count_;
  held_bytes_ += line.size() + sizeof(std::string);
  lines_.emplace_back(line);  // as long as it is: what made it may have room to spare
  return held_bytes_ < max_bytes_ ? Result<void>() : spill();
}

Result<void> LineSorter::spill() {
  if (!file_) {
    auto made = File::make_nameless(folder_);
    if (!made) return fail(std::move(made).error());
    file_ = *std::move(made);
  }
  std::sort(lines_.begin(), lines_.end());
  const std::uint64_t begin = runs_.empty() ? 0 : runs_.back().end;
  std::uint64_t end = begin;
  std::string piece;
  for (const std::string& line : lines_) {
    piece += line;
    if (piece.size() < write_bytes && &line != &lines_.back()) continue;
    if (auto written = file_->write(end, piece); !written) return written;
    end += piece.size();
    piece.clear();
  }
  runs_.push_back({begin, end});
  lines_.clear();
  held_bytes_ = 0;
  return {};
}

Result<void> LineSorter::write(const Sink& sink) {
  std::sort(lines_.begin(), lines_.end());
  using Head = std::pair<std::string, std::size_t>;  // a line, and the run that it is of
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  std::vector<RunReader> readers;
  for (const Run& run : runs_) readers.emplace_back(*file_, run.begin, run.end);
  std::size_t held = 0;  // the lines in memory are the last run
  const auto advance = [&](std::size_t run) -> Result<void> {
    auto line = run < readers.size()   ? readers[run].next()
                : held < lines_.size() ? Result<std::string>(lines_[held++])
                                       : Result<std::string>(std::string());
    if (!line) return fail(std::move(line).error());
    if (!line->empty()) heads.emplace(*std::move(line), run);
    return {};
  };
  for (std::size_t run = 0; run <= readers.size(); ++run) {
    if (auto begun = advance(run); !begun) return begun;
  }
  std::string last;
  while (!heads.empty()) {
    auto [line, run] = heads.top();
    heads.pop();
    if (line != last) {
      if (auto taken = sink(line); !taken) return taken;
      last = std::move(line);
    }
    if (auto next = advance(run); !next) return next;
  }
  return {};
}

}  // namespace testigo::archive
