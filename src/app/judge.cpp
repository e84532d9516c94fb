#include "app/judge.h"

#include <algorithm>

#include "text/fold.h"

namespace testigo::app {
namespace {

bool is_by(const Post& post, const ListenedBrand& brand) {
  return post.author && text::fold(*post.author) == text::fold(brand.name);
}

}  // namespace

store::BrandMention mention_of(const BrandId& brand, std::string_view name,
                               const Verdict& verdict) {
  const auto target = std::find_if(verdict.targets.begin(), verdict.targets.end(),
                                   [&](const Target& t) { return t.brand == name; });
  if (verdict.targets.size() > 1 && target != verdict.targets.end())
    return {brand, target->tag, target->score};
  return {brand, verdict.tag, verdict.score};
}

Verdict verdict_of(const classify::Classifier& classifier, const Post& post,
                   const std::vector<std::string>& brand_names) {
  classify::ClassifyInput input;
  input.text = post.text;
  if (post.title) input.title = *post.title;
  input.rating = post.rating;
  input.brands = brand_names;
  input.by_brand = post.by_brand;
  Verdict verdict = classifier.classify(input, true);
  if (verdict.language == "und" && post.language) {
    input.language = *post.language;
    verdict = classifier.classify(input, true);
  }
  return verdict;
}

store::Sighting Judge::judge(Post as_read, UtcTime seen_at,
                             const std::optional<BrandId>& always) const {
  store::Sighting sighting;
  sighting.post = std::move(as_read);
  Post& post = sighting.post;
  post.text = own_words_.of(std::move(post.text), post.title.value_or(""));
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
    sighting.verdict = verdict_of(classifier_, post, names);
    for (const ListenedBrand* brand : brands)
      sighting.brands.push_back(mention_of(brand->id, brand->name, sighting.verdict));
  }
  store::prepare(sighting, document);
  return sighting;
}

}  // namespace testigo::app
