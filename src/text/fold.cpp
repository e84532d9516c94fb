#include "text/fold.h"

#include "text/utf8.h"

namespace testigo::text {
namespace {

void append_lower(std::string& out, std::string_view ascii) {
  const std::size_t begin = out.size();
  out += ascii;
  for (std::size_t i = begin; i < out.size(); ++i)
    if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] | 0x20);
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = skip_ascii(text, at); end > at) {
      append_lower(out, text.substr(at, end - at));
      at = end;
      continue;
    }
    const CodePoint point = decode(text, at);
    out += fold_char(point.value).view();
    at += point.size;
  }
  return out;
}

}  // namespace testigo::text
