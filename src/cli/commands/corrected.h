#pragma once

#include <optional>
#include <vector>

#include "cli/context.h"
#include "insight/audit.h"
#include "store/store.h"

namespace testigo::cli {

// What --corrected corrects by: the latest audit with labels of this brand, or else of all. Says on
// `err` which. Errc::not_found where nothing was audited.
[[nodiscard]] Result<std::vector<insight::TagAccuracy>> audited_accuracy(
    Context& context, store::Store& store, const std::optional<BrandId>& brand);

}  // namespace testigo::cli
