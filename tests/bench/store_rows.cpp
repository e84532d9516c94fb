#include "store_rows.h"

#include <algorithm>
#include <random>
#include <string>

#include "rules_and_texts.h"

namespace testigo::bench {
namespace {

constexpr std::size_t text_bytes = 1000;
constexpr int days = 180;
constexpr std::size_t posts_per_thread = 20;
constexpr std::size_t authors = 3000;
constexpr std::size_t items = 40;
const UtcTime now = *parse_iso8601("2026-11-01T12:00:00Z");

// Draws from a fixed seed, the same on every machine (the distributions of <random> are not).
class Draw {
 public:
  std::size_t below(std::size_t bound) { return engine_() % bound; }

 private:
  std::mt19937_64 engine_{2026};
};

// Texts of the demo in a row until there is enough; the number keeps any two from being copies.
std::string long_text(const std::vector<std::string>& texts, std::size_t number, Draw& draw) {
  std::string text = "Report " + std::to_string(number) + ".";
  while (text.size() < text_bytes) text.append(1, ' ').append(texts[draw.below(texts.size())]);
  return text;
}

Post make_post(const std::vector<std::string>& texts, std::size_t number, Draw& draw) {
  Post post;
  post.source = SourceId("forum");
  post.external_id = "p" + std::to_string(number);
  post.page_url = "https://forum.example/thread/" + std::to_string(number / posts_per_thread);
  post.url = post.page_url + "#" + *post.external_id;
  post.author = "author " + std::to_string(draw.below(authors));
  post.item = "Item " + std::to_string(draw.below(items));
  post.posted_at = now - std::chrono::minutes(draw.below(days * 24 * 60));
  post.posted_at_written = to_iso8601(*post.posted_at);
  if (number % 2 == 0) post.rating = Rating{1.0 + static_cast<double>(draw.below(5)), 5.0, 1.0};
  post.title = "Title of " + *post.external_id;
  post.text = long_text(texts, number, draw);
  return post;
}

store::Sighting make_sighting(const classify::Classifier& classifier, Post post) {
  store::Sighting sighting;
  classify::ClassifyInput input;
  input.text = post.text;
  input.title = *post.title;
  input.rating = post.rating;
  sighting.verdict = classifier.classify(input, true);
  sighting.seen_at = now;
  sighting.day = Day{std::chrono::floor<std::chrono::days>(*post.posted_at)};
  sighting.brands = {{BrandId("acme"), sighting.verdict.tag, sighting.verdict.score}};
  sighting.post = std::move(post);
  store::prepare(sighting);
  return sighting;
}

}  // namespace

std::vector<store::Batch> make_batches(std::size_t posts) {
  const auto classifier = built_in_classifier();
  const auto texts = texts_of_demo();
  Draw draw;
  std::vector<store::Batch> batches;
  for (std::size_t number = 0; number < posts; ++number) {
    if (number % posts_per_batch == 0) {
      store::Batch& batch = batches.emplace_back();
      batch.rules = classifier.rules().hash();
      batch.now = now;
      batch.answers.emplace_back().fetched_at = now;
    }
    batches.back().answers.back().posts.push_back(
        make_sighting(classifier, make_post(texts, number, draw)));
  }
  return batches;
}

}  // namespace testigo::bench
