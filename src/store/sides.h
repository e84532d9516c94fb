#pragma once

#include <optional>
#include <vector>

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

// On which side a mention stands apart from its text: another polarity, or one that it comes to by
// a score of its own. Nothing where the mention is as its text.
[[nodiscard]] std::optional<Polarity> side_apart(const BrandMention& brand, bool corrected,
                                                 const WholeText& whole);

// Themes or moments of a text as a mention has them that stands on this side: what a clause says
// for the other side is of another brand, and neutral here; what it says for both, of this one is
// its own half. Where there is no side, or it is mixed, they stay as they are.
[[nodiscard]] std::vector<Facet> facets_on(const std::optional<Polarity>& side,
                                           std::vector<Facet> facets);

// Of a store whose mentions all had their text's polarity: gives each its own, in rows, sums and
// full text.
void settle_sides(Connection& c);

}  // namespace testigo::store
