#pragma once

#include <cstdint>
#include <optional>

#include "store/connection.h"
#include "store/ingest.h"

namespace testigo::store {

// The row of the record that an answer was archived as, made where it is missing; none if it was
// not archived.
[[nodiscard]] std::optional<std::int64_t> evidence_id(Connection& c, const Answer& answer);

}  // namespace testigo::store
