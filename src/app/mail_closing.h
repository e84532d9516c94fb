#pragma once

#include <string_view>

namespace testigo::app {

// The part of a mail's own words before its closing: "Best regards," or "Un saludo," with at most
// a few lines of who wrote it, as name, job, company, phone and address. All of it where there is
// none, where nothing else is left, or where more stands below, as "P.S. It broke again.". Linear
// in the text.
[[nodiscard]] std::string_view before_closing(std::string_view mail);

}  // namespace testigo::app
