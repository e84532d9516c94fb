#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "insight/audit.h"
#include "store/store.h"

namespace testigo::cli {

// What --corrected corrects by: the latest audit with labels of this brand, or else of all. Says on
// `err` which. Errc::not_found where nothing was audited, with the audit of another brand that
// there is.
[[nodiscard]] Result<std::vector<insight::TagAccuracy>> audited_accuracy(
    Context& context, store::Store& store, const std::optional<BrandId>& brand);

// That there is no audit of this brand, or none of all: what there is instead, and what to do.
[[nodiscard]] Error no_audit(store::Store& store, const std::optional<BrandId>& brand,
                             bool labelled, std::string_view where);

}  // namespace testigo::cli
