#include "formats/encoding_sniff.h"

#include <algorithm>
#include <optional>

#include "formats/meta_prescan.h"
#include "text/charset.h"
#include "text/double_utf8.h"
#include "text/mixed_utf8.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Evidence = EncodingEvidence;

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

std::optional<std::string_view> byte_order_mark(std::string_view bytes) {
  if (bytes.substr(0, 3) == utf8_mark) return "UTF-8";
  if (bytes.substr(0, 2) == "\xFE\xFF") return "UTF-16BE";
  if (bytes.substr(0, 2) == "\xFF\xFE") return "UTF-16LE";
  return {};
}

// UTF-16 without a mark: markup and Latin text have a zero in every other byte.
std::optional<std::string_view> bare_utf16(std::string_view bytes) {
  constexpr std::size_t sample = 256;
  std::size_t even = 0;
  std::size_t odd = 0;
  const std::size_t size = std::min(bytes.size(), sample) & ~std::size_t{1};
  for (std::size_t i = 0; i < size; i += 2) {
    even += bytes[i] == '\0' ? 1 : 0;
    odd += bytes[i + 1] == '\0' ? 1 : 0;
  }
  if (size < 4) return {};
  if (odd * 4 > size && even == 0) return "UTF-16LE";
  if (even * 4 > size && odd == 0) return "UTF-16BE";
  return {};
}

bool is_single_byte(std::string_view name) {
  return name.substr(0, 8) == "windows-" || name.substr(0, 9) == "ISO-8859-";
}

// Whether the bytes plainly contradict a declaration: no legacy text happens to be faultless UTF-8,
// and text with pasted bytes of another encoding still has characters of its own among them.
bool is_contradicted(std::string_view declared, const text::Utf8Look& look) {
  if (declared == "UTF-8") return look.faults > 2 * look.sequences;
  return is_single_byte(declared) && look.sequences > 0 && look.faults == 0;
}

SniffedEncoding detect(std::string_view bytes, const text::Utf8Look& look) {
  if (look.is_utf8_in_the_main()) return {"UTF-8", Evidence::detected};
  const bool ascii = look.sequences == 0 && look.faults == 0;
  const bool escapes = bytes.find("\x1B$") != std::string_view::npos;
  if (ascii && !escapes) return {"windows-1252", Evidence::fallback};
  if (const auto name = text::detect_encoding(bytes)) return {*name, Evidence::detected};
  return {"windows-1252", Evidence::fallback};
}

}  // namespace

SniffedEncoding sniff_encoding(std::string_view bytes, std::string_view content_type) {
  if (const auto name = byte_order_mark(bytes)) return {*name, Evidence::byte_order_mark};
  std::optional<SniffedEncoding> declared;
  if (const auto label = charset_parameter(content_type)) {
    if (const auto name = text::encoding_for_label(*label))
      declared = {*name, Evidence::http_header};
  }
  if (!declared) {
    if (const auto name = bare_utf16(bytes)) return {*name, Evidence::detected};
    if (const auto name = prescan_encoding(bytes)) declared = {*name, Evidence::declaration};
  }
  // As nearly all the web is, and told without counting its characters.
  if (declared && declared->name == "UTF-8" && text::is_valid_utf8(bytes)) return *declared;
  const text::Utf8Look look = text::look_for_utf8(bytes);
  if (declared && !is_contradicted(declared->name, look)) return *declared;
  return detect(bytes, look);
}

DecodedPage decode_page(std::string_view bytes, std::string_view content_type) {
  DecodedPage page;
  page.encoding = sniff_encoding(bytes, content_type);
  if (page.encoding.name == "UTF-8") {
    if (bytes.substr(0, 3) == utf8_mark) bytes.remove_prefix(3);
    page.text = text::mend_double_utf8(text::mend_mixed_utf8(bytes));
    return page;
  }
  Result<std::string> text = text::decode_to_utf8(bytes, page.encoding.name);
  page.text = text ? std::move(*text) : text::replace_invalid(bytes);
  return page;
}

std::string media_type(std::string_view content_type) {
  return text::ascii_lower(text::trim(content_type.substr(0, content_type.find(';'))));
}

}  // namespace testigo::formats
