#include "sources/requests.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <span>
#include <utility>

#include "formats/url.h"
#include "sources/body_type.h"
#include "sources/falling_list.h"
#include "sources/first_page.h"
#include "sources/repeated_pages.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

// Names the site that an answer on another host is for.
constexpr std::string_view site_variable = "of_site";

constexpr std::string_view page_variables[] = {"page",         "offset",       "cursor",
                                               from_variable,  chain_variable, marks_variable,
                                               first_variable, site_variable};

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

// Several elements' variables as those of one request. All have the same names.
Variables joined(std::span<const Variables> elements) {
  Variables all;
  for (const auto& [name, first] : elements.front()) {
    const auto is_first = [&name = name, &first = first](const Variables& one) {
      return one.at(name) == first;
    };
    std::string& text = all[name] = first;
    if (std::all_of(elements.begin(), elements.end(), is_first)) continue;
    for (const Variables& one : elements.subspan(1)) (text += extract::joint) += one.at(name);
  }
  return all;
}

// The values as a request has them.
Variables as_written(Variables variables, std::string_view joint) {
  for (auto& [name, value] : variables) {
    for (std::size_t at = value.find(extract::joint); at != std::string::npos;
         at = value.find(extract::joint, at + joint.size()))
      value.replace(at, 1, joint);
  }
  return variables;
}

bool is_web_url(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && parsed->is_web() && parsed->host && !parsed->host->empty();
}

std::string origin_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed ? parsed->origin() : std::string();
}

// A plain GET of what a site offers beside its pages. That there is none is no failure.
PageRequest offered(const PageRequest& like, std::string_view step, std::string_view site,
                    std::string url) {
  PageRequest request = like;
  request.entry = request.standing = false;
  Variables variables;
  if (origin_of(url) != site) variables[std::string(site_variable)] = std::string(site);
  request.step = write_step(step, variables);
  request.url = url;
  request.archive_url = std::move(url);
  return request;
}

}  // namespace

const Step* find_step(const Source& source, std::string_view name) {
  const auto found = std::find_if(source.steps.begin(), source.steps.end(),
                                  [&](const Step& step) { return step.name == name; });
  return found == source.steps.end() ? nullptr : &*found;
}

Variables with_page(const Paging& paging, Variables variables, std::int64_t index) {
  if (paging.kind == PagingKind::page) {
    variables["page"] = std::to_string(paging.first + index * paging.step);
  } else if (paging.kind == PagingKind::offset) {
    variables["offset"] = std::to_string(paging.first + index * paging.step);
  } else if (paging.kind == PagingKind::cursor && index == 0 && !paging.start.empty()) {
    variables["cursor"] = paging.start;
  }
  return variables;
}

Variables without_page(Variables variables) {
  for (const std::string_view name : page_variables) variables.erase(std::string(name));
  return variables;
}

bool uses(const Step& step, std::string_view variable) {
  const auto is_in = [&](std::string_view text) {
    const auto names = template_names(text);
    return std::find(names.begin(), names.end(), variable) != names.end();
  };
  return is_in(step.url) || is_in(step.body) ||
         std::any_of(step.query.begin(), step.query.end(),
                     [&](const auto& pair) { return is_in(pair.second); }) ||
         std::any_of(step.headers.begin(), step.headers.end(),
                     [&](const Header& header) { return is_in(header.value); });
}

std::int64_t chain_length(const Variables& variables) {
  const auto count = variables.find(std::string(chain_variable));
  if (count == variables.end()) return 0;
  std::int64_t length = 0;
  std::from_chars(count->second.data(), count->second.data() + count->second.size(), length);
  return length;
}

std::vector<Variables> together(const Step& step, std::vector<Variables> elements) {
  if (step.together <= 1) return elements;
  for (Variables& element : elements)
    for (auto& [name, value] : element)
      std::replace(value.begin(), value.end(), extract::joint, ' ');
  std::set<Variables> met;
  std::erase_if(elements, [&](const Variables& element) { return !met.insert(element).second; });
  std::vector<Variables> requests;
  for (std::size_t begin = 0; begin < elements.size(); begin += step.together) {
    const std::size_t count = std::min(step.together, elements.size() - begin);
    requests.push_back(joined(std::span(elements).subspan(begin, count)));
  }
  return requests;
}

std::optional<PageRequest> request_of(const Source& source, const Watch& watch, const Step& step,
                                      const Variables& variables) {
  Variables values = as_written(variables, step.joint);
  add_stamps(step, values);
  std::optional<std::string> url = url_of(step, values);
  if (!url || !is_web_url(*url)) return std::nullopt;
  PageRequest request;
  request.source = source.id;
  request.watch = watch.key;
  request.step = write_step(step.name, variables);
  request.method = step.method;
  request.url = *std::move(url);
  request.archive_url = request.url;
  for (const Header& header : step.headers) {
    const auto value = expand(header.value, values, Escape::none);
    if (value) request.headers.push_back({header.name, *value});
  }
  if (step.body.empty()) return request;
  if (!find_header(request.headers, "Content-Type"))
    request.headers.push_back({"Content-Type", std::string(content_type_of(step.body_type))});
  const Escape escape = step.body_type == "form" ? Escape::percent : Escape::json;
  // A body cannot leave a part out: the cursor of a list's first page, a parameter without a value.
  for (const std::string& name : template_names(step.body)) values.try_emplace(name, "");
  request.body = *expand(step.body, values, escape);
  return request;
}

std::string site_of(const PageRequest& request) {
  Variables variables = read_step(request.step).variables;
  if (const auto site = variables.find(std::string(site_variable)); site != variables.end())
    return site->second;
  return origin_of(request.url);
}

PageRequest sitemap_request(const PageRequest& like, std::string_view site, std::string url) {
  PageRequest request = offered(like, sitemap_step, site, std::move(url));
  request.depth = 1;
  return request;
}

PageRequest feed_request(const PageRequest& like, std::string_view step, std::string_view site,
                         std::string url) {
  PageRequest request = offered(like, step, site, std::move(url));
  request.standing = true;
  return request;
}

}  // namespace testigo::sources
