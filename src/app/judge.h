#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/brand_book.h"
#include "app/switch_words.h"
#include "classify/classifier.h"
#include "core/post.h"
#include "core/time.h"
#include "extract/own_words.h"
#include "store/ingest.h"
#include "text/time_zone.h"

namespace testigo::app {

// The verdict of a text in which these names are looked for; a source's word on the language holds
// unless the text clearly is in another. Pure and thread-safe.
[[nodiscard]] Verdict verdict_of(const classify::Classifier& classifier, const Post& post,
                                 std::span<const std::string> brand_names,
                                 const std::optional<classify::BrandSwitch>& goes = {});

// Whether the author means to leave, or to change brands.
[[nodiscard]] bool tells_of_leaving(const Verdict& verdict);

// By what posts are judged. Keeps references: all must outlive it.
struct JudgedBy {
  const classify::Classifier& classifier;
  const BrandBook& brands;
  const SwitchWords& switches;
};
// A brand of a post, and the name that is looked for.
struct BrandName {
  BrandId id;
  std::string name;
};
struct BrandVerdicts {
  Verdict verdict;
  std::vector<store::BrandMention> brands;  // as given
};
// The verdict of a text, and what it says of each brand: with several in one text each gets what is
// said of it, by where the author goes where they switch or leave; else all share the text's.
[[nodiscard]] BrandVerdicts judge_text(const JudgedBy& by, const Post& post, Day day,
                                       std::span<const BrandName> brands);

// From a post as extracted to what the store keeps of it: its day, its brands, its verdict. Pure
// and thread-safe; crawl, import and replay all go through here, so that they agree.
class Judge {
 public:
  // Keeps references: `zone` and `own_words` must outlive it, too.
  Judge(const JudgedBy& by, const text::TimeZone& zone, const extract::OwnWords& own_words)
      : by_(by), zone_(zone), own_words_(own_words) {}

  // The text becomes its author's own words, without quotations and signatures.
  // `always` is a brand that the post is about whether or not its query matches. A post whose
  // author goes by the brand's own name is the brand's. A post that no brand matches comes back
  // with no brands: it is not to be stored.
  [[nodiscard]] store::Sighting judge(Post post, UtcTime seen_at,
                                      const std::optional<BrandId>& always) const;

 private:
  JudgedBy by_;
  const text::TimeZone& zone_;
  const extract::OwnWords& own_words_;
};

}  // namespace testigo::app
