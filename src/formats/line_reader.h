#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/result.h"
#include "formats/byte_source.h"

namespace testigo::formats {

struct TextLine {
  std::size_t number = 0;  // 1-based
  std::string text;        // without its line break, LF or CR LF
  bool cut = false;        // it was longer than the bound; the rest of it was dropped
  bool ended = true;       // false: the file ends here, without a line break
};

// Reads lines one at a time, of which at most `max_line_bytes` are kept: memory grows neither with
// the file nor with a line.
class LineReader {
 public:
  LineReader(ByteSource source, std::size_t max_line_bytes)
      : source_(std::move(source)), max_line_bytes_(max_line_bytes) {}

  // The next line, nothing at the end. Errors are the source's.
  [[nodiscard]] Result<std::optional<TextLine>> next();

 private:
  ByteSource source_;
  std::size_t max_line_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
};

}  // namespace testigo::formats
