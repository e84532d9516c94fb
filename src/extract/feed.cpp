#include "extract/feed.h"

#include <utility>

#include "extract/feed_xml.h"
#include "formats/encoding_sniff.h"
#include "formats/xml.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {

namespace {

// UTF-32, by its byte order mark or the "<" it begins with (XML 1.0, appendix F). The web's encodings
// no longer include it; a few feeds do.
struct Utf32 {
  std::string text;
  std::string_view name;
};
std::optional<Utf32> decode_utf32(std::string_view bytes) {
  using namespace std::string_view_literals;
  const bool big = bytes.starts_with("\0\0\xFE\xFF"sv) || bytes.starts_with("\0\0\0<"sv);
  const bool little = bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("<\0\0\0"sv);
  if (!big && !little) return std::nullopt;
  Utf32 out{{}, big ? "UTF-32BE" : "UTF-32LE"};
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
    char32_t code = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      code = code << 8 | static_cast<unsigned char>(bytes[i + (big ? k : 3 - k)]);
    }
    if (code != 0xFEFF) out.text += text::encode(code);
  }
  return out;
}

formats::DecodedPage decode_feed(std::string_view bytes, std::string_view content_type) {
  if (std::optional<Utf32> utf32 = decode_utf32(bytes)) {
    return {std::move(utf32->text), {utf32->name, formats::EncodingEvidence::byte_order_mark}};
  }
  formats::DecodedPage decoded = formats::decode_page(bytes, content_type);
  // XML and JSON without a word about it are UTF-8, not the web's windows-1252.
  const bool silent = decoded.encoding.evidence == formats::EncodingEvidence::fallback;
  if (silent && text::is_valid_utf8(bytes)) decoded.encoding.name = "UTF-8";
  return decoded;
}

}  // namespace

Result<Feed> read_feed(std::string_view bytes, std::string_view url, std::string_view content_type,
                       UtcTime now) {
  const formats::DecodedPage decoded = decode_feed(bytes, content_type);
  std::string_view document = text::trim(decoded.text);
  Result<Feed> feed = fail(Errc::malformed, "");
  if (document.starts_with('{')) {
    feed = feed_of_json(document, url, now);
  } else {
    // Servers put blank lines and warnings before the document; XML starts at its first tag.
    const std::size_t begin = document.find('<');
    if (begin == std::string_view::npos) {
      return fail(Errc::malformed, "this is no feed: there is no element in it.", std::string(url));
    }
    document.remove_prefix(begin);
    const Result<formats::Tree> tree = formats::parse_xml(document);
    if (!tree) return fail(tree.error().code, "this is no feed: " + tree.error().what, std::string(url));
    feed = feed_of_xml(*tree, document, url, now);
  }
  if (feed) feed->encoding = std::string(decoded.encoding.name);
  return feed;
}

}  // namespace testigo::extract
