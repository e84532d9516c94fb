#include "app/page_work.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "app/crawl_ledger.h"
#include "app/original_page.h"
#include "app/unique_ids.h"
#include "archive/redact.h"
#include "core/digest.h"
#include "extract/look_back.h"
#include "fetch/bot_wall.h"
#include "fetch/retry.h"
#include "fetch/revisit.h"
#include "fetch/transfer.h"
#include "fetch/validators.h"
#include "insight/coverage.h"
#include "sources/list_place.h"
#include "sources/recheck.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

// A feed that asks for more has forgotten to change what it once said.
constexpr std::chrono::seconds longest_rest = std::chrono::days(7);
constexpr std::size_t longest_error = 256 * 1024;  // bytes of an error page, decoded

std::size_t text_bytes(const store::Sighting& sighting) {
  return 512 + 2 * sighting.post.text.size() + sighting.verdict.why.size() * sizeof(Reason);
}

// Whether the answer brought the bytes that were there the last time, with a 304 or in full.
bool is_unchanged(const PageJob& job, const store::PageState& state) {
  const std::optional<store::PageState>& known = job.lease.page;
  if (!known || !known->evidence) return false;
  return job.status == FetchStatus::not_modified || known->payload_digest == state.payload_digest;
}

// A message without what it quotes of the page: the ledger counts reasons, and keeps no texts.
std::string ledger_words(std::string_view message) {
  constexpr std::size_t longest = 160;
  message = message.substr(0, message.find(": \""));
  return std::string(message.substr(0, text::char_border(message, longest)));
}

// Of a page's messages those that the ledger keeps: of several that differ only in the place in the
// list ("/items/0/who is missing", "/items/1/who is missing") the first.
std::vector<std::string> ledger_reasons(const std::vector<std::string>& drift) {
  constexpr std::size_t most = 5;  // of one page: more fields gone tell no more
  std::vector<std::string> reasons;
  std::set<std::string> told;
  for (const std::string& message : drift) {
    std::string reason = ledger_words(message);
    std::string form = reason;
    std::erase_if(form, [](char c) { return c >= '0' && c <= '9'; });
    if (!told.insert(std::move(form)).second) continue;
    reasons.push_back(std::move(reason));
    if (reasons.size() == most) break;
  }
  return reasons;
}

// What the answer shows of a list that several pages, or several lists in one answer, tell of
// together; nothing where a post may be there and only not readable, or has no id of the service's
// own to know it by.
std::optional<ListPage> page_of(const PageRequest& request, const sources::Source& source,
                                const extract::Extraction& extraction) {
  const bool together = !extraction.lists.empty() || sources::is_whole_list(source, request);
  const bool sound = extraction.left_out == 0 && !extraction.shortened && !extraction.cut_short &&
                     extraction.items < extract::max_items_per_page;
  if (!together || !sound) return std::nullopt;
  ListPage page;
  page.number = sources::page_of_list(request);
  page.newest_first = sources::is_newest_first(source, request);
  page.stretches = extract::stretches_of(extraction);
  page.posts.reserve(extraction.posts.size());
  for (const Post& post : extraction.posts) {
    if (!post.external_id) return std::nullopt;
    page.posts.push_back(post_id(post));
  }
  return page;
}

archive::RevisitOf revisit_of(const PageJob& job) {
  const store::PageState& known = *job.lease.page;
  archive::RevisitOf of;
  of.payload_digest = known.payload_digest;
  of.target_uri = job.unchanged ? job.unchanged->url : job.page.url;
  of.date = known.changed_at.value_or(known.seen_at);
  of.profile = job.status == FetchStatus::not_modified
                   ? archive::RevisitProfile::server_not_modified
                   : archive::RevisitProfile::identical_payload_digest;
  return of;
}

}  // namespace

std::size_t PageWork::weight() const {
  std::size_t bytes = 1024 + (exchange ? exchange->page.body_as_sent.size() : 0);
  for (const auto* sightings : {&answer.posts, &answer.unnamed})
    for (const store::Sighting& sighting : *sightings) bytes += text_bytes(sighting);
  return bytes + answer.discovered.size() * sizeof(PageRequest);
}

std::string PageWorker::canonical(const std::string& url) const {
  auto form = formats::canonical_url(url, tracking_);
  return form ? std::move(*form) : url;
}

PageWork PageWorker::work(PageJob job) const {
  PageWork work;
  const PlannedWatch& watch = watches_.at(job.lease.request.watch);
  store::Answer& answer = work.answer;
  answer.request = job.lease.key;
  answer.fetched_at = job.page.fetched_at;
  answer.evidence = job.evidence;
  answer.evidence_url = job.page.url;
  answer.erase_departed = watch.source->terms.delete_when_gone;
  answer.coverage = ledger_line(watch);
  answer.coverage.asked = answer.coverage.allowed = 1;
  answer.page = state_of(job, watch);
  if (says_nothing(job, watch)) {
    answer.coverage.empty = 1;
  } else if (job.status == FetchStatus::gone) {
    note_gone(job, watch, work);
  } else {
    work_page(job, watch, work);
  }
  if (!work.failure.empty()) {
    const auto& reasons = answer.coverage.reasons;
    answer.unread = reasons.empty() ? "not readable" : reasons.begin()->first;
  }
  archive(job, watch, work);
  return work;
}

// Whether that a page is not there tells of its posts: not where a list goes on there, nor where
// the service does not know the list or the way to ask for several posts. What cannot be taken back
// is done when it is not there a second time.
bool PageWorker::takes_posts_with_it(const PageJob& job, const PlannedWatch& watch) {
  const PageRequest& request = job.lease.request;
  const bool was_gone =
      job.lease.page && fetch::classify_answer(job.lease.page->status,
                                               fetch::TransferError::none) == FetchStatus::gone;
  return !sources::is_within_list(*watch.source, request) &&
         !sources::is_list_of_watch(*watch.source, request) &&
         sources::rechecked_ids(*watch.source, request).empty() &&
         (was_gone || !watch.source->terms.delete_when_gone);
}

// What was asked for is not there. That hides the rest of a list that goes on there.
void PageWorker::note_gone(const PageJob& job, const PlannedWatch& watch, PageWork& work) const {
  const std::string why = "http " + std::to_string(job.page.status);
  const bool failed =
      job.lease.request.entry || sources::is_within_list(*watch.source, job.lease.request);
  work.answer.gone = takes_posts_with_it(job, watch);
  work.answer.coverage.reasons[why] = 1;
  (failed ? work.answer.coverage.failed : work.answer.coverage.empty) = 1;
  if (!failed) return;
  work.failure = why;
  auto decoded = fetch::decode_page(job.page, longest_error);
  const auto spec = sources::extractor_for(*watch.source, watch.watch, job.lease.request);
  if (!decoded || !spec) return;
  decoded->body = archive::redact(decoded->body, secrets_of(job));  // before words are cut short
  if (const auto said = extract::error_words(*decoded, *spec))
    work.failure += "; the service says: " + *said;
}

bool PageWorker::says_nothing(const PageJob& job, const PlannedWatch& watch) const {
  if (job.page.status < 400) return false;
  const auto decoded = fetch::decode_page(job.page, bounds_.max_decoded_bytes);
  return sources::says_nothing(*watch.source, job.lease.request, job.page.status,
                               decoded ? std::string_view(decoded->body) : std::string_view());
}

void PageWorker::work_page(PageJob& job, const PlannedWatch& watch, PageWork& work) const {
  store::Answer& answer = work.answer;
  const bool unchanged = is_unchanged(job, *answer.page);
  auto reading = read(job, watch, job.unchanged ? *job.unchanged : job.page, work);
  if (!reading) {
    if (work.failure.empty()) work.failure = archive::redact(reading.error().what, secrets_of(job));
    answer.page.reset();  // the next visit compares with what was last read, not with this
    return;
  }
  if (job.exchange) work.wait = reading->extraction.wait;  // under replay nobody is asked
  if (note_drift(reading->extraction, work)) return;
  if (reading->feed && answer.page) heed_rest(job, *reading, *answer.page);
  const auto ids = sources::rechecked_ids(*watch.source, job.lease.request);
  if (ids.empty()) answer.looks_back_to = extract::looks_back_to(reading->extraction);
  if (unchanged) {
    answer.coverage.unchanged = 1;
    if (ids.empty()) note_shown(job, watch, reading->extraction, answer);
    if (answer.shown && answer.shown->before.empty()) answer.shown.reset();
    answer.evidence.reset();
    work.revisit = revisit_of(job);
    return;
  }
  if (reading->refuses_storage || !watch.store_text) {
    answer.coverage.refused_by_page = reading->refuses_storage ? 1 : 0;
    return;
  }
  if (reading->extraction.posts.empty()) answer.coverage.empty = 1;
  if (!ids.empty()) {
    note_departed(reading->extraction, ids, watch, work);
  } else {
    note_shown(job, watch, reading->extraction, answer);
  }
  note_deleted(job, *reading, watch, work);
  keep_posts(job, std::move(reading->extraction.posts), watch, work);
}

void PageWorker::note_shown(const PageJob& job, const PlannedWatch& watch,
                            extract::Extraction& extraction, store::Answer& answer) const {
  const PageRequest& request = job.lease.request;
  answer.list = request.watch + " " + sources::list_name(*watch.source, request);
  if (sources::is_selection(*watch.source, request)) return;
  std::optional<ListPage> page = page_of(request, *watch.source, extraction);
  if (!page) readings_.forget(answer.list);
  if (extraction.left_out > 0) return;
  extraction.ends =
      extraction.ends || sources::ends_list(*watch.source, watch.watch, request, extraction);
  const extract::ShownList shown = extract::shown_list(extraction);
  answer.shown = store::ShownList{shown.whole, shown.window};
  if (!page) return;
  page->ends_whole = extraction.ends && sources::is_whole_list(*watch.source, request);
  auto known = readings_.add(answer.list, *std::move(page));
  if (!known) return;
  known->whole = known->whole || shown.whole;
  if (!known->window) known->window = shown.window;
  answer.shown = std::move(known);
}

// Of posts that were asked for by their ids, those that did not come back are gone.
void PageWorker::note_departed(const extract::Extraction& extraction,
                               const std::vector<std::string>& ids, const PlannedWatch& watch,
                               PageWork& work) {
  constexpr std::size_t most_gone_at_once = 10;  // with none there the service answered wrongly
  if (extraction.left_out > 0) return;           // a post may be there and only not readable
  if (extraction.items + extraction.skipped == 0 && ids.size() > most_gone_at_once) {
    const std::string why = "none of the posts asked for came back";
    work.messages.push_back(watch.settings.key + ": " + why + "; nothing is taken for deleted");
    work.answer.coverage.reasons[why] = 1;
    work.answer.coverage.failed = 1;
    return;
  }
  std::set<std::string> here;
  for (const Post& post : extraction.posts)
    if (post.external_id) here.insert(*post.external_id);
  for (const std::string& id : ids) {
    if (here.contains(id)) continue;
    Post asked;
    asked.source = watch.settings.source;
    asked.external_id = id;
    work.answer.departures.push_back(
        {post_id(asked), work.answer.fetched_at, work.answer.erase_departed});
  }
}

// Counts the items, and says where the source no longer has its shape. True where nothing could be
// read because of that: the answer then counts as failed, and is read again the next time even if
// its bytes are the same.
bool PageWorker::note_drift(extract::Extraction& extraction, PageWork& work) {
  work.answer.coverage.items = static_cast<std::int64_t>(extraction.items);
  work.answer.coverage.left_out = static_cast<std::int64_t>(extraction.left_out);
  work.messages = std::move(extraction.drift);
  const bool drifted = !work.messages.empty();
  std::move(extraction.notes.begin(), extraction.notes.end(), std::back_inserter(work.messages));
  for (std::string& reason : ledger_reasons(work.messages))
    work.answer.coverage.reasons[std::move(reason)] = 1;
  if (!drifted) return false;
  if (extraction.cut_short) {  // the next visit asks for all of it, and of what lies behind it
    work.answer.page.reset();
    work.answer.unread = "cut short";
  }
  if (!extraction.posts.empty()) return false;
  work.failure = work.messages.front();
  work.messages.erase(work.messages.begin());
  // Nothing was read: the answer counts as failed, and not a second time by its items.
  work.answer.coverage.failed = 1;
  work.answer.coverage.items = work.answer.coverage.left_out = 0;
  work.answer.page.reset();
  return true;
}

// A feed that the watch names is due when the watch is, but not before it wants to be; one that a
// site offers keeps a rhythm of its own as well.
void PageWorker::heed_rest(const PageJob& job, const Reading& reading, store::PageState& state) {
  std::optional<std::chrono::seconds> rest = reading.extraction.rest;
  if (rest) rest = std::min(*rest, longest_rest);
  state.revisit_after = job.lease.request.entry ? rest : std::max(state.revisit_after, rest);
}

// What is remembered of the page, and when it is worth another visit.
store::PageState PageWorker::state_of(const PageJob& job, const PlannedWatch& watch) const {
  const std::optional<store::PageState>& before = job.lease.page;
  const fetch::Validators validators = fetch::validators_of(job.page.headers);
  const bool not_modified = job.status == FetchStatus::not_modified;
  store::PageState state = not_modified && before ? *before : store::PageState{};
  // Not those of an error page, nor of a page that a redirect led to: they say nothing of the
  // address that will be asked again.
  const bool are_own =
      job.status != FetchStatus::gone && job.page.url == job.lease.request.archive_url;
  if (are_own && !validators.etag.empty()) state.etag = validators.etag;
  if (are_own && !validators.last_modified.empty()) state.last_modified = validators.last_modified;
  if (!not_modified) {
    state.payload_digest = labelled_digest(job.page.body_as_sent);
    state.status = job.page.status;
  }
  state.seen_at = job.page.fetched_at;
  const bool changed = !before || before->payload_digest != state.payload_digest;
  state.changed_at = changed ? std::optional(job.page.fetched_at) : before->changed_at;
  std::optional<Millis> previous;
  if (before && before->revisit_after) previous = *before->revisit_after;
  state.revisit_after = std::chrono::duration_cast<std::chrono::seconds>(
      fetch::next_interval(previous, changed, watch.settings.every));
  return state;
}

Result<PageWorker::Reading> PageWorker::read(const PageJob& job, const PlannedWatch& watch,
                                             const Page& page, PageWork& work) const {
  CoverageCounts& coverage = work.answer.coverage;
  const auto failed = [&](const std::string& why) {
    coverage.failed = 1;
    coverage.reasons[why] = 1;
  };
  auto spec = sources::extractor_for(*watch.source, watch.watch, job.lease.request);
  auto decoded = fetch::decode_page(page, bounds_.max_decoded_bytes);
  if (!decoded && spec && spec->format == extract::Format::sitemap &&
      decoded.error().code == Errc::malformed) {
    decoded = page;  // a gzip file is read up to its break, whoever names its coding
    decoded->body = decoded->body_as_sent;
  }
  if (!decoded) {
    failed(std::string(to_string(fetch::transfer_error_of(decoded.error()))));
    return fail(std::move(decoded.error()));
  }
  if (const auto wall = fetch::bot_wall(*decoded)) {
    work.failure = "bot wall: " + std::string(*wall);
    coverage.blocked = 1;
    coverage.reasons[work.failure] = 1;
    return fail(Errc::refused, work.failure);
  }
  if (!spec) {
    failed("source changed");
    return fail(std::move(spec.error()));
  }
  UtcTime now = page.fetched_at;
  if (auto original = original_page(std::move(*decoded), *spec, bounds_.max_decoded_bytes)) {
    decoded = std::move(original->page);
    now = original->taken_at;
  } else {
    failed("not readable");
    return fail(std::move(original.error()));
  }
  const fetch::PagePolicy policy = fetch::page_policy(*decoded, bounds_.agent);
  auto extraction = extract::extract_page(*decoded, *spec, now);
  if (!extraction && extraction.error().code == Errc::refused) {
    // The service's own words are cut short: they are not to end within a secret.
    decoded->body = archive::redact(decoded->body, secrets_of(job));
    extraction = extract::extract_page(*decoded, *spec, now);
  }
  if (!extraction) {
    failed(extraction.error().code == Errc::refused ? "error in the answer" : "not readable");
    return fail(std::move(extraction.error()));
  }
  const bool of_any_site = spec->format == extract::Format::page ||
                           spec->format == extract::Format::warc ||
                           spec->format == extract::Format::feed;
  for (Post& post : extraction->posts) {
    clean_addresses(post, tracking_);
    if (of_any_site) make_ids_unique(post, tracking_);
  }
  Reading reading{std::move(*extraction), policy.refuses_storage(),
                  spec->format == extract::Format::feed, of_any_site};
  if (!policy.nofollow) follow(job, watch, reading, spec->format == extract::Format::page, work);
  return reading;
}

void PageWorker::follow(const PageJob& job, const PlannedWatch& watch, Reading& reading,
                        bool page_format, PageWork& work) const {
  auto following =
      sources::follow(*watch.source, watch.watch, job.lease.request, reading.extraction);
  if (following.capped > 0) {
    work.answer.coverage.capped += static_cast<std::int64_t>(following.capped);
    work.answer.coverage.reasons[following.capped_by + std::string(insight::source_limit)] +=
        static_cast<std::int64_t>(following.capped);
  }
  if (following.repeats) {
    work.answer.coverage.capped += 1;
    work.answer.coverage.reasons["the list repeats itself"] += 1;
  }
  for (PageRequest& request : following.requests) {
    if (page_format && request.method == "GET")
      request.url = request.archive_url = canonical(request.url);
    work.answer.discovered.push_back(std::move(request));
  }
}

// Of posts that their source says it deleted.
void PageWorker::note_deleted(const PageJob& job, const Reading& reading, const PlannedWatch& watch,
                              PageWork& work) const {
  for (const extract::DepartedPost& one : reading.extraction.departed) {
    Post post;
    post.source = watch.source->id;
    post.page_url = canonical(job.page.url);
    post.external_id = one.external_id;
    if (reading.ids_of_any_site) make_ids_unique(post, tracking_);
    // Records that may show it are erased up to now, whenever the source says that it went.
    const bool erase = work.answer.erase_departed;
    const UtcTime now = job.page.fetched_at;
    const UtcTime at = erase ? now : std::min(one.at.value_or(now), now);
    work.answer.departures.push_back({post_id(post), at, erase});
  }
}

void PageWorker::keep_posts(const PageJob& job, std::vector<Post> posts, const PlannedWatch& watch,
                            PageWork& work) const {
  const auto always =
      watch.matching == Matching::all ? std::optional(watch.settings.brand) : std::nullopt;
  work.answer.posts.reserve(posts.size());
  for (Post& post : posts) {
    store::Sighting sighting = judge_.judge(std::move(post), job.page.fetched_at, always);
    if (!sighting.brands.empty()) {
      work.answer.posts.push_back(std::move(sighting));
      continue;
    }
    if (work.answer.shown) work.answer.shown->others.push_back(post_id(sighting.post));
    work.answer.unnamed.push_back(std::move(sighting));
  }
}

std::vector<std::string> PageWorker::secrets_of(const PageJob& job) const {
  std::vector<std::string> secrets = bounds_.secrets;
  if (!job.token.empty()) secrets.push_back(job.token);
  return secrets;
}

// The answer goes into the archive unless its page or the source's terms forbid that.
void PageWorker::archive(PageJob& job, const PlannedWatch& watch, PageWork& work) const {
  if (!job.exchange || work.answer.coverage.refused_by_page > 0 || !watch.store_text) return;
  work.exchange = std::move(job.exchange);
  if (work.answer.page) work.exchange->payload_digest = work.answer.page->payload_digest;
  work.exchange->page = std::move(job.page);
  work.exchange->page.headers =
      archive::redact(std::move(work.exchange->page.headers), secrets_of(job));
  work.exchange->page.reason = archive::redact(work.exchange->page.reason, secrets_of(job));
}

}  // namespace testigo::app
