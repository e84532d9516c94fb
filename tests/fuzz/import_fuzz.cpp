// What an import makes of any cell: a date within the years that are taken, words that are sound
// and no more than what was written, and of a column's head a sound scale.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "app/column_head.h"
#include "app/import_dates.h"
#include "app/import_words.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void check_date(std::string_view written, std::optional<bool> day_first) {
  static const text::TimeZone utc;
  static const UtcTime now = *parse_iso8601("2026-11-25T15:30:00Z");
  const auto time = app::import_date(written, day_first, utc, now);
  if (!time) return;
  const std::string iso = to_iso8601(*time);
  expect(iso >= "1989-12-30" && iso <= "2101-01-02");
}

void check_head(const std::string& cell) {
  const app::ColumnHead head = app::read_column_head(cell);
  expect(head.name.size() <= cell.size() && text::is_valid_utf8(head.name));
  if (head.scale) expect(head.scale->best > head.scale->worst.value_or(0.0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view cell(reinterpret_cast<const char*>(data), size);
  for (const auto day_first : {std::optional<bool>(), std::optional(true), std::optional(false)})
    check_date(cell, day_first);
  (void)app::shows_day_first(cell);
  const std::string text = text::replace_invalid(cell);
  expect(text::is_valid_utf8(app::own_words_of_mail(text)));
  expect(text::is_valid_utf8(app::without_addresses(text)));
  const std::string original = app::original_of(text, "(Original)", "(Translated)");
  expect(original.size() <= text.size() && text::is_valid_utf8(original));
  check_head(text);
  return 0;
}
