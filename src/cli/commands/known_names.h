#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/context.h"
#include "core/ids.h"
#include "query/parse.h"

namespace testigo::cli {

// A name that nothing has is a slip of the pen, and no question without an answer. Known are the
// brands of the configuration, the sources and themes of the rules, the languages of ISO 639, and
// whatever the store has.

// The brands, sources, themes and languages that the query of this text names. Errc::not_found with
// the nearest and carets;
// Errc::malformed where the first day of a since: lies behind the last of an until: beside it.
[[nodiscard]] Result<void> check_names(Context& context, std::string_view text,
                                       const query::Node& node);

// A source of --source, if any. Errc::not_found with the nearest.
[[nodiscard]] Result<std::optional<SourceId>> source_option(Context& context,
                                                            const Arguments& arguments);

}  // namespace testigo::cli
