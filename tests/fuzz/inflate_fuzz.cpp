// Content codings of any bytes are undone within the bound, or refused. The first byte chooses.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/inflate.h"

using namespace testigo::formats;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::size_t most = 1u << 20;
  constexpr std::string_view codings[] = {"gzip", "deflate", "br", "zstd", "gzip, br", ""};
  const std::string_view coding = codings[data[0] % std::size(codings)];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto decoded = decode_content(coding, bytes, most);
  if (decoded && decoded->size() > most) std::abort();
  const auto member = inflate_member(bytes, most);
  if (member && (member->consumed > bytes.size() || member->bytes.size() > most)) std::abort();
  return 0;
}
