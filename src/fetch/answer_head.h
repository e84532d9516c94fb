#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::fetch {

// An answer's headers, line by line as they come. Interim answers (1xx) are forgotten when the next
// one begins, folded lines are joined (RFC 9112 §5.2), and what follows the body (trailers) is not
// looked at. A reason phrase is cut at 256 bytes; one with control characters is none.
class AnswerHead {
 public:
  void take_line(std::string_view line);
  [[nodiscard]] const std::vector<Header>& headers() const { return headers_; }
  // Of the status line (RFC 9112 §4); "" where it has none. To be asked before take().
  [[nodiscard]] const std::string& reason() const { return reason_; }
  // The headers, and a head that is ready for the next answer.
  [[nodiscard]] std::vector<Header> take();

 private:
  std::string reason_;
  std::vector<Header> headers_;
  bool complete_ = false;
};

}  // namespace testigo::fetch
