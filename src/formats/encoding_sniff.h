#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::formats {

// What said so, in the order in which they are believed.
enum class EncodingEvidence : std::uint8_t {
  byte_order_mark,
  http_header,
  declaration,  // <meta charset>, <meta http-equiv>, <?xml encoding?>
  detected,     // from the bytes
  fallback,     // nothing said so: windows-1252
};

struct SniffedEncoding {
  std::string_view name;  // canonical, as text/charset.h has them: "UTF-8", "windows-1252"
  EncodingEvidence evidence = EncodingEvidence::fallback;
};

// The encoding of a page by the HTML standard's sniffing (§13.2.3), beyond it by looking at the
// bytes: valid UTF-8 with any multi-byte sequence is UTF-8, then by frequency. A declared UTF-8
// that the bytes plainly contradict is not believed.
[[nodiscard]] SniffedEncoding sniff_encoding(std::string_view bytes, std::string_view content_type);

struct DecodedPage {
  std::string text;  // UTF-8, without byte order mark
  SniffedEncoding encoding;
};

// The bytes as UTF-8, by sniff_encoding; what cannot be decoded becomes U+FFFD. Letters of an older
// encoding in the midst of UTF-8 are mended (text/mixed_utf8.h).
[[nodiscard]] DecodedPage decode_page(std::string_view bytes, std::string_view content_type);

// "text/html; charset=UTF-8" → "text/html", lower-case.
[[nodiscard]] std::string media_type(std::string_view content_type);

}  // namespace testigo::formats
