// Markdown and BBCode of any text come out sound, and little longer than what was written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/bbcode.h"
#include "formats/markdown.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string valid = text::replace_invalid(bytes);
  const std::string markdown = formats::text_of_markdown(valid);
  expect(text::is_valid_utf8(markdown));
  // Gaps where a mark was, and the numbers of a list that begins at 999999999.
  expect(markdown.size() <= 4 * valid.size());
  const std::string bbcode = formats::text_of_bbcode(valid);
  expect(text::is_valid_utf8(bbcode));
  expect(bbcode.size() <= 2 * valid.size());
  return 0;
}
