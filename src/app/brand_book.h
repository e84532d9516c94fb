#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "core/post.h"
#include "core/result.h"
#include "query/match.h"

namespace testigo::app {

// One brand, ready to be looked for in posts.
struct ListenedBrand {
  BrandId id;
  std::string name;
  query::Matcher matcher;
  std::vector<std::string> own_domains;
};

// All brands of a configuration. Immutable, shared by threads.
class BrandBook {
 public:
  // The configuration's queries were parsed when it was read, so that this cannot fail.
  explicit BrandBook(const Configuration& configuration);

  // Those whose query the post's title, text or item matches. A text is tokenised once for all.
  [[nodiscard]] std::vector<const ListenedBrand*> matches(const Post& post, Day day) const;

  [[nodiscard]] std::span<const ListenedBrand> brands() const { return brands_; }
  [[nodiscard]] const ListenedBrand* find(const BrandId& id) const;

 private:
  std::vector<ListenedBrand> brands_;
};

}  // namespace testigo::app
