#include "formats/line_reader.h"

#include <algorithm>

namespace testigo::formats {
namespace {

constexpr std::size_t chunk_bytes = 256u << 10;

}  // namespace

Result<std::optional<TextLine>> LineReader::next() {
  TextLine line;
  bool any = false;
  while (true) {
    if (at_ == buffer_.size()) {
      buffer_.resize(chunk_bytes);
      at_ = 0;
      const Result<std::size_t> got = source_(std::span(buffer_.data(), buffer_.size()));
      buffer_.resize(got ? *got : 0);
      if (!got) return fail(got.error());
      if (*got == 0) {
        if (!any) return std::optional<TextLine>();
        line.ended = false;
        break;
      }
    }
    any = true;
    const std::size_t found = buffer_.find('\n', at_);
    const std::size_t end = std::min(found, buffer_.size());
    const std::size_t room = max_line_bytes_ - line.text.size();
    line.cut = line.cut || end - at_ > room;
    line.text.append(buffer_, at_, std::min(end - at_, room));
    at_ = end;
    if (found != std::string::npos) {
      ++at_;
      break;
    }
  }
  line.number = ++number_;
  if (line.ended && !line.cut && line.text.ends_with('\r')) line.text.pop_back();
  return std::optional(std::move(line));
}

}  // namespace testigo::formats
