#include "fetch/answer_head.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/normalize.h"

namespace testigo::fetch {
namespace {

constexpr std::size_t usual_headers = 16;
constexpr std::size_t longest_reason = 256;  // the registered ones are below 40 bytes

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

// RFC 9112 §4: what stands behind the version and the status.
std::string reason_of(std::string_view status_line) {
  for (int part = 0; part < 2; ++part) {
    const auto space = status_line.find(' ');
    if (space == std::string_view::npos) return {};
    status_line.remove_prefix(space + 1);
  }
  const std::string_view reason = text::trim(status_line).substr(0, longest_reason);
  const bool is_fit = std::none_of(reason.begin(), reason.end(), is_control);
  return is_fit ? std::string(reason) : std::string();
}

}  // namespace

std::vector<Header> AnswerHead::take() {
  complete_ = false;
  reason_.clear();
  return std::exchange(headers_, {});
}

void AnswerHead::take_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    headers_.clear();
    headers_.reserve(usual_headers);
    complete_ = false;
    reason_ = reason_of(line);
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
