#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/verdict.h"

namespace testigo::app {

// The sentence of a text in which reasons for that polarity weigh most together, without blanks
// around it; the first of equals. The whole text where no reason stands in it.
[[nodiscard]] std::string key_sentence(std::string_view text, std::span<const Reason> why,
                                       Polarity polarity);

}  // namespace testigo::app
