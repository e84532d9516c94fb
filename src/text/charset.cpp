#include "text/charset.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/ucnv.h>

#include "text/charset_labels.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct CloseConverter {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

const EncodingLabels* find_encoding(std::string_view label) {
  const std::string wanted = ascii_lower(trim(label));
  if (wanted.empty() || wanted.find(' ') != std::string::npos) return nullptr;
  for (const EncodingLabels& encoding : encoding_labels()) {
    const std::string_view labels = encoding.labels;
    for (std::size_t begin = 0; begin < labels.size();) {
      const std::size_t end = std::min(labels.find(' ', begin), labels.size());
      if (labels.substr(begin, end - begin) == wanted) return &encoding;
      begin = end + 1;
    }
  }
  return nullptr;
}

// ISO-8859-16 (Romanian), which ICU's data leaves out: where it differs from Latin-1.
struct Difference {
  unsigned char byte;
  char16_t character;
};
constexpr std::array<Difference, 40> latin10 = {
    {{0xA1, 0x104}, {0xA2, 0x105}, {0xA3, 0x141},  {0xA4, 0x20AC}, {0xA5, 0x201E}, {0xA6, 0x160},
     {0xA8, 0x161}, {0xAA, 0x218}, {0xAC, 0x179},  {0xAE, 0x17A},  {0xAF, 0x17B},  {0xB2, 0x10C},
     {0xB3, 0x142}, {0xB4, 0x17D}, {0xB5, 0x201D}, {0xB8, 0x17E},  {0xB9, 0x10D},  {0xBA, 0x219},
     {0xBC, 0x152}, {0xBD, 0x153}, {0xBE, 0x178},  {0xBF, 0x17C},  {0xC3, 0x102},  {0xC5, 0x106},
     {0xD0, 0x110}, {0xD1, 0x143}, {0xD5, 0x150},  {0xD7, 0x15A},  {0xD8, 0x170},  {0xDD, 0x118},
     {0xDE, 0x21A}, {0xE3, 0x103}, {0xE5, 0x107},  {0xF0, 0x111},  {0xF1, 0x144},  {0xF5, 0x151},
     {0xF7, 0x15B}, {0xF8, 0x171}, {0xFD, 0x119},  {0xFE, 0x21B}}};

std::string decode_latin10(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const auto found = std::find_if(latin10.begin(), latin10.end(),
                                    [byte](const Difference& row) { return row.byte == byte; });
    out += encode(found == latin10.end() ? byte : found->character);
  }
  return out;
}

Result<std::string> decode_with_icu(std::string_view bytes, const EncodingLabels& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(std::string(encoding.icu).c_str(), &status));
  if (!converter || U_FAILURE(status)) {
    return fail(Errc::unsupported,
                "ICU has no converter for " + std::string(encoding.name) + "; install its data.");
  }
  // Of the encodings in the table, none makes more than three bytes of UTF-8 from one.
  std::string out(bytes.size() * 3 + 16, '\0');
  const int32_t size =
      ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), out.data(), static_cast<int32_t>(out.size()),
                         bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) {
    return fail(Errc::malformed, "The text could not be decoded as " + std::string(encoding.name) +
                                     ": " + u_errorName(status) + ".");
  }
  out.resize(static_cast<std::size_t>(size));
  if (out.substr(0, 3) == utf8_mark) out.erase(0, 3);
  return out;
}

}  // namespace

std::optional<std::string_view> encoding_for_label(std::string_view label) {
  const EncodingLabels* encoding = find_encoding(label);
  return encoding ? std::optional(encoding->name) : std::nullopt;
}

Result<std::string> decode_to_utf8(std::string_view bytes, std::string_view label) {
  const EncodingLabels* encoding = find_encoding(label);
  if (!encoding) {
    return fail(Errc::unsupported, "\"" + std::string(label) + "\" names no known encoding.");
  }
  if (encoding->name == "UTF-8") {
    if (bytes.substr(0, 3) == utf8_mark) bytes.remove_prefix(3);
    return replace_invalid(bytes);
  }
  if (encoding->name == "ISO-8859-16") return decode_latin10(bytes);
  return decode_with_icu(bytes, *encoding);
}

}  // namespace testigo::text
