#include "app/crawl_plan.h"

#include <algorithm>

#include "app/watch_check.h"
#include "query/parse.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

std::string phrase_text(const query::Node& node) {
  std::string phrase;
  for (const query::Word& word : node.words) {
    if (word.prefix) return {};  // services search for whole words
    phrase += (phrase.empty() ? "" : " ") + (word.exact.empty() ? word.folded : word.exact);
  }
  return phrase;
}

void collect_terms(const query::Node& node, std::vector<std::string>& terms) {
  if (node.kind == query::Node::Kind::none_of) return;
  if (node.kind == query::Node::Kind::phrase) {
    std::string phrase = phrase_text(node);
    if (!phrase.empty() && std::find(terms.begin(), terms.end(), phrase) == terms.end())
      terms.push_back(std::move(phrase));
    return;
  }
  // Of terms that must stand together, searching for the first finds all that the rest would.
  if (node.kind == query::Node::Kind::all_of || node.kind == query::Node::Kind::near) {
    for (const query::Node& child : node.children) {
      const std::size_t before = terms.size();
      collect_terms(child, terms);
      if (terms.size() > before) return;
    }
    return;
  }
  for (const query::Node& child : node.children) collect_terms(child, terms);
}

std::string hint(std::string_view typed, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto meant = text::did_you_mean(typed, names);
  return meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ".";
}

Result<PlannedWatch> planned(const BrandSettings& brand, const WatchSettings& settings,
                             const RuleBook& book) {
  const auto source = book.sources.find(settings.source);
  if (source == book.sources.end()) {
    std::vector<std::string> known;
    for (const auto& [id, unused] : book.sources) known.push_back(id.value);
    return fail(Errc::not_found,
                "there is no source \"" + settings.source.value + "\"" +
                    hint(settings.source.value, known) + " See: testigo source list",
                settings.where);
  }
  PlannedWatch plan;
  plan.settings = settings;
  plan.source = &source->second;
  plan.watch = {settings.key, settings.parameters, brand.name, search_terms(brand), std::nullopt};
  plan.matching = settings.matching.value_or(source->second.about_brand ? Matching::all
                                                                        : Matching::query);
  plan.store_text = source->second.terms.store;
  return plan;
}

}  // namespace

std::vector<std::string> search_terms(const BrandSettings& brand) {
  std::vector<std::string> terms;
  if (const auto query = query::parse_query(brand.query)) collect_terms(query->root, terms);
  if (terms.empty()) terms.push_back(brand.name);
  return terms;
}

Result<std::vector<PlannedWatch>> planned_watches(const Configuration& configuration,
                                                  const RuleBook& book, UtcTime now) {
  if (auto checked = check_watches(configuration, book); !checked)
    return fail(std::move(checked.error()));
  std::vector<PlannedWatch> watches;
  for (const BrandSettings& brand : configuration.brands) {
    for (const WatchSettings& settings : brand.watches) {
      auto watch = planned(brand, settings, book);
      if (!watch) return fail(std::move(watch.error()));
      auto requests = sources::plan(*watch->source, watch->watch, now);
      if (!requests)
        return fail(requests.error().code, requests.error().what, settings.where);
      watches.push_back(std::move(*watch));
    }
  }
  return watches;
}

UtcTime due_at(const WatchSettings& settings, const std::vector<store::WatchState>& states,
               UtcTime now) {
  const auto state = std::find_if(states.begin(), states.end(), [&](const store::WatchState& s) {
    return s.watch == settings.key;
  });
  if (state == states.end() || !state->last_finished || state->waiting > 0) return UtcTime{};
  if (state->started > now) return UtcTime{};  // by a clock that was wrong
  return state->started + rhythm(settings.every);
}

Result<std::vector<PlannedWatch>> select_watches(std::vector<PlannedWatch> watches,
                                                 const WatchSelection& selection,
                                                 const std::vector<store::WatchState>& states,
                                                 UtcTime now) {
  const auto chosen = [&](const PlannedWatch& watch) {
    return (!selection.brand || watch.settings.brand == *selection.brand) &&
           (!selection.source || watch.settings.source == *selection.source);
  };
  if (std::none_of(watches.begin(), watches.end(), chosen)) {
    std::vector<std::string> known;
    for (const PlannedWatch& watch : watches) {
      known.push_back(watch.settings.brand.value);
      known.push_back(watch.settings.source.value);
    }
    const std::string typed = selection.brand    ? selection.brand->value
                              : selection.source ? selection.source->value
                                                 : "";
    if (typed.empty())
      return fail(Errc::not_found,
                  "no brand has a watch; add [[brand.NAME.watch]] with a source to the configuration");
    return fail(Errc::not_found,
                "no watch of the configuration is about \"" + typed + "\"" + hint(typed, known));
  }
  std::erase_if(watches, [&](const PlannedWatch& watch) {
    return !chosen(watch) || (!selection.all && due_at(watch.settings, states, now) > now);
  });
  return watches;
}

}  // namespace testigo::app
