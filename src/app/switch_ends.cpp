#include "app/switch_ends.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "app/quote_of.h"

namespace testigo::app {
namespace {

using Direction = SwitchWords::Direction;

constexpr std::size_t denied_within = 4;  // words behind a name

// The brands that a post's own words name, with what stands around each place.
struct Named {
  std::set<BrandId> any, to, from, nowhere;
  bool elsewhere = false;  // the author goes to something that is not named
};

// Between two words of one clause there is no punctuation.
bool ends_clause(std::string_view between) {
  return between.find_first_of(",;:.!?()\n") != std::string_view::npos;
}

struct Around {
  std::vector<std::string_view> before;  // the name, in its field
  std::vector<std::string_view> after;   // in its clause, denied_within at most
};

Around around(const store::SwitchingPost& post, const query::Document& document,
              const query::Hit& hit) {
  const std::string_view text = hit.field == Field::title && post.title ? *post.title : post.text;
  Around words;
  std::size_t end = hit.span.end;
  for (const query::Document::Place& place : document.own_places()) {
    if (place.field != hit.field) continue;
    if (place.span.begin < hit.span.begin) words.before.push_back(place.folded);
    if (place.span.begin < hit.span.end) continue;
    if (words.after.size() == denied_within || place.span.begin > text.size() ||
        ends_clause(text.substr(end, place.span.begin - end)))
      break;
    words.after.push_back(place.folded);
    end = place.span.end;
  }
  return words;
}

void note_hit(Named& named, const BrandId& brand, const Around& words, const SwitchWords& table,
              std::string_view language) {
  named.any.insert(brand);
  const auto direction = table.before_name(words.before, language);
  if (direction == Direction::to) named.to.insert(brand);
  if (direction == Direction::from) named.from.insert(brand);
  if (direction == Direction::nowhere || (!direction && table.denied_after(words.after, language)))
    named.nowhere.insert(brand);
}

Named named_in(const store::SwitchingPost& post, const BrandBook& brands,
               const SwitchWords& words) {
  Named named;
  const query::Document document(post.title ? *post.title : std::string_view(), post.text);
  query::Facts facts;
  facts.source = post.source;
  facts.language = post.language;
  facts.day = post.day;
  for (const store::BrandView& view : post.brands) {
    const ListenedBrand* brand = brands.find(view.brand);
    if (brand == nullptr) continue;
    facts.brand = view.brand;
    for (const query::Hit& hit : brand->matcher.hits(document, facts))
      note_hit(named, view.brand, around(post, document, hit), words, post.language);
  }
  for (const std::set<BrandId>* said : {&named.to, &named.from})
    for (const BrandId& brand : *said) named.nowhere.erase(brand);
  std::vector<std::string_view> all;
  for (const query::Document::Place& place : document.own_places()) all.push_back(place.folded);
  named.elsewhere = words.speaks_of_elsewhere(all, post.language);
  return named;
}

std::optional<BrandId> only_one(const std::set<BrandId>& brands) {
  return brands.size() == 1 ? std::optional(*brands.begin()) : std::nullopt;
}

// The post's brand beside `other`, if there is exactly one that may be an end.
std::optional<BrandId> brand_beside(const store::SwitchingPost& post, const Named& named,
                                    const std::optional<BrandId>& other) {
  std::set<BrandId> rest;
  for (const store::BrandView& view : post.brands)
    if (view.brand != other && !named.nowhere.contains(view.brand)) rest.insert(view.brand);
  return only_one(rest);
}

struct Ends {
  std::optional<BrandId> from, to;
};

Ends ends_said(const store::SwitchingPost& post, const Named& named) {
  Ends ends{only_one(named.from), only_one(named.to)};
  if (ends.from && ends.from == ends.to) ends = {};
  if (!ends.to && named.to.empty() && !named.elsewhere) {
    std::set<BrandId> rest = named.any;
    for (const std::set<BrandId>* other : {&named.from, &named.nowhere})
      for (const BrandId& brand : *other) rest.erase(brand);
    ends.to = only_one(rest);
    // A lone brand that its own page names is no place to go to.
    if (ends.to && post.brands.size() == 1 && named.from.empty()) ends.to.reset();
  }
  return ends;
}

std::optional<BrandId> only_tagged(const store::SwitchingPost& post, Tag tag) {
  std::set<BrandId> brands;
  for (const store::BrandView& view : post.brands)
    if (view.tag == tag) brands.insert(view.brand);
  return only_one(brands);
}

// Both open where the words say neither and the post has several brands.
Ends ends_by_words(const store::SwitchingPost& post, const Named& named) {
  Ends ends = ends_said(post, named);
  if (!ends.from && !ends.to && post.brands.size() > 1) return ends;
  if (!ends.from) ends.from = brand_beside(post, named, ends.to);
  if (!ends.to && !named.elsewhere) ends.to = brand_beside(post, named, ends.from);
  return ends;
}

Ends ends_of_switch(const store::SwitchingPost& post, const Named& named) {
  const Ends ends = ends_by_words(post, named);
  if (ends.from || ends.to || post.brands.size() < 2) return ends;
  return {only_tagged(post, Tag::complaint), only_tagged(post, Tag::advocacy)};
}

std::uint16_t place_of(const BrandId& brand, const store::SwitchingPost& post) {
  const auto found =
      std::find_if(post.brands.begin(), post.brands.end(),
                   [&](const store::BrandView& view) { return view.brand == brand; });
  return static_cast<std::uint16_t>(found - post.brands.begin());
}

// The mention of a brand; of the first where the post does not name it.
MentionId mention_of(const store::SwitchingPost& post, const BrandId& about) {
  MentionId mention;
  for (const store::BrandView& view : post.brands)
    if (view.brand == about || mention == MentionId()) mention = view.mention;
  return mention;
}

}  // namespace

std::optional<insight::Crossing> crossing_of(const store::SwitchingPost& post,
                                             const BrandBook& brands, const SwitchWords& words) {
  insight::Crossing crossing;
  if (post.goes) {
    const Ends ends = ends_of_switch(post, named_in(post, brands, words));
    crossing.from = ends.from.value_or(BrandId());
    crossing.to = ends.to.value_or(BrandId());
  } else {
    const auto blamed = only_tagged(post, Tag::complaint);
    const auto praised = only_tagged(post, Tag::advocacy);
    if (!blamed || !praised) return std::nullopt;
    crossing.from = *blamed;
    crossing.to = *praised;
    crossing.kind = insight::Crossing::Kind::prefers;
  }
  for (const Facet& theme : post.themes) crossing.themes.push_back(theme.name);
  const BrandId& about = crossing.from.empty() ? crossing.to : crossing.from;
  crossing.quote = quote_of(mention_of(post, about), post);
  return crossing;
}

std::optional<classify::BrandSwitch> switch_by_words(const store::SwitchingPost& post, double score,
                                                     const BrandBook& brands,
                                                     const SwitchWords& words) {
  const Named named = named_in(post, brands, words);
  const Ends ends = ends_by_words(post, named);
  if (!ends.from || !ends.to || ends.from == ends.to) return std::nullopt;
  if (!named.any.contains(*ends.from) && score >= 0.0) return std::nullopt;
  if (!named.any.contains(*ends.to) && score <= 0.0) return std::nullopt;
  return classify::BrandSwitch{place_of(*ends.from, post), place_of(*ends.to, post)};
}

}  // namespace testigo::app
