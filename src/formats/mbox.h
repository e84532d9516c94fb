#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/result.h"
#include "formats/byte_source.h"
#include "formats/line_reader.h"

namespace testigo::formats {

// One message of an mbox file (RFC 4155), as it was sent (RFC 5322): header, blank line, body.
struct MboxMessage {
  std::size_t line = 0;  // 1-based, where it begins
  std::string bytes;     // lines parted by LF; ">From " as it was before it was quoted
  bool cut = false;      // it was longer than the bound; the rest, an attachment, was dropped
};

struct MboxLimits {
  std::size_t max_message_bytes = 8u << 20;  // words come before attachments
  std::size_t max_line_bytes = 1u << 20;     // RFC 5322 §2.1.1 allows 998
};

// Reads the messages one at a time: memory grows neither with the file nor with a message. A file
// that does not begin with a "From " line is one message (.eml).
class MboxReader {
 public:
  explicit MboxReader(ByteSource source, MboxLimits limits = {})
      : lines_(std::move(source), limits.max_line_bytes), limits_(limits) {}

  // The next message, nothing at the end. Errors are the source's.
  [[nodiscard]] Result<std::optional<MboxMessage>> next();

 private:
  LineReader lines_;
  MboxLimits limits_;
  bool begun_ = false;  // the separator of the next message has been read
  bool ended_ = false;
  std::size_t separator_line_ = 0;
};

}  // namespace testigo::formats
