#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file.h"
#include "core/result.h"

namespace testigo::archive {

// Sorts any number of lines bytewise in a bounded amount of memory: what is over the bound goes,
// sorted, into a file without a name, and the pieces are merged at the end.
class LineSorter {
 public:
  // `folder` is where that file is made when it is needed.
  explicit LineSorter(std::string folder, std::size_t max_bytes = std::size_t{1} << 20)
      : folder_(std::move(folder)), max_bytes_(max_bytes) {}

  // A line with its "\n" at the end. Errc::io.
  [[nodiscard]] Result<void> add(std::string_view line);

  using Sink = std::function<Result<void>(std::string_view line)>;
  // Every line in order, each once. The sorter keeps its lines. Errc::io, or the sink's.
  [[nodiscard]] Result<void> write(const Sink& sink);

  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  struct Run {  // of the file
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  [[nodiscard]] Result<void> spill();

  std::string folder_;
  std::size_t max_bytes_;
  std::uint64_t count_ = 0;
  std::vector<std::string> lines_;
  std::size_t held_bytes_ = 0;
  std::optional<File> file_;
  std::vector<Run> runs_;
};

}  // namespace testigo::archive
