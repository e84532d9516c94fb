#pragma once

#include "core/ids.h"
#include "insight/quote.h"

namespace testigo::app {

// What can be shown of a mention that was read from the store, whichever of its rows it is: one
// with text, language, source, url, evidence and day.
template <class Row>
[[nodiscard]] insight::Quote quote_of(const MentionId& mention, const Row& row) {
  return {mention, row.text, row.language, row.source, row.url, row.evidence, row.day};
}

}  // namespace testigo::app
