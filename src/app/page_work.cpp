#include "app/page_work.h"

#include "core/digest.h"
#include "extract/extract.h"
#include "fetch/transfer.h"
#include "fetch/validators.h"

namespace testigo::app {
namespace {

store::PageState state_of(const Page& page, const std::optional<store::PageState>& before) {
  const fetch::Validators validators = fetch::validators_of(page.headers);
  store::PageState state;
  if (!validators.etag.empty()) state.etag = validators.etag;
  if (!validators.last_modified.empty()) state.last_modified = validators.last_modified;
  state.payload_digest = labelled_digest(page.body_as_sent);
  state.status = page.status;
  state.seen_at = page.fetched_at;
  const bool changed = !before || before->payload_digest != state.payload_digest;
  state.changed_at = changed ? page.fetched_at : before->changed_at;
  return state;
}

// A 304 says that what was known still holds.
store::PageState confirmed(store::PageState before, UtcTime now) {
  before.seen_at = now;
  return before;
}

std::size_t text_bytes(const store::Sighting& sighting) {
  return 512 + 2 * sighting.post.text.size() + sighting.verdict.why.size() * sizeof(Reason);
}

}  // namespace

std::size_t PageWork::weight() const {
  std::size_t bytes = 1024 + (exchange ? exchange->page.body_as_sent.size() : 0);
  for (const store::Sighting& sighting : answer.posts) bytes += text_bytes(sighting);
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
  answer.evidence_url = job.lease.request.archive_url;
  answer.coverage.brand = watch.settings.brand;
  answer.coverage.source = watch.settings.source;
  answer.coverage.asked = answer.coverage.allowed = 1;

  const bool not_modified = job.unchanged.has_value();
  if (auto read_it = read(job, watch, not_modified ? *job.unchanged : job.page, work); !read_it) {
    work.failure = describe(read_it.error());
    answer.coverage.failed = 1;
  }
  if (not_modified && job.lease.page) {
    answer.page = confirmed(*job.lease.page, job.page.fetched_at);
    answer.posts.clear();
    answer.coverage.unchanged = 1;
    work.revisit = archive::RevisitOf{job.lease.page->payload_digest, "",
                                      job.lease.request.archive_url, job.lease.page->seen_at};
    answer.evidence.reset();
  } else {
    answer.page = state_of(job.page, job.lease.page);
  }
  if (answer.coverage.refused_by_page == 0 && !job.evidence) work.exchange = std::move(job.exchange);
  return work;
}

Result<void> PageWorker::read(const PageJob& job, const PlannedWatch& watch, const Page& page,
                              PageWork& work) const {
  auto decoded = fetch::decode_page(page, bounds_.max_decoded_bytes);
  if (!decoded) return fail(std::move(decoded.error()));
  const fetch::PagePolicy policy = fetch::page_policy(*decoded, bounds_.agent);
  auto spec = sources::extractor_for(*watch.source, watch.watch, job.lease.request);
  if (!spec) return fail(std::move(spec.error()));
  auto extraction = extract::extract_page(*decoded, *spec, page.fetched_at);
  if (!extraction) return fail(std::move(extraction.error()));

  if (!policy.nofollow) {
    auto following = sources::follow(*watch.source, watch.watch, job.lease.request, *extraction);
    work.answer.coverage.capped += static_cast<std::int64_t>(following.capped);
    for (PageRequest& request : following.requests) {
      if (spec->format == extract::Format::page && request.method == "GET")
        request.url = request.archive_url = canonical(request.url);
      work.answer.discovered.push_back(std::move(request));
    }
  }
  work.messages = std::move(extraction->drift);
  if (policy.refuses_storage() || !watch.store_text) {
    work.answer.coverage.refused_by_page = policy.refuses_storage() ? 1 : 0;
    return {};
  }
  if (extraction->posts.empty()) work.answer.coverage.empty = 1;
  keep_posts(std::move(extraction->posts), watch, page.fetched_at, work);
  return {};
}

void PageWorker::keep_posts(std::vector<Post> posts, const PlannedWatch& watch, UtcTime seen_at,
                            PageWork& work) const {
  const auto always = watch.matching == Matching::all ? std::optional(watch.settings.brand)
                                                      : std::nullopt;
  for (Post& post : posts) {
    post.page_url = canonical(post.page_url);
    if (post.url) post.url = canonical(*post.url);
    store::Sighting sighting = judge_.judge(std::move(post), seen_at, always);
    if (!sighting.brands.empty()) work.answer.posts.push_back(std::move(sighting));
  }
}

}  // namespace testigo::app
