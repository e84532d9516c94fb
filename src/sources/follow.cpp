#include <algorithm>
#include <utility>

#include "core/list_address.h"
#include "formats/date.h"
#include "sources/auth.h"
#include "sources/falling_list.h"
#include "sources/first_page.h"
#include "sources/plan.h"
#include "sources/repeated_pages.h"
#include "sources/requests.h"
#include "sources/scope.h"
#include "sources/template.h"
#include "sources/value_check.h"

namespace testigo::sources {
namespace {

// Makes the requests that follow from one answer.
class Follower {
 public:
  Follower(const Source& source, const Watch& watch, const PageRequest& request,
           const extract::Extraction& extraction)
      : source_(source),
        watch_(watch),
        request_(request),
        extraction_(extraction),
        state_(read_step(request.step)),
        step_(find_step(source, state_.name)),
        site_(site_of(request)),
        scope_(scope_of(watch, site_)) {}

  Following follow() {
    if (step_ == nullptr) return {};
    follow_paging();
    follow_steps();
    follow_sitemaps();
    follow_feeds();
    follow_links();
    return std::move(out_);
  }

  bool ends_list() {
    if (step_ == nullptr) return false;
    const PagingKind kind = step_->paging.kind;
    if (step_->whole)
      return extraction_.more != true &&
             (kind == PagingKind::none ||
              !next_page(step_->paging, chain_length(state_.variables) + 1));
    if (step_->entry || step_ == &source_.steps.front()) return false;
    if (kind == PagingKind::none || kind == PagingKind::before) return false;
    return !next_page(step_->paging, chain_length(state_.variables) + 1);
  }

 private:
  void follow_paging() {
    const Paging& paging = step_->paging;
    if (paging.kind == PagingKind::none || (paging.newest_first && has_come_to_known_time()))
      return;
    const std::int64_t asked = chain_length(state_.variables) + 1;
    const bool repeated = mark_page();
    std::optional<PageRequest> next = next_page(paging, asked);
    if (!next || (next->url == request_.url && next->body == request_.body)) return;
    out_.repeats = repeated && paging.kind != PagingKind::before;
    if (out_.repeats) return;
    if (static_cast<std::size_t>(asked) >= paging.max_pages) {
      cap(1, "max_pages");
      return;
    }
    next->depth = request_.depth;
    out_.requests.push_back(*std::move(next));
  }

  // Notes for the chain what this page shows. Whether its pages repeat.
  bool mark_page() {
    const std::string name(marks_variable);
    std::string& marks = state_.variables[name];
    marks =
        with_mark(std::move(marks), extraction_, step_->extractor.format == extract::Format::page);
    const bool repeated = repeats(marks);
    if (marks.empty()) state_.variables.erase(name);
    return repeated;
  }

  bool has_come_to_known_time() const {
    if (!watch_.since) return false;
    if (extraction_.oldest) return *extraction_.oldest < *watch_.since;
    std::size_t dated = 0;
    for (const Post& post : extraction_.posts) {
      if (!post.posted_at) continue;
      // Pinned posts are old and come first; what was edited comes first in some lists.
      if (std::max(*post.posted_at, post.edited_at.value_or(*post.posted_at)) >= *watch_.since)
        return false;
      ++dated;
    }
    return dated > 0 || (extraction_.items > 0 && leads_to_nothing_new());
  }

  // Of a list that only leads on: whether all that it leads to has been as it is since then.
  bool leads_to_nothing_new() const {
    std::size_t known = 0;
    for (const auto& [name, elements] : extraction_.each) {
      for (const Variables& element : elements) {
        if (!is_known(element, watch_.since)) return false;
        ++known;
      }
    }
    return known > 0;
  }

  // Whether what an element leads to last changed before a time until which an earlier pass has
  // seen it.
  static bool is_known(const Variables& element, std::optional<UtcTime> seen) {
    if (!seen) return false;
    const auto changed = element.find(std::string(extract::changed_variable));
    if (changed == element.end()) return false;
    const auto time = formats::parse_date(changed->second, *seen);
    return time && *time < *seen;
  }

  std::optional<PageRequest> next_page(const Paging& paging, std::int64_t asked) {
    Variables variables = state_.variables;
    variables[std::string(chain_variable)] = std::to_string(asked);
    switch (paging.kind) {
      case PagingKind::page:
      case PagingKind::offset:
        if ((is_empty() && !paging.past_empty) || extraction_.more == false ||
            is_last(paging, asked))
          return {};
        return request_of(source_, watch_, *step_, with_page(paging, variables, asked));
      case PagingKind::cursor:
        if (!extraction_.cursor || is_empty() || extraction_.more == false) return {};
        if (variables["cursor"] == *extraction_.cursor) return {};
        variables["cursor"] = *extraction_.cursor;
        return request_of(source_, watch_, *step_, variables);
      case PagingKind::before:
        return earlier(variables);
      case PagingKind::link:
      case PagingKind::next_url:
        return linked_page(variables);
      case PagingKind::none:
        break;
    }
    return {};
  }

  std::optional<PageRequest> earlier(const Variables& variables) {
    const auto next = earlier_page(*step_, variables, extraction_);
    if (!next) return {};
    if (next->skips) cap(1, "posts of one moment");
    return request_of(source_, watch_, *step_, next->variables);
  }

  // A page whose every element was passed over (reposts alone) is no empty page.
  bool is_empty() const { return extraction_.items == 0 && extraction_.skipped == 0; }

  // `total` counts pages for paging by page, items for paging by offset.
  bool is_last(const Paging& paging, std::int64_t asked) const {
    if (!extraction_.total) return false;
    const std::int64_t reached = paging.kind == PagingKind::page ? asked : asked * paging.step;
    return reached >= *extraction_.total;
  }

  std::optional<PageRequest> linked_page(Variables variables) const {
    // A chain never leaves its host: what is sent with it (headers, a secret) is for that host.
    const auto same_host = [&](const std::string& url) {
      return is_same_origin(url, request_.url);
    };
    const auto found = std::find_if(extraction_.next.begin(), extraction_.next.end(), same_host);
    if (found == extraction_.next.end()) return std::nullopt;
    if (const auto first = first_number_asked())
      variables[std::string(first_variable)] = std::to_string(*first);
    PageRequest next = request_;
    next.entry = false;
    next.standing = is_standing(*step_);
    next.step = write_step(step_->name, variables);
    next.url = next.archive_url = without_secret(source_.auth, *found);
    return next;
  }

  void follow_steps() {
    for (const auto& [name, elements] : extraction_.each) {
      const Step* step = find_step(source_, name);
      if (step == nullptr) continue;
      const std::vector<Variables> requests = together(*step, unknown_of(elements));
      for (std::size_t i = 0; i < requests.size(); ++i) {
        if (i >= step->max_requests) {
          cap(requests.size() - i, "max_requests");
          break;
        }
        Variables variables = without_page(state_.variables);
        for (const auto& [key, value] : requests[i]) variables[key] = value;
        auto next = request_of(source_, watch_, *step, with_page(step->paging, variables, 0));
        if (!next) continue;
        next->depth = request_.depth + 1;
        out_.requests.push_back(*std::move(next));
      }
    }
  }

  std::vector<Variables> unknown_of(const std::vector<Variables>& elements) const {
    std::vector<Variables> unknown;
    for (const Variables& element : elements) {
      if (is_known(element, watch_.asked ? watch_.asked : watch_.since)) continue;
      unknown.push_back(element);
      unknown.back().erase(std::string(extract::changed_variable));
    }
    return unknown;
  }

  void follow_sitemaps() {
    if (state_.name != sitemap_step || request_.depth >= max_sitemap_depth) return;
    for (const std::string& url : extraction_.sitemaps) {
      if (!is_same_site(url, site_) || !has_room()) continue;
      PageRequest next = sitemap_request(request_, site_, url);
      next.depth = request_.depth + 1;
      out_.requests.push_back(std::move(next));
    }
  }

  // An index of sitemaps, one of its sitemaps: sitemaps.org knows no deeper nesting.
  static constexpr int max_sitemap_depth = 3;

  // Feeds of pages, and feeds of comments of pages and of the entries of feeds.
  void follow_feeds() {
    if (source_.discovery.feeds) follow_offers(extraction_.feeds, feed_step);
    if (!source_.discovery.comment_feeds.empty())
      follow_offers(extraction_.comment_feeds, comment_feed_step);
  }

  void follow_offers(const std::vector<std::string>& urls, std::string_view step) {
    for (const std::string& url : urls) {
      if (url == request_.url || !offers_within(scope_, url)) continue;
      if (has_room()) out_.requests.push_back(feed_request(request_, step, site_, url));
    }
  }

  void follow_links() {
    if (!source_.discovery.links && !source_.discovery.sitemap) return;
    const int depth = state_.name == sitemap_step ? 1 : request_.depth + 1;
    if (depth > max_depth()) return;
    const PageRequest page = page_request(depth);
    const auto first = first_number_asked();
    for (const std::string& url : extraction_.links) {
      if (url == request_.url || !is_within(scope_, url)) continue;
      const bool listed = first && is_same_list(url, request_.url);
      if ((listed && page_number(url) == first) || !has_room()) continue;
      PageRequest& next = out_.requests.emplace_back(page);
      next.url = next.archive_url = url;
      if (listed) next.step = listed_step(*first);
    }
  }

  // What requests for the site's pages have in common, still without an address.
  PageRequest page_request(int depth) const {
    const Step& first = source_.steps.front();
    PageRequest page = request_;
    page.url = page.archive_url = std::string();
    page.entry = false;
    page.step = write_step(first.name, without_page(state_.variables));
    page.depth = depth;
    page.standing = is_standing(first);
    return page;
  }

  // Of the list that this page belongs to, where it is one of a site's own.
  std::optional<std::int64_t> first_number_asked() const {
    if (step_->extractor.format != extract::Format::page) return std::nullopt;
    return first_number(request_, state_.variables, extraction_);
  }

  // The step of pages of the same list, whose first was asked.
  std::string listed_step(std::int64_t first) const {
    Variables variables = without_page(state_.variables);
    variables[std::string(first_variable)] = std::to_string(first);
    return write_step(source_.steps.front().name, variables);
  }

  // Pages of a site's own have an address to come back to; an API's answers, and what a form or a
  // cursor brings, are only a way through a list.
  static bool is_standing(const Step& step) {
    const PagingKind paging = step.paging.kind;
    return step.extractor.format == extract::Format::page && step.method == "GET" &&
           step.body.empty() && (paging == PagingKind::none || paging == PagingKind::link);
  }

  bool has_room() {
    if (out_.requests.size() < step_->max_requests) return true;
    cap(1, "max_requests");
    return false;
  }

  void cap(std::size_t count, std::string_view reason) {
    out_.capped += count;
    if (out_.capped_by.empty()) out_.capped_by = reason;
  }

  int max_depth() const {
    const auto depth = watch_.parameters.find("depth");
    if (depth == watch_.parameters.end() || depth->second.empty())
      return source_.discovery.max_depth;
    return parse_depth(depth->second.front()).value_or(source_.discovery.max_depth);
  }

  const Source& source_;
  const Watch& watch_;
  const PageRequest& request_;
  const extract::Extraction& extraction_;
  StepState state_;
  const Step* step_;
  std::string site_;  // origin of the pages in scope
  Scope scope_;
  Following out_;
};

}  // namespace

Following follow(const Source& source, const Watch& watch, const PageRequest& request,
                 const extract::Extraction& extraction) {
  return Follower(source, watch, request, extraction).follow();
}

bool may_lead_to(const Source& source, const Watch& watch, const PageRequest& request,
                 std::string_view url) {
  const Discovery& looks_for = source.discovery;
  const bool discovers =
      looks_for.links || looks_for.sitemap || looks_for.feeds || !looks_for.comment_feeds.empty();
  if (request.entry || !discovers) return true;
  const Scope scope = scope_of(watch, site_of(request));
  return asks_for_sitemap(request) ? is_same_site(url, scope.origin) : leads_within(scope, url);
}

bool asks_for_sitemap(const PageRequest& request) {
  return read_step(request.step).name == sitemap_step;
}

bool ends_list(const Source& source, const Watch& watch, const PageRequest& request,
               const extract::Extraction& extraction) {
  return Follower(source, watch, request, extraction).ends_list();
}

}  // namespace testigo::sources
