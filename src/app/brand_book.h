#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "core/post.h"
#include "core/result.h"
#include "core/verdict.h"
#include "query/match.h"
#include "query/presearcher.h"

namespace testigo::app {

// One brand, ready to be looked for in posts.
struct ListenedBrand {
  BrandId id;
  std::string name;
  query::Matcher matcher;
  std::vector<std::string> own_domains;
  bool asks_verdict = false;  // its query does
};

// All brands of a configuration. Immutable, shared by threads.
class BrandBook {
 public:
  // The configuration's queries were parsed when it was read, so that this cannot fail.
  explicit BrandBook(const Configuration& configuration);

  // The verdict of the post at hand, as one that is about this brand.
  using VerdictFor = std::function<Verdict(const ListenedBrand&)>;
  // Those whose query the document matches, which is of this post. `verdict_for` is asked where a
  // query asks of a verdict's axes or language, so that a brand's query and a search find the same.
  [[nodiscard]] std::vector<const ListenedBrand*> matches(const Post& post,
                                                          const query::Document& document, Day day,
                                                          const VerdictFor& verdict_for) const;

  [[nodiscard]] std::span<const ListenedBrand> brands() const { return brands_; }
  [[nodiscard]] const ListenedBrand* find(const BrandId& id) const;

 private:
  std::vector<ListenedBrand> brands_;
  query::Presearcher presearcher_;  // by the place in brands_
};

}  // namespace testigo::app
