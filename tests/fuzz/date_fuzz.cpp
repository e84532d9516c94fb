// Any text is a date between the years 1 and 9999, or none.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/date.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view languages[] = {"", "en", "es", "ro"};
  const std::string_view language = languages[data[0] % 4];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const testigo::UtcTime now = testigo::parse_iso8601("2026-11-25T15:30:00Z").value();
  const auto time = testigo::formats::parse_date(text, now, language);
  if (time && !testigo::parse_iso8601(testigo::to_iso8601(*time))) std::abort();
  return 0;
}
