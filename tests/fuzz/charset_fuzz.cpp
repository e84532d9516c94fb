// A Content-Type (up to the first line's end) and any bytes: a name of the standard's, and UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/encoding_sniff.h"
#include "text/charset.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  const std::string_view content_type = input.substr(0, end);
  const std::string_view bytes = end == std::string_view::npos ? input : input.substr(end + 1);
  const formats::DecodedPage page = formats::decode_page(bytes, content_type);
  expect(text::is_valid_utf8(page.text));
  expect(text::encoding_for_label(page.encoding.name) == page.encoding.name);
  expect(formats::sniff_encoding(bytes, content_type).name == page.encoding.name);
  // The first line as a label, too.
  if (const auto name = text::encoding_for_label(content_type)) {
    const auto decoded = text::decode_to_utf8(bytes, *name);
    expect(decoded && text::is_valid_utf8(*decoded));
  }
  return 0;
}
