#pragma once

#include <optional>

#include "core/verdict.h"
#include "store/ingest.h"

namespace testigo::store {

class Connection;

// On which side a text is, of each brand that it names: praise of one may stand beside blame of
// another, and a person may say that a tag is wrong.

// A text as a whole.
struct WholeText {
  std::optional<Tag> tag;
  std::optional<Polarity> polarity;
  double score = 0.0;
};
[[nodiscard]] inline WholeText whole_of(const Verdict& verdict) {
  return {verdict.tag, verdict.polarity, verdict.score};
}

// The polarity of a mention. The text's own where its tag and score are the brand's, too; else
// advocacy is positive, complaint negative, mixed mixed. A question or other is on the side of
// its score, also when a person made it one: that says what is not meant as advocacy or complaint,
// not how it sounds. `corrected`: a person set the tag, which then decides.
[[nodiscard]] std::optional<Polarity> polarity_of(const BrandMention& brand, bool corrected,
                                                  const WholeText& whole);

// What `mention.polarity` holds: the same, nothing where it is the text's own.
[[nodiscard]] std::optional<Polarity> own_polarity(const BrandMention& brand, bool corrected,
                                                   const WholeText& whole);

// Of a store whose mentions all had their text's polarity: gives each its own, in rows, sums and
// full text.
void settle_sides(Connection& c);

}  // namespace testigo::store
