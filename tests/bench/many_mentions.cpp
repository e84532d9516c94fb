#include "many_mentions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <unordered_map>

#include "core/embedded.h"
#include "formats/json.h"
#include "rules_and_texts.h"

namespace testigo::bench {
namespace {

constexpr std::size_t text_bytes = 200;
constexpr std::size_t per_page = 20;
constexpr std::size_t pages_per_batch = 100;
constexpr double rare_words = 300'000;  // a language's names, models and misspellings
constexpr std::array<std::string_view, 3> languages = {"en", "es", "ro"};
constexpr std::array<std::string_view, 8> sources = {"appstore", "forum",  "hackernews", "mastodon",
                                                     "pages",    "reddit", "trustpilot", "youtube"};
constexpr std::array<std::string_view, ManyMentions::brands> brand_names = {
    "brumiva", "halvorn", "ostrine", "pelluno", "quarvo", "tessivel"};

// A word of consonants and vowels, the number written in base 70.
std::string invented(std::size_t number) {
  static constexpr std::string_view consonants = "bdfglmnprstvxz";
  static constexpr std::string_view vowels = "aeiou";
  std::string word;
  for (std::size_t rest = number + 70; rest > 0; rest /= 70) {
    word += consonants[rest % 70 / vowels.size()];
    word += vowels[rest % vowels.size()];
  }
  return word;
}

}  // namespace

// Which words follow which in the demo's posts of one language.
struct ManyMentions::Vocabulary {
  std::vector<std::string> words;
  std::unordered_map<std::string, std::vector<std::size_t>> after;  // places in `words`
};

ManyMentions::~ManyMentions() = default;

ManyMentions::ManyMentions(std::size_t posts)
    : classifier_(built_in_classifier()), vocabularies_(languages.size()), posts_(posts) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != "data/demo/posts.jsonl") continue;
    std::istringstream lines{std::string(file.bytes)};
    for (std::string line; std::getline(lines, line);) {
      const auto object = value_or_give_up(formats::parse_json(line));
      const auto language =
          std::find(languages.begin(), languages.end(), *object.find("lang")->as_string());
      if (language == languages.end()) continue;
      Vocabulary& known = vocabularies_[static_cast<std::size_t>(language - languages.begin())];
      std::istringstream words(*object.find("text")->as_string());
      std::string before;
      for (std::string word; words >> word; before = word) {
        known.after[before].push_back(known.words.size());
        known.words.push_back(word);
      }
    }
  }
}

BrandId ManyMentions::brand(std::size_t number) {
  return BrandId(std::string(brand_names[number % brands]));
}

UtcTime ManyMentions::end() { return *parse_iso8601("2026-11-01T00:00:00Z"); }

// xorshift64*: the same on every machine.
std::size_t ManyMentions::draw(std::size_t bound) {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return static_cast<std::size_t>(state_ * 0x2545F4914F6CDD1DULL >> 11) % bound;
}

std::string ManyMentions::chain(std::size_t language, std::size_t bytes) {
  const Vocabulary& known = vocabularies_[language];
  std::string text, before;
  while (text.size() < bytes) {
    if (!text.empty()) text += ' ';
    if (draw(8) == 0) {
      // Zipf's law: the number's logarithm is even.
      const double place = static_cast<double>(draw(1'000'000)) / 1e6;
      text += invented(static_cast<std::size_t>(std::pow(rare_words, place)) * 3 + language);
      continue;
    }
    auto next = known.after.find(before);
    if (next == known.after.end()) next = known.after.find("");
    before = known.words[next->second[draw(next->second.size())]];
    text += before;
  }
  return text;
}

UtcTime ManyMentions::next_time() {
  constexpr std::int64_t day = 24 * 60, half_time = days * day / 2;
  const auto begin = end() - std::chrono::minutes(2 * half_time);
  const auto half = static_cast<std::int64_t>(std::max<std::size_t>(posts_ / 2, 1));
  const auto late = static_cast<std::int64_t>(made_) - half;
  if (late < 0) return begin + std::chrono::minutes(draw(half_time));
  return begin + std::chrono::minutes(half_time + late * (half_time - day) / half +
                                      static_cast<std::int64_t>(draw(day)));
}

Post ManyMentions::make_post(std::size_t source, std::size_t language) {
  Post post;
  post.source = SourceId(std::string(sources[source]));
  post.external_id = "r" + std::to_string(10'000'000 + made_);
  post.page_url = "https://" + std::string(sources[source]) + ".example/en/item/" +
                  std::to_string(100'000 + made_ / per_page);
  post.url = post.page_url + "#" + *post.external_id;
  post.author = "author " + std::to_string(draw(std::max<std::size_t>(posts_ / 4, 10)));
  post.item = "Item " + std::to_string(made_ / per_page % 500);
  post.posted_at = next_time();
  if (draw(2) == 0) post.rating = Rating{1.0 + static_cast<double>(draw(5)), 5.0, 1.0};
  if (draw(3) == 0) post.title = chain(language, 15);
  post.text = chain(language, text_bytes - 3);
  if (draw(20) == 0) post.reach = static_cast<std::int64_t>(draw(200));
  if (made_ > 100 && draw(50) == 0) {
    post.by_brand = true;
    post.parent = "r" + std::to_string(10'000'000 + made_ / per_page * per_page - draw(80));
  }
  return post;
}

store::Sighting ManyMentions::judged(Post post, std::string_view language, UtcTime seen_at) {
  store::Sighting sighting;
  classify::ClassifyInput input;
  input.text = post.text;
  if (post.title) input.title = *post.title;
  input.language = language;
  input.rating = post.rating;
  input.by_brand = post.by_brand;
  sighting.verdict = classifier_.classify(input, true);
  sighting.seen_at = seen_at;
  sighting.day = Day{std::chrono::floor<std::chrono::days>(*post.posted_at)};
  const std::size_t first = made_ / per_page % brands;
  sighting.brands = {{brand(first), sighting.verdict.tag, sighting.verdict.score}};
  if (draw(10) == 0)
    sighting.brands.push_back(
        {brand(first + 1 + draw(brands - 1)),
         draw(2) == 0 ? std::optional(Tag::complaint) : std::optional(Tag::advocacy),
         sighting.verdict.score});
  sighting.post = std::move(post);
  store::prepare(sighting);
  return sighting;
}

store::Answer ManyMentions::next_answer() {
  const std::size_t page = made_ / per_page;
  const std::size_t source = draw(sources.size());
  const std::size_t language = std::array<std::size_t, 6>{0, 0, 0, 1, 1, 2}[draw(6)];
  store::Answer answer;
  answer.request = store::RequestKey(static_cast<std::int64_t>(page) * 7919 + 1);
  answer.evidence =
      EvidenceRef{"crawl-" + std::to_string(page / 10'000) + ".warc.gz", page % 10'000 * 3'000,
                  2'900, "sha256:" + std::string(52, 'a') + std::to_string(100'000'000'000 + page)};
  answer.fetched_at = end();
  for (std::size_t i = 0; i < per_page && made_ < posts_; ++i, ++made_)
    answer.posts.push_back(judged(make_post(source, language), languages[language], end()));
  answer.evidence_url = answer.posts.front().post.page_url;
  return answer;
}

store::Batch ManyMentions::next() {
  store::Batch batch;
  batch.rules = classifier_.rules().hash();
  batch.now = end();
  while (made_ < posts_ && batch.answers.size() < pages_per_batch)
    batch.answers.push_back(next_answer());
  return batch;
}

}  // namespace testigo::bench
