#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "insight/journey.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// The language of our own words on a page.
enum class Ui : std::uint8_t { en, es, ro };
[[nodiscard]] std::optional<Ui> parse_ui(std::string_view name);
[[nodiscard]] std::string_view to_string(Ui ui);

// A moment with its name in the reader's framework and language.
struct NamedMoment {
  insight::Moment moment;
  std::string name;
};

// For people: a line per moment with its polarities, net sentiment and its interval as a bar; the
// weakest link is marked, and named under the table.
[[nodiscard]] std::string render_journey(std::string_view title,
                                         std::span<const NamedMoment> moments, Ui ui,
                                         const Terminal& terminal);

// For programs. Columns: framework, moment, name, mentions, classified, positive, negative,
// neutral, mixed, positive_share, positive_low, positive_high, negative_share, negative_low,
// negative_high, net, net_low, net_high, small, weakest, surely.
[[nodiscard]] Rows journey_rows(std::string_view framework, std::span<const NamedMoment> moments);

}  // namespace testigo::render
