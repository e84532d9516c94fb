#pragma once

#include <optional>
#include <string>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::store {

// Who says so, and when.
struct Corrector {
  std::string person;
  UtcTime at{};
  std::optional<std::string> note;
};

struct Correction {
  MentionId mention;
  std::optional<Tag> was;  // empty: unclassified
  std::optional<Tag> tag;
};

// Sets the tag of one mention, as a person says, and with it the polarity (sides.h); the text's
// verdict and its reasons stay as the rules have it. Sums, full text and the record of it change in
// the same transaction. Saying the tag that it has confirms it: no later rules change it, until the
// post itself is edited. Errc::not_found.
[[nodiscard]] Result<Correction> correct(Store& store, MentionId mention, Tag tag,
                                         const Corrector& by);

// Back to what the rules say: to `ruled`, if they were asked again (app/reclassify.h:
// ruled_mention); else of a text about one brand to what they last said, of others to what they
// said before the first correction. Errc::not_found where there is no such mention, or it was not
// corrected.
[[nodiscard]] Result<Correction> undo_correction(Store& store, MentionId mention,
                                                 const Corrector& by,
                                                 const std::optional<BrandMention>& ruled = {});

}  // namespace testigo::store
