#include "app/judge.h"

#include <algorithm>
#include <utility>

#include "app/language_code.h"
#include "app/switch_ends.h"
#include "text/fold.h"

namespace testigo::app {
namespace {

bool is_by(const Post& post, const ListenedBrand& brand) {
  return post.author && text::fold(*post.author) == text::fold(brand.name);
}

store::BrandMention mention_of(const BrandName& brand, const Verdict& verdict) {
  const auto target = std::find_if(verdict.targets.begin(), verdict.targets.end(),
                                   [&](const Target& t) { return t.brand == brand.name; });
  if (verdict.targets.size() > 1 && target != verdict.targets.end())
    return {brand.id, target->tag, target->score};
  return {brand.id, verdict.tag, verdict.score};
}

// Where the author goes, of a text that names several brands.
std::optional<classify::BrandSwitch> switch_of(const JudgedBy& by, const Post& post, Day day,
                                               std::span<const BrandName> brands,
                                               const Verdict& verdict) {
  if (!tells_of_leaving(verdict) || brands.size() < 2) return std::nullopt;
  store::SwitchingPost said;
  for (const BrandName& brand : brands) said.brands.push_back({brand.id, MentionId(), {}});
  said.source = post.source;
  said.language = verdict.language;
  said.title = post.title;
  said.text = post.text;
  said.day = day;
  return switch_by_words(said, verdict.score, by.brands, by.switches);
}

}  // namespace

Verdict verdict_of(const classify::Classifier& classifier, const Post& post,
                   std::span<const std::string> brand_names,
                   const std::optional<classify::BrandSwitch>& goes) {
  classify::ClassifyInput input;
  input.text = post.text;
  if (post.title) input.title = *post.title;
  input.rating = post.rating;
  input.brands = brand_names;
  input.goes = goes;
  input.by_brand = post.by_brand;
  const std::string stated = language_code_of(post.language.value_or(""));
  if (!stated.empty()) input.stated_language = stated;
  return classifier.classify(input, true);
}

bool tells_of_leaving(const Verdict& verdict) {
  return verdict.intent == Intent::switch_to || verdict.intent == Intent::churn;
}

BrandVerdicts judge_text(const JudgedBy& by, const Post& post, Day day,
                         std::span<const BrandName> brands) {
  std::vector<std::string> names;
  for (const BrandName& brand : brands) names.push_back(brand.name);
  BrandVerdicts judged{verdict_of(by.classifier, post, names), {}};
  if (const auto goes = switch_of(by, post, day, brands, judged.verdict))
    judged.verdict = verdict_of(by.classifier, post, names, goes);
  for (const BrandName& brand : brands) judged.brands.push_back(mention_of(brand, judged.verdict));
  return judged;
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
  const auto verdict_for = [&](const ListenedBrand& brand) {
    return verdict_of(by_.classifier, post, {&brand.name, 1});
  };
  std::vector<const ListenedBrand*> brands =
      by_.brands.matches(post, document, sighting.day, verdict_for);
  const ListenedBrand* about = always ? by_.brands.find(*always) : nullptr;
  if (about != nullptr && std::find(brands.begin(), brands.end(), about) == brands.end())
    brands.push_back(about);
  if (!brands.empty()) {
    std::vector<BrandName> names;
    for (const ListenedBrand* brand : brands) {
      names.push_back({brand->id, brand->name});
      post.by_brand = post.by_brand || is_by(post, *brand);
    }
    BrandVerdicts judged = judge_text(by_, post, sighting.day, names);
    sighting.verdict = std::move(judged.verdict);
    sighting.brands = std::move(judged.brands);
  }
  store::prepare(sighting, document);
  return sighting;
}

}  // namespace testigo::app
