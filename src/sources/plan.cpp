#include "sources/plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "formats/url.h"
#include "sources/requests.h"
#include "sources/scope.h"
#include "sources/template.h"
#include "sources/value_check.h"
#include "text/normalize.h"
#include "text/suggest.h"

namespace testigo::sources {
namespace {

void add_names(std::set<std::string>& names, std::string_view text) {
  for (std::string& name : template_names(text)) names.insert(std::move(name));
}

// All variables that the source's templates and selectors use anywhere.
std::set<std::string> used_names(const Source& source) {
  std::set<std::string> names;
  for (const Step& step : source.steps) {
    add_names(names, step.url);
    add_names(names, step.body);
    add_names(names, step.read_as);
    for (const auto& [name, value] : step.query) add_names(names, value);
    for (const Header& header : step.headers) add_names(names, header.value);
    names.insert(step.needs.begin(), step.needs.end());
    names.insert(step.unless.begin(), step.unless.end());
    for (const extract::ItemSpec& items : step.extractor.items) {
      for (const std::string& scope : items.scope) add_names(names, scope);
      for (const auto& [field, selectors] : items.fields) {
        for (const std::string& selector : selectors) add_names(names, selector);
      }
    }
  }
  return names;
}

std::vector<std::string> non_empty(const std::vector<std::string>& values) {
  std::vector<std::string> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](const std::string& value) { return !value.empty(); });
  return kept;
}

// A parameter's values: the watch's, else the source's defaults, else what the brand says.
std::vector<std::string> values_of(const Source& source, const Watch& watch,
                                   const std::string& name) {
  if (const auto given = watch.parameters.find(name); given != watch.parameters.end()) {
    return non_empty(given->second);
  }
  if (const auto declared = source.parameters.find(name); declared != source.parameters.end()) {
    if (!declared->second.defaults.empty()) return declared->second.defaults;
  }
  if (name == "brand") return non_empty({watch.brand_name});
  if (name == "term") {
    std::vector<std::string> terms = non_empty(watch.terms);
    return terms.empty() ? non_empty({watch.brand_name}) : terms;
  }
  return {};
}

Result<void> check_parameters(const Source& source, const Watch& watch) {
  std::vector<std::string_view> known;
  for (const auto& [name, parameter] : source.parameters) known.push_back(name);
  for (const auto& [name, values] : watch.parameters) {
    if (auto fault = value_fault(source, name, values))
      return fail(Errc::malformed, *std::move(fault), watch.key);
    if (source.parameters.contains(name) || name == "term") continue;
    std::string what = "the source \"" + source.id.value + "\" has no parameter \"" + name + "\"";
    const auto meant = text::did_you_mean(name, known);
    what +=
        meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ". See: testigo source list";
    return fail(Errc::malformed, std::move(what), watch.key);
  }
  for (const auto& [name, parameter] : source.parameters) {
    if (!parameter.required || !values_of(source, watch, name).empty()) continue;
    std::string what = "the source \"" + source.id.value + "\" needs " + name + " = \"…\"";
    if (!parameter.about.empty()) what += " (" + parameter.about + ")";
    return fail(Errc::malformed, what + ". Add it to this watch.", watch.key);
  }
  return {};
}

bool is_marked(const std::vector<MarkedStatus>& marks, int status, std::string_view body) {
  return std::any_of(marks.begin(), marks.end(), [&](const MarkedStatus& mark) {
    if (mark.status != status) return false;
    std::string_view word = mark.word;
    if (status >= 400) return body.find(word) != std::string_view::npos;
    if (!word.starts_with('*')) return text::trim(body) == word;
    return body.find(word.substr(1)) != std::string_view::npos;
  });
}

// Whether a later page is asked for because the one before said that there is one.
bool is_promised(PagingKind kind) {
  return kind == PagingKind::cursor || kind == PagingKind::link || kind == PagingKind::next_url;
}

// Where more was promised, an answer with nothing at all in it is none.
void expect_a_list(extract::ExtractorSpec& spec) {
  for (extract::ItemSpec& items : spec.items) {
    if (std::erase(items.instead, extract::nothing_instead) > 0 && items.instead.empty())
      items.list_required = true;
  }
}

// Every combination of the values that the source's requests need.
Result<std::vector<Variables>> combinations(const Source& source, const Watch& watch) {
  std::vector<Variables> all(1);
  const std::set<std::string> used = used_names(source);
  for (const std::string& name : used) {
    const std::vector<std::string> values = values_of(source, watch, name);
    if (values.empty()) continue;
    if (all.size() * values.size() > max_entry_requests) {
      return fail(Errc::limit_exceeded,
                  "this watch makes more than " + std::to_string(max_entry_requests) +
                      " first requests; give fewer values of " + name + ".",
                  watch.key);
    }
    std::vector<Variables> next;
    for (const Variables& variables : all) {
      for (const std::string& value : values) {
        next.push_back(variables);
        next.back()[name] = value;
      }
    }
    all = std::move(next);
  }
  if (!watch.since) return all;
  // Where nothing asks for the time it stays out: it would make each pass's requests new ones.
  for (Variables& variables : all) {
    const auto give = [&](std::string_view name, std::string value) {
      if (const std::string key(name); used.contains(key)) variables[key] = std::move(value);
    };
    give(since_unix_variable, std::to_string(to_unix_ms(*watch.since) / 1000));
    give(since_iso_variable, to_iso8601(*watch.since));
  }
  return all;
}

// Whether a step is asked at first with these values.
bool is_entry(const Source& source, const Step& step, const Variables& variables) {
  if (!step.entry && &step != &source.steps.front()) return false;
  const auto is_given = [&](const std::string& name) { return variables.contains(name); };
  return std::all_of(step.needs.begin(), step.needs.end(), is_given) &&
         std::none_of(step.unless.begin(), step.unless.end(), is_given);
}

// The entry steps, the source's own last: that is what a trial of the source asks.
std::vector<const Step*> entry_steps(const Source& source, const Variables& variables) {
  std::vector<const Step*> entries;
  for (auto step = source.steps.rbegin(); step != source.steps.rend(); ++step)
    if (is_entry(source, *step, variables)) entries.push_back(&*step);
  return entries;
}

// "needs tag or blog", of a source whose requests all wait for something that the watch lacks.
std::string lacking(const Source& source) {
  std::vector<std::string> names;
  for (const Step& step : source.steps) {
    for (const std::string& name : step.needs)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " or ") + name;
  return "the source \"" + source.id.value + "\" needs " + text + ". Add it to this watch.";
}

}  // namespace

Result<std::vector<PageRequest>> plan(const Source& source, const Watch& watch, UtcTime) {
  if (Result<void> good = check_parameters(source, watch); !good)
    return fail(std::move(good).error());
  Result<std::vector<Variables>> all = combinations(source, watch);
  if (!all) return fail(std::move(all).error());
  std::vector<PageRequest> requests;
  std::set<std::string> sitemaps;
  std::set<std::string> others;  // a parameter that only the source's own entry uses repeats these
  for (const Variables& variables : *all) {
    for (const Step* entry : entry_steps(source, variables)) {
      std::optional<PageRequest> request =
          request_of(source, watch, *entry, with_page(entry->paging, variables, 0));
      if (!request) {
        return fail(Errc::malformed,
                    "no request can be made of \"" + entry->url + "\" with this watch's values: " +
                        "see `testigo source list` for what the source \"" + source.id.value +
                        "\" needs.",
                    watch.key);
      }
      request->entry = true;
      const bool own = entry == &source.steps.front();
      if (!own && !others.insert(entry->name + " " + request->url + " " + request->body).second)
        continue;
      if (own && source.discovery.sitemap) {
        const std::string site = site_of(*request);
        PageRequest sitemap = sitemap_request(*request, site, site + "/sitemap.xml");
        if (sitemaps.insert(sitemap.url).second) requests.push_back(std::move(sitemap));
      }
      requests.push_back(*std::move(request));
    }
  }
  if (requests.empty()) return fail(Errc::malformed, lacking(source), watch.key);
  return requests;
}

std::vector<PageRequest> sitemap_requests(const Source& source, const PageRequest& entry,
                                          std::span<const std::string> urls) {
  std::vector<PageRequest> requests;
  if (!source.discovery.sitemap) return requests;
  const std::string site = site_of(entry);
  const auto base = formats::parse_url(site);
  if (!base) return requests;
  for (const std::string& written : urls) {
    if (requests.size() >= max_named_sitemaps) break;
    const auto parsed = formats::parse_url(written, *base);
    if (!parsed) continue;
    const std::string url = parsed->href();
    if (!is_same_site(url, site)) continue;
    PageRequest request = sitemap_request(entry, site, url);
    if (std::find(requests.begin(), requests.end(), request) == requests.end())
      requests.push_back(std::move(request));
  }
  return requests;
}

Result<extract::ExtractorSpec> extractor_for(const Source& source, const Watch& watch,
                                             const PageRequest& request) {
  StepState state = read_step(request.step);
  const Step* step = find_step(source, state.name);
  if (step == nullptr) {
    return fail(Errc::not_found,
                "the source \"" + source.id.value + "\" has no step \"" + state.name +
                    "\": its description has changed since this request was made.",
                source.file);
  }
  extract::ExtractorSpec spec = step->extractor;
  spec.variables = std::move(state.variables);
  spec.continued = chain_length(spec.variables) > 0;
  if (spec.continued && is_promised(step->paging.kind)) expect_a_list(spec);
  spec.address = expand(step->read_as, spec.variables, Escape::none).value_or("");
  spec.variables.try_emplace("brand", watch.brand_name);
  return spec;
}

bool is_list_of_watch(const Source& source, const PageRequest& request) {
  const Step* step = find_step(source, read_step(request.step).name);
  return step != nullptr && step->extractor.format != extract::Format::page && request.entry;
}

bool is_within_list(const Source& source, const PageRequest& request) {
  const StepState state = read_step(request.step);
  const Step* step = find_step(source, state.name);
  // A site's pages go as they like; that one leads on to another says little.
  return step != nullptr && step->extractor.format != extract::Format::page &&
         chain_length(state.variables) > 0;
}

bool says_nothing(const Source& source, const PageRequest& request, int status,
                  std::string_view decoded_body) {
  const Step* step = find_step(source, read_step(request.step).name);
  if (step == nullptr) return false;
  return is_marked(step->nothing, status, decoded_body);
}

bool says_slow_down(const Source& source, int status, std::string_view decoded_body) {
  return is_marked(source.limited, status, decoded_body);
}

}  // namespace testigo::sources
