#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/brand_book.h"
#include "classify/classifier.h"
#include "core/post.h"
#include "core/time.h"
#include "extract/own_words.h"
#include "store/ingest.h"
#include "text/time_zone.h"

namespace testigo::app {

// The verdict of a text in which these names are looked for; a source's word on the language counts
// only where the text itself does not tell. Pure and thread-safe.
[[nodiscard]] Verdict verdict_of(const classify::Classifier& classifier, const Post& post,
                                 const std::vector<std::string>& brand_names);
// What the verdict says of one brand: with several in one text each gets what is said of it; else
// all share the text's.
[[nodiscard]] store::BrandMention mention_of(const BrandId& brand, std::string_view name,
                                             const Verdict& verdict);

// From a post as extracted to what the store keeps of it: its day, its brands, its verdict. Pure
// and thread-safe; crawl, import and replay all go through here, so that they agree.
class Judge {
 public:
  // Keeps references: all four must outlive it.
  Judge(const classify::Classifier& classifier, const BrandBook& brands, const text::TimeZone& zone,
        const extract::OwnWords& own_words)
      : classifier_(classifier), brands_(brands), zone_(zone), own_words_(own_words) {}

  // The text becomes its author's own words, without quotations and signatures.
  // `always` is a brand that the post is about whether or not its query matches. A post whose
  // author goes by the brand's own name is the brand's. A post that no brand matches comes back
  // with no brands: it is not to be stored.
  [[nodiscard]] store::Sighting judge(Post post, UtcTime seen_at,
                                      const std::optional<BrandId>& always) const;

 private:
  const classify::Classifier& classifier_;
  const BrandBook& brands_;
  const text::TimeZone& zone_;
  const extract::OwnWords& own_words_;
};

}  // namespace testigo::app
