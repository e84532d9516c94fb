#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/store.h"

namespace testigo::store {

// What a post says of one of its brands.
struct BrandView {
  BrandId brand;
  MentionId mention;
  std::optional<Tag> tag;
};

// A post that says its author changes brands (or leaves), or that praises one and blames another.
struct SwitchingPost {
  std::vector<BrandView> brands;  // of those asked for, by name
  bool goes = false;              // has SwitchingFilter::intent
  SourceId source;
  std::string language;
  std::optional<std::string> url;  // its own, else that of the page it stands on
  std::optional<std::string> title;
  std::string text;
  std::optional<std::string> evidence;  // "file:offset"
  Day day;
  std::vector<Facet> themes;
};

struct SwitchingFilter {
  std::vector<BrandId> brands;  // those compared
  std::optional<Day> since;     // first day
  std::optional<Day> until;     // day after the last one
  std::size_t limit = 0;        // so many of the newest; 0: all
  Intent intent = Intent::switch_to;
};

// Newest first. Copies, the brands' own posts and advertisements are left out.
[[nodiscard]] Result<std::vector<SwitchingPost>> switching_posts(Store& store,
                                                                 const SwitchingFilter& filter);

}  // namespace testigo::store
