#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "classify/classifier.h"
#include "core/ids.h"
#include "core/time.h"
#include "store/ingest.h"

namespace testigo::bench {

// What a store of years holds: posts of about 200 bytes in three languages, of six brands and eight
// sources, over three years, by many authors; one in ten names two brands, one in three has a
// title, half are rated, one in fifty is the brand's answer to another. The first half is of the
// first half of the years and comes in no order, as an export of what was there does, the second
// day by day, as crawls do.
//
// Texts are chains of the demo's words in its own order, with invented words of the frequencies
// that names, models and misspellings have, so that no two are copies and the dictionary grows with
// the posts. Each is judged by the built-in rules, with its reasons. The same every time.
class ManyMentions {
 public:
  explicit ManyMentions(std::size_t posts);

  // The next of them, prepared, as one transaction; without answers when there are no more.
  [[nodiscard]] store::Batch next();

  static constexpr std::size_t brands = 6;
  static constexpr int days = 3 * 365;
  [[nodiscard]] static BrandId brand(std::size_t number);
  [[nodiscard]] static UtcTime end();  // of the three years

 private:
  struct Vocabulary;
  [[nodiscard]] store::Answer next_answer();
  [[nodiscard]] UtcTime next_time();
  [[nodiscard]] std::string chain(std::size_t language, std::size_t bytes);
  [[nodiscard]] Post make_post(std::size_t source, std::size_t language);
  [[nodiscard]] store::Sighting judged(Post post, std::string_view language, UtcTime seen_at);
  [[nodiscard]] std::size_t draw(std::size_t bound);

  classify::Classifier classifier_;
  std::vector<Vocabulary> vocabularies_;
  std::size_t posts_, made_ = 0;
  std::uint64_t state_ = 2026;

 public:
  ~ManyMentions();
};

}  // namespace testigo::bench
