#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "archive/cdxj.h"
#include "archive/surt.h"

using namespace testigo::archive;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// Input: a line of an index, or a URL. Properties: a key has no space and no control character, so
// that a line stays a line; an entry that is written out again reads back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const char c : surt_of(input)) require(static_cast<unsigned char>(c) > 0x20 && c < 0x7f);
  const auto entry = parse_cdxj_line(input);
  if (!entry) return 0;
  const std::string line = cdxj_line(*entry);
  require(line.find('\n') == line.size() - 1);
  const auto again = parse_cdxj_line(line);
  require(again && *again == *entry);
  return 0;
}
