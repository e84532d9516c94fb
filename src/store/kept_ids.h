#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "store/store.h"

namespace testigo::store {

// External ids of a source's posts that mention a brand and are not known to be gone, at most
// `limit`: with each `turn` those that follow on the last turn's, so that each comes up once before
// any comes up again. Posts without an id of the service's own are none of them.
[[nodiscard]] Result<std::vector<std::string>> kept_ids(Store& store, const BrandId& brand,
                                                        const SourceId& source, std::size_t limit,
                                                        std::uint64_t turn);

}  // namespace testigo::store
