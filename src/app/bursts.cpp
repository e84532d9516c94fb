#include "app/bursts.h"

#include <algorithm>
#include <set>

#include "store/read.h"
#include "store/read_sums.h"
#include "store/read_syndicated.h"
#include "text/words.h"

namespace testigo::app {
namespace {

using insight::AdvocacyPost;

class BurstReader {
 public:
  BurstReader(store::Store& store, const AskingWords& words, const BurstRequest& request)
      : store_(store), words_(words), request_(request) {
    for (std::string& word : text::folded_words(request.brand_name)) names_.insert(std::move(word));
  }

  // By time. Copies come too, but the brand's own posts and advertisements do not.
  Result<std::vector<AdvocacyPost>> advocacy() {
    store::MentionFilter filter;
    filter.brand = request_.brand;
    filter.since = Day{request_.window.first.days - burst_memory};
    filter.until = Day{request_.window.last.days + std::chrono::days(1)};
    filter.tags = {Tag::advocacy};
    filter.limit = most_burst_posts;
    if (request_.source) filter.query = "source:\"" + request_.source->value + "\"";
    filter.voices_only = true;
    auto rows = store::mentions(store_, filter);
    if (!rows) return fail(std::move(rows.error()));
    std::vector<AdvocacyPost> posts;
    for (const store::MentionRow& row : *rows) posts.push_back(read(row));
    std::stable_sort(posts.begin(), posts.end(), [](const AdvocacyPost& a, const AdvocacyPost& b) {
      return a.at != b.at ? a.at < b.at : a.quote.mention.value < b.quote.mention.value;
    });
    return posts;
  }

  Result<std::vector<insight::Syndicated>> syndicated() {
    auto posts = store::syndicated_posts(store_, window(), most_syndicated);
    if (!posts) return fail(std::move(posts.error()));
    std::vector<insight::Syndicated> found;
    for (const store::SyndicatedPost& post : *posts) {
      auto detail = store::find_mention(store_, post.original.value);
      // The original may be no mention of any brand.
      if (!detail && detail.error().code == Errc::not_found) continue;
      if (!detail) return fail(std::move(detail.error()));
      found.push_back({quote(detail->row), post.copies, post.sources, post.first, post.last});
    }
    return found;
  }

  [[nodiscard]] store::RollupFilter window() const {
    return {.brand = request_.brand,
            .source = request_.source,
            .since = request_.window.first,
            .until = Day{request_.window.last.days + std::chrono::days(1)}};
  }

 private:
  [[nodiscard]] insight::Quote quote(const store::MentionRow& row) const {
    return {row.id,
            row.text,
            row.language,
            row.source,
            row.url,
            row.evidence,
            text::day_of(row.posted_at.value_or(row.collected_at), request_.zone)};
  }

  [[nodiscard]] AdvocacyPost read(const store::MentionRow& row) const {
    AdvocacyPost post;
    post.quote = quote(row);
    post.author = row.author.value_or("mention " + std::to_string(row.id.value));
    post.at = row.posted_at.value_or(row.collected_at);
    post.terms = words_.stems(row.text, row.language, names_);
    post.counted = !row.copy_of;
    post.positive = row.polarity == Polarity::positive;
    return post;
  }

  store::Store& store_;
  const AskingWords& words_;
  const BurstRequest& request_;
  std::set<std::string> names_;
};

}  // namespace

Result<AdvocacyBursts> advocacy_bursts(store::Store& store, const AskingWords& words,
                                       const BurstRequest& request) {
  AdvocacyBursts found;
  auto posts = BurstReader(store, words, request).advocacy();
  if (!posts) return fail(std::move(posts.error()));
  found.posts = std::move(*posts);
  const std::int64_t days = insight::days_in(request.window) + burst_memory.count();
  found.bursts = insight::bursts_of(found.posts, days);
  std::erase_if(found.bursts, [&](const insight::Burst& burst) {
    return found.posts[burst.posts.back()].quote.day < request.window.first;
  });
  return found;
}

Result<insight::LookAlikes> look_alikes(store::Store& store, const AskingWords& words,
                                        const BurstRequest& request) {
  auto bursts = advocacy_bursts(store, words, request);
  if (!bursts) return fail(std::move(bursts.error()));
  insight::LookAlikes found;
  found.posts = std::move(bursts->posts);
  found.bursts = std::move(bursts->bursts);
  BurstReader reader(store, words, request);
  auto syndicated = reader.syndicated();
  if (!syndicated) return fail(std::move(syndicated.error()));
  found.syndicated = std::move(*syndicated);
  auto sums = store::brand_sums(store, {request.brand}, reader.window());
  if (!sums) return fail(std::move(sums.error()));
  insight::weigh(found, sums->front());
  return found;
}

}  // namespace testigo::app
