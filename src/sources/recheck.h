#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/page.h"
#include "sources/plan.h"
#include "sources/source.h"

namespace testigo::sources {

// Posts that are kept, asked for again by their ids: what a service no longer has is gone. Lists
// tell that of posts that they still reach, and of no others.

// How many ids a pass asks for, with all steps that have recheck = true; 0 where none has.
[[nodiscard]] std::size_t most_rechecked(const Source& source);

// The requests that ask for these, as many together as the step says. They are no entries: a pass
// is whole without them.
[[nodiscard]] std::vector<PageRequest> recheck_requests(const Source& source, const Watch& watch,
                                                        std::span<const std::string> ids);

// The ids that a request asks for; none of any other request.
[[nodiscard]] std::vector<std::string> rechecked_ids(const Source& source,
                                                     const PageRequest& request);

}  // namespace testigo::sources
