#pragma once

#include "app/asking_words.h"
#include "app/brand_book.h"
#include "core/result.h"
#include "insight/brief.h"
#include "store/store.h"
#include "text/time_zone.h"

namespace testigo::app {

struct BriefTools {
  store::Store& store;
  const AskingWords& words;
  const BrandBook& brands;           // to see which competitors a question names
  std::vector<BrandId> competitors;  // of the brand
  text::TimeZone zone = {};          // days are cut there
};

// Of a kind of post the newest so many are read: a brief of a large brand takes a second or two,
// and what is older than that says no more of what to publish next.
inline constexpr std::size_t most_brief_posts = 2'000;

// Reads what was said of the brand in the window and makes its brief.
[[nodiscard]] Result<insight::Brief> brief_of(const BriefTools& tools,
                                              const insight::BriefOptions& options);

}  // namespace testigo::app
