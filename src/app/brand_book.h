#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "core/post.h"
#include "core/result.h"
#include "query/match.h"
#include "query/presearcher.h"

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

  // Those whose query the document matches, which is of this post.
  [[nodiscard]] std::vector<const ListenedBrand*> matches(const Post& post,
                                                          const query::Document& document,
                                                          Day day) const;

  [[nodiscard]] std::span<const ListenedBrand> brands() const { return brands_; }
  [[nodiscard]] const ListenedBrand* find(const BrandId& id) const;

 private:
  std::vector<ListenedBrand> brands_;
  query::Presearcher presearcher_;  // by the place in brands_
};

}  // namespace testigo::app
