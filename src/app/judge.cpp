#include "app/judge.h"

#include <algorithm>

#include "text/fold.h"

namespace testigo::app {
namespace {

// With several brands in one text each gets what is said of it; else all share the text's verdict.
store::BrandMention mention_of(const ListenedBrand& brand, const Verdict& verdict) {
  const auto target = std::find_if(verdict.targets.begin(), verdict.targets.end(),
                                   [&](const Target& t) { return t.brand == brand.name; });
  if (verdict.targets.size() > 1 && target != verdict.targets.end())
    return {brand.id, target->tag, target->score};
  return {brand.id, verdict.tag, verdict.score};
}

bool is_by(const Post& post, const ListenedBrand& brand) {
  return post.author && text::fold(*post.author) == text::fold(brand.name);
}

}  // namespace

Verdict Judge::verdict_of(const Post& post, const std::vector<std::string>& brand_names) const {
  classify::ClassifyInput input;
  input.text = post.text;
  if (post.title) input.title = *post.title;
  input.rating = post.rating;
  input.brands = brand_names;
  input.by_brand = post.by_brand;
  Verdict verdict = classifier_.classify(input, true);
  // A source's word on the language counts only where the text itself does not tell.
  if (verdict.language == "und" && post.language) {
    input.language = *post.language;
    verdict = classifier_.classify(input, true);
  }
  return verdict;
}

store::Sighting Judge::judge(Post as_read, UtcTime seen_at,
                             const std::optional<BrandId>& always) const {
  store::Sighting sighting;
  sighting.post = std::move(as_read);
  Post& post = sighting.post;
  post.text = own_words_.of(std::move(post.text));
  // What is reviewed counts as said: a review under "Acme Kettle" need not repeat the name.
  const std::string item = post.item ? *post.item + "\n" : std::string();
  const std::string heading = item + post.title.value_or("");
  const query::Document document(heading, item.size(), post.text);
  sighting.seen_at = seen_at;
  sighting.dated = post.posted_at.has_value();
  sighting.day = text::day_of(post.posted_at.value_or(seen_at), zone_);
  std::vector<const ListenedBrand*> brands = brands_.matches(post, document, sighting.day);
  const ListenedBrand* about = always ? brands_.find(*always) : nullptr;
  if (about != nullptr && std::find(brands.begin(), brands.end(), about) == brands.end())
    brands.push_back(about);
  if (!brands.empty()) {
    std::vector<std::string> names;
    for (const ListenedBrand* brand : brands) {
      names.push_back(brand->name);
      post.by_brand = post.by_brand || is_by(post, *brand);
    }
    sighting.verdict = verdict_of(post, names);
    for (const ListenedBrand* brand : brands)
      sighting.brands.push_back(mention_of(*brand, sighting.verdict));
  }
  store::prepare(sighting, document);
  return sighting;
}

}  // namespace testigo::app
