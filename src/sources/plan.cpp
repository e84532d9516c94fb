#include "sources/plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "formats/url.h"
#include "sources/scope.h"
#include "sources/template.h"
#include "text/suggest.h"

namespace testigo::sources {
namespace {

using Variables = std::map<std::string, std::string>;

constexpr std::string_view redacted = "REDACTED";

// Variables that paging sets anew for each page, and the count of pages asked in this chain.
constexpr std::string_view chain_variable = "n";
constexpr std::string_view page_variables[] = {"page", "offset", "cursor", chain_variable};

// Watch keys that say what to follow, not what to ask.
constexpr std::string_view scope_parameters[] = {"path", "depth"};

void add_names(std::set<std::string>& names, std::string_view text) {
  for (std::string& name : template_names(text)) names.insert(std::move(name));
}

// All variables that the source's templates and selectors use anywhere.
std::set<std::string> used_names(const Source& source) {
  std::set<std::string> names;
  for (const Step& step : source.steps) {
    add_names(names, step.url);
    add_names(names, step.body);
    for (const auto& [name, value] : step.query) add_names(names, value);
    for (const Header& header : step.headers) add_names(names, header.value);
    for (const extract::ItemSpec& items : step.extractor.items) {
      add_names(names, items.scope);
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
    if (source.parameters.contains(name) || name == "term") continue;
    std::string what = "the source \"" + source.id.value + "\" has no parameter \"" + name + "\"";
    const auto meant = text::did_you_mean(name, known);
    what += meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ". See: testigo source list";
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

// Every combination of the values that the source's requests need.
Result<std::vector<Variables>> combinations(const Source& source, const Watch& watch) {
  std::vector<Variables> all(1);
  for (const std::string& name : used_names(source)) {
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
  for (Variables& variables : all) {
    variables["since_unix"] = std::to_string(to_unix_ms(*watch.since) / 1000);
    variables["since_iso"] = to_iso8601(*watch.since);
  }
  return all;
}

void set_page(const Paging& paging, Variables& variables, std::int64_t index) {
  if (paging.kind == PagingKind::page) {
    variables["page"] = std::to_string(paging.first + index * paging.step);
  } else if (paging.kind == PagingKind::offset) {
    variables["offset"] = std::to_string(paging.first + index * paging.step);
  } else if (paging.kind == PagingKind::cursor && index == 0 && !paging.start.empty()) {
    variables["cursor"] = paging.start;
  }
}

// The step's URL with its query. Nothing where a variable of the URL itself has no value; a query
// parameter whose variable has none is left out.
std::optional<std::string> url_of(const Step& step, const Variables& variables) {
  std::optional<std::string> url = expand(step.url, variables, Escape::percent);
  if (!url) return std::nullopt;
  char separator = url->find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, text] : step.query) {
    const auto value = expand(text, variables, Escape::none);
    if (!value) continue;
    *url += separator + formats::percent_encode(name) + "=" + formats::percent_encode(*value);
    separator = '&';
  }
  return url;
}

bool is_web_url(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && parsed->is_web() && parsed->host && !parsed->host->empty();
}

std::optional<PageRequest> request_of(const Source& source, const Watch& watch, const Step& step,
                                      const Variables& variables) {
  std::optional<std::string> url = url_of(step, variables);
  if (!url || !is_web_url(*url)) return std::nullopt;
  PageRequest request;
  request.source = source.id;
  request.watch = watch.key;
  request.step = write_step(step.name, variables);
  request.method = step.method;
  request.url = *std::move(url);
  request.archive_url = request.url;
  for (const Header& header : step.headers) {
    const auto value = expand(header.value, variables, Escape::none);
    if (value) request.headers.push_back({header.name, *value});
  }
  const Escape escape = step.body_type == "form" ? Escape::percent : Escape::json;
  request.body = expand(step.body, variables, escape).value_or("");
  return request;
}

const Step* find_step(const Source& source, std::string_view name) {
  const auto found = std::find_if(source.steps.begin(), source.steps.end(),
                                  [&](const Step& step) { return step.name == name; });
  return found == source.steps.end() ? nullptr : &*found;
}

PageRequest sitemap_request(const PageRequest& entry) {
  PageRequest request = entry;
  const auto url = formats::parse_url(entry.url);
  request.step = "sitemap";
  request.url = url->origin() + "/sitemap.xml";
  request.archive_url = request.url;
  request.depth = 1;
  request.entry = false;  // a site without a sitemap is no failure
  return request;
}

// Makes the requests that follow from one answer.
class Follower {
 public:
  Follower(const Source& source, const Watch& watch, const PageRequest& request,
           const extract::Extraction& extraction)
      : source_(source), watch_(watch), request_(request), extraction_(extraction),
        state_(read_step(request.step)), step_(find_step(source, state_.name)) {}

  Following follow() {
    if (step_ == nullptr) return {};
    follow_paging();
    follow_steps();
    follow_sitemaps();
    follow_links();
    return std::move(out_);
  }

 private:
  void follow_paging() {
    const Paging& paging = step_->paging;
    if (paging.kind == PagingKind::none) return;
    const std::int64_t asked = chain_length() + 1;
    std::optional<PageRequest> next = next_page(paging, asked);
    if (!next || next->url == request_.url) return;
    if (static_cast<std::size_t>(asked) >= paging.max_pages) {
      ++out_.capped;
      return;
    }
    next->depth = request_.depth;
    out_.requests.push_back(*std::move(next));
  }

  // How many pages of this chain came before this one.
  std::int64_t chain_length() const {
    const auto count = state_.variables.find(std::string(chain_variable));
    return count == state_.variables.end() ? 0 : std::atoll(count->second.c_str());
  }

  std::optional<PageRequest> next_page(const Paging& paging, std::int64_t asked) {
    Variables variables = state_.variables;
    variables[std::string(chain_variable)] = std::to_string(asked);
    switch (paging.kind) {
      case PagingKind::page:
      case PagingKind::offset:
        if (extraction_.items == 0 || extraction_.more == false || is_last(paging, asked)) return {};
        set_page(paging, variables, asked);
        return request_of(source_, watch_, *step_, variables);
      case PagingKind::cursor:
        if (!extraction_.cursor || extraction_.items == 0 || extraction_.more == false) return {};
        if (variables["cursor"] == *extraction_.cursor) return {};
        variables["cursor"] = *extraction_.cursor;
        return request_of(source_, watch_, *step_, variables);
      case PagingKind::link:
      case PagingKind::next_url:
        return linked_page(variables);
      case PagingKind::none: break;
    }
    return {};
  }

  // `total` counts pages for paging by page, items for paging by offset.
  bool is_last(const Paging& paging, std::int64_t asked) const {
    if (!extraction_.total) return false;
    const std::int64_t reached = paging.kind == PagingKind::page ? asked : asked * paging.step;
    return reached >= *extraction_.total;
  }

  std::optional<PageRequest> linked_page(const Variables& variables) const {
    // A chain never leaves its host: what is sent with it (headers, a secret) is for that host.
    const auto same_host = [&](const std::string& url) { return is_same_origin(url, request_.url); };
    const auto found = std::find_if(extraction_.next.begin(), extraction_.next.end(), same_host);
    if (found == extraction_.next.end()) return std::nullopt;
    PageRequest next = request_;
    next.entry = false;
    next.step = write_step(step_->name, variables);
    next.url = *found;
    next.archive_url = *found;
    return next;
  }

  void follow_steps() {
    for (const auto& [name, requests] : extraction_.each) {
      const Step* step = find_step(source_, name);
      if (step == nullptr) continue;
      for (std::size_t i = 0; i < requests.size(); ++i) {
        if (i >= step->max_requests) {
          out_.capped += requests.size() - i;
          break;
        }
        Variables variables = without_page(state_.variables);
        for (const auto& [key, value] : requests[i]) variables[key] = value;
        set_page(step->paging, variables, 0);
        auto next = request_of(source_, watch_, *step, variables);
        if (!next) continue;
        next->depth = request_.depth + 1;
        out_.requests.push_back(*std::move(next));
      }
    }
  }

  void follow_sitemaps() {
    if (state_.name != "sitemap" || request_.depth >= max_sitemap_depth) return;
    for (const std::string& url : extraction_.sitemaps) {
      if (!is_same_origin(url, request_.url)) continue;
      PageRequest next = sitemap_request(request_);
      next.url = next.archive_url = url;
      next.depth = request_.depth + 1;
      out_.requests.push_back(std::move(next));
    }
  }

  // An index of sitemaps, one of its sitemaps: sitemaps.org knows no deeper nesting.
  static constexpr int max_sitemap_depth = 3;

  void follow_links() {
    if (!source_.discovery.links && !source_.discovery.sitemap) return;
    const int depth = state_.name == "sitemap" ? 1 : request_.depth + 1;
    if (depth > max_depth()) return;
    const Scope scope = scope_of(watch_, request_.url);
    const Step& page = source_.steps.front();
    for (const std::string& url : extraction_.links) {
      if (!is_within(scope, url) || url == request_.url) continue;
      if (out_.requests.size() >= step_->max_requests) {
        ++out_.capped;
        continue;
      }
      PageRequest next = request_;
      next.entry = false;
      next.step = write_step(page.name, without_page(state_.variables));
      next.url = next.archive_url = url;
      next.depth = depth;
      out_.requests.push_back(std::move(next));
    }
  }

  int max_depth() const {
    const auto depth = watch_.parameters.find("depth");
    if (depth == watch_.parameters.end() || depth->second.empty()) return source_.discovery.max_depth;
    return std::clamp(std::atoi(depth->second.front().c_str()), 0, 20);
  }

  static Variables without_page(Variables variables) {
    for (const std::string_view name : page_variables) variables.erase(std::string(name));
    return variables;
  }

  const Source& source_;
  const Watch& watch_;
  const PageRequest& request_;
  const extract::Extraction& extraction_;
  StepState state_;
  const Step* step_;
  Following out_;
};

}  // namespace

Result<std::vector<PageRequest>> plan(const Source& source, const Watch& watch, UtcTime) {
  if (Result<void> good = check_parameters(source, watch); !good) return fail(std::move(good).error());
  Result<std::vector<Variables>> all = combinations(source, watch);
  if (!all) return fail(std::move(all).error());
  std::vector<PageRequest> requests;
  std::set<std::string> sitemaps;
  for (Variables& variables : *all) {
    const Step& entry = source.steps.front();
    set_page(entry.paging, variables, 0);
    std::optional<PageRequest> request = request_of(source, watch, entry, variables);
    if (!request) {
      return fail(Errc::malformed,
                  "no request can be made of \"" + entry.url + "\" with this watch's values: " +
                      "see `testigo source list` for what the source \"" + source.id.value + "\" needs.",
                  watch.key);
    }
    request->entry = true;
    if (source.discovery.sitemap) {
      PageRequest sitemap = sitemap_request(*request);
      if (sitemaps.insert(sitemap.url).second) requests.push_back(std::move(sitemap));
    }
    requests.push_back(*std::move(request));
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
  spec.variables.try_emplace("brand", watch.brand_name);
  return spec;
}

Following follow(const Source& source, const Watch& watch, const PageRequest& request,
                 const extract::Extraction& extraction) {
  return Follower(source, watch, request, extraction).follow();
}

Result<PageRequest> authorize(const Source& source, PageRequest request,
                              const std::map<std::string, std::string>& secrets) {
  const Auth& auth = source.auth;
  if (auth.kind == AuthKind::none) return request;
  const auto secret = secrets.find(auth.env);
  if (secret == secrets.end() || secret->second.empty()) {
    if (auth.optional) return request;
    return fail(Errc::refused,
                "the source \"" + source.id.value + "\" needs a key: set the environment variable " +
                    auth.env + ".",
                source.file);
  }
  const std::string value = *expand(auth.value, {{"secret", secret->second}}, Escape::none);
  if (auth.kind == AuthKind::header) {
    request.headers.push_back({auth.name, value});
    return request;
  }
  const char separator = request.url.find('?') == std::string::npos ? '?' : '&';
  request.url += separator + formats::percent_encode(auth.name) + "=" + formats::percent_encode(value);
  request.archive_url += separator + formats::percent_encode(auth.name) + "=" + std::string(redacted);
  return request;
}

}  // namespace testigo::sources
