#include "app/switch_words.h"

#include <algorithm>
#include <set>

#include "app/language_tables.h"
#include "app/quote_of.h"
#include "text/words.h"

namespace testigo::app {
namespace {

using Direction = SwitchWords::Direction;

constexpr std::string_view file_name = "switches.toml";

// The brands that a post's own words name, with what stands before each place.
struct Named {
  std::set<BrandId> any, to, from;
};

void note_hit(Named& named, const BrandId& brand, const query::Document& document,
              const query::Hit& hit, const SwitchWords& words, std::string_view language) {
  std::vector<std::string_view> before;
  for (const query::Document::Place& place : document.own_places()) {
    if (place.field != hit.field) continue;
    if (place.span.begin >= hit.span.begin) break;
    before.push_back(place.folded);
  }
  named.any.insert(brand);
  const auto direction = words.before_name(before, language);
  if (direction == Direction::to) named.to.insert(brand);
  if (direction == Direction::from) named.from.insert(brand);
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
      note_hit(named, view.brand, document, hit, words, post.language);
  }
  return named;
}

std::optional<BrandId> only_one(const std::set<BrandId>& brands) {
  return brands.size() == 1 ? std::optional(*brands.begin()) : std::nullopt;
}

// The post's brand beside `other`, if there is exactly one.
std::optional<BrandId> brand_beside(const store::SwitchingPost& post,
                                    const std::optional<BrandId>& other) {
  std::set<BrandId> rest;
  for (const store::BrandView& view : post.brands)
    if (view.brand != other) rest.insert(view.brand);
  return only_one(rest);
}

struct Ends {
  std::optional<BrandId> from, to;
};

Ends ends_said(const store::SwitchingPost& post, const Named& named) {
  Ends ends{only_one(named.from), only_one(named.to)};
  if (ends.from && ends.from == ends.to) ends = {};
  if (!ends.to && named.to.empty()) {
    std::set<BrandId> rest = named.any;
    for (const BrandId& brand : named.from) rest.erase(brand);
    ends.to = only_one(rest);
    // A lone brand that its own page names is no place to go to.
    if (ends.to && post.brands.size() == 1 && named.from.empty()) ends.to.reset();
  }
  return ends;
}

std::optional<Ends> ends_of_switch(const store::SwitchingPost& post, const Named& named) {
  Ends ends = ends_said(post, named);
  if (!ends.from && !ends.to && post.brands.size() > 1) return std::nullopt;
  if (!ends.from) ends.from = brand_beside(post, ends.to);
  if (!ends.to) ends.to = brand_beside(post, ends.from);
  return ends;
}

std::optional<BrandId> only_tagged(const store::SwitchingPost& post, Tag tag) {
  std::set<BrandId> brands;
  for (const store::BrandView& view : post.brands)
    if (view.tag == tag) brands.insert(view.brand);
  return only_one(brands);
}

// The mention of a brand; of the first where the post does not name it.
MentionId mention_of(const store::SwitchingPost& post, const BrandId& about) {
  MentionId mention;
  for (const store::BrandView& view : post.brands)
    if (view.brand == about || mention == MentionId()) mention = view.mention;
  return mention;
}

}  // namespace

Result<SwitchWords> SwitchWords::load(std::span<const RuleFile> files) {
  SwitchWords loaded;
  auto read = read_language_tables(
      files, file_name, {"between", "to", "from"},
      [&](const std::string& language, sources::CheckedToml& toml,
          const formats::TomlValue& table) {
        OneLanguage& one = loaded.languages_[language];
        for (const std::string& word : toml.strings(table, "between"))
          for (std::string& folded : text::folded_words(word))
            one.between.push_back(std::move(folded));
        for (const std::string& phrase : toml.strings(table, "to"))
          one.phrases.push_back({text::folded_words(phrase), Direction::to});
        for (const std::string& phrase : toml.strings(table, "from"))
          one.phrases.push_back({text::folded_words(phrase), Direction::from});
        std::stable_sort(
            one.phrases.begin(), one.phrases.end(),
            [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
      });
  if (!read) return fail(std::move(read.error()));
  return loaded;
}

std::optional<Direction> SwitchWords::before_name(std::span<const std::string_view> words,
                                                  std::string_view language) const {
  const auto found = languages_.find(language.substr(0, language.find('-')));
  if (found == languages_.end()) return std::nullopt;
  const OneLanguage& one = found->second;
  const auto match = [&]() -> std::optional<Direction> {
    for (const Phrase& phrase : one.phrases) {
      if (phrase.words.empty() || phrase.words.size() > words.size()) continue;
      const auto tail = words.last(phrase.words.size());
      if (std::equal(tail.begin(), tail.end(), phrase.words.begin())) return phrase.direction;
    }
    return std::nullopt;
  };
  // A word may be both ("la" is "the" and "to"): it counts as itself before it is passed over.
  for (;;) {
    if (const auto direction = match()) return direction;
    if (words.empty() ||
        std::find(one.between.begin(), one.between.end(), words.back()) == one.between.end())
      return std::nullopt;
    words = words.first(words.size() - 1);
  }
}

std::optional<insight::Crossing> crossing_of(const store::SwitchingPost& post,
                                             const BrandBook& brands, const SwitchWords& words) {
  insight::Crossing crossing;
  if (post.goes) {
    const auto ends = ends_of_switch(post, named_in(post, brands, words));
    if (!ends || (!ends->from && !ends->to)) return std::nullopt;
    crossing.from = ends->from.value_or(BrandId());
    crossing.to = ends->to.value_or(BrandId());
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

}  // namespace testigo::app
