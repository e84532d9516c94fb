#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/result.h"
#include "render/rows.h"
#include "store/store.h"

namespace testigo::cli {

// The stable views of the store (v_mentions, v_daily, …), by name.
[[nodiscard]] Result<std::vector<std::string>> views_of(store::Store& store);

// Errc::not_found, with the one that was meant, for a name that is none of them.
[[nodiscard]] Result<void> check_view(const std::vector<std::string>& views,
                                      const std::string& name);

// Writes all rows of a view, one at a time, and says how many. `view` is one of views_of().
[[nodiscard]] Result<std::size_t> write_view(store::Store& store, const std::string& view,
                                             render::Format format, std::ostream& out);

}  // namespace testigo::cli
