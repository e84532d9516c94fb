#include "fetch/answer_head.h"

#include <string>
#include <utility>

#include "text/normalize.h"

namespace testigo::fetch {
namespace {

constexpr std::size_t usual_headers = 16;

}  // namespace

std::vector<Header> AnswerHead::take() {
  complete_ = false;
  return std::exchange(headers_, {});
}

void AnswerHead::take_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    headers_.clear();
    headers_.reserve(usual_headers);
    complete_ = false;
    return;
  }
  if (complete_) return;
  const std::string_view text = text::trim(line);
  const bool folded = line.starts_with(' ') || line.starts_with('\t');
  if (folded && !headers_.empty()) {
    if (!text.empty()) headers_.back().value.append(" ").append(text);
    return;
  }
  if (text.empty()) {
    complete_ = true;
    return;
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return;  // no header: as browsers do, go on
  Header& header = headers_.emplace_back();
  header.name = text::trim(text.substr(0, colon));
  header.value = text::trim(text.substr(colon + 1));
}

}  // namespace testigo::fetch
