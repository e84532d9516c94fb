#include "text/fold.h"

#include "text/utf8.h"

namespace testigo::text {

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      ++at;
      continue;
    }
    const CodePoint point = decode(text, at);
    out += fold_char(point.value).view();
    at += point.size;
  }
  return out;
}

}  // namespace testigo::text
