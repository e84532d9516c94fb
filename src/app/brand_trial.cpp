#include "app/brand_trial.h"

#include <algorithm>
#include <map>
#include <utility>

#include "insight/topics.h"

namespace testigo::app {
namespace {

using insight::TrialPost;
using insight::TrialResult;
using insight::TrialTerm;
using insight::TrialTopic;

constexpr double one_topic = 0.25;  // likeness of texts that speak of one thing
constexpr std::size_t words_of_topic = 4;
constexpr std::size_t shortest_word = 4;  // bytes: shorter ones stand in every text

// Words of what is asked for, not of what is excluded.
void collect_words(const query::Node& node, std::set<std::string>& words) {
  for (const query::Word& word : node.words) words.insert(word.folded);
  if (node.kind == query::Node::Kind::none_of) return;
  for (const query::Node& child : node.children) collect_words(child, words);
}

// The same with phrases as one word, as hashtags and handles write them; short words stand in every
// text.
void collect_near_words(const query::Node& node, std::set<std::string>& words) {
  std::string together;
  for (const query::Word& word : node.words) {
    together += word.folded;
    if (word.folded.size() >= shortest_word) words.insert(word.folded);
  }
  if (together.size() >= shortest_word) words.insert(together);
  if (node.kind == query::Node::Kind::none_of) return;
  for (const query::Node& child : node.children) collect_near_words(child, words);
}

// The operands of the query's OR, whether or not something narrows it.
std::vector<query::Node> alternatives_of(const query::Node& root) {
  if (root.kind == query::Node::Kind::any_of) return root.children;
  if (root.kind == query::Node::Kind::all_of)
    for (const query::Node& child : root.children)
      if (child.kind == query::Node::Kind::any_of) return child.children;
  return {root};
}

std::vector<TextSpan> text_hits(const std::vector<query::Hit>& hits) {
  std::vector<TextSpan> spans;
  for (const query::Hit& hit : hits)
    if (hit.field == Field::text) spans.push_back(hit.span);
  return spans;
}

bool contains(std::string_view text, std::string_view part) {
  return !part.empty() && text.find(part) != std::string_view::npos;
}

// How many texts have a stem, and each of its forms.
struct StemCounts {
  std::int64_t posts = 0;
  std::map<std::string, std::int64_t> forms;
};

std::string most_frequent_form(const StemCounts& counts) {
  return std::max_element(counts.forms.begin(), counts.forms.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// Words whose stems more of the topic's texts have than of the others.
std::vector<std::string> telling_words(const std::map<std::string, StemCounts>& in_topic,
                                       const std::map<std::string, std::int64_t>& everywhere) {
  struct Telling {
    std::string word;
    double weight = 0.0;
  };
  std::vector<Telling> telling;
  for (const auto& [stem, counts] : in_topic) {
    if (counts.posts < 2) continue;
    const auto here = static_cast<double>(counts.posts);
    telling.push_back(
        {most_frequent_form(counts), here * here / static_cast<double>(everywhere.at(stem))});
  }
  std::stable_sort(telling.begin(), telling.end(),
                   [](const Telling& a, const Telling& b) { return a.weight > b.weight; });
  telling.resize(std::min(telling.size(), words_of_topic));
  std::vector<std::string> words;
  for (Telling& one : telling) words.push_back(std::move(one.word));
  return words;
}

double weak_share(const TrialTopic& topic) {
  return static_cast<double>(topic.weak) / static_cast<double>(topic.posts);
}

}  // namespace

BrandTrial::BrandTrial(query::Query query, Brand brand, const AskingWords& words)
    : matcher_(std::move(query)), brand_(std::move(brand)), words_(words) {
  collect_words(matcher_.query().root, query_words_);
  collect_near_words(matcher_.query().root, near_words_);
  for (query::Node& node : alternatives_of(matcher_.query().root)) {
    std::string shown = query::show(node);
    alternatives_.push_back({query::Matcher({shown, std::move(node)}), {shown, 0, 0}});
  }
}

bool BrandTrial::names_brand(const Post& post) const {
  if (!post.heading.empty()) return true;
  if (contains(post.title, brand_.name) || contains(post.text, brand_.name)) return true;
  return std::any_of(
      brand_.own_domains.begin(), brand_.own_domains.end(), [&](const std::string& domain) {
        return contains(post.text, domain) || (post.facts.url && contains(*post.facts.url, domain));
      });
}

void BrandTrial::catch_post(const Post& post, const query::Document& document) {
  std::vector<Alternative*> matching;
  for (Alternative& one : alternatives_)
    if (one.matcher.matches(document, post.facts)) matching.push_back(&one);
  for (Alternative* one : matching) ++one->counts.caught;
  if (matching.size() == 1) ++matching.front()->counts.alone;
  const bool weak = matching.size() < 2 && !names_brand(post);
  ++result_.caught;
  result_.weak += weak;
  const bool shown = result_.examples.size() < most_trial_posts ||
                     (weak && result_.weak_examples.size() < most_trial_posts);
  if (!shown && kept_.size() >= most_trial_texts) return;
  TrialPost caught{post.where, std::string(post.text),
                   text_hits(matcher_.hits(document, post.facts))};
  if (result_.examples.size() < most_trial_posts) result_.examples.push_back(caught);
  if (weak && result_.weak_examples.size() < most_trial_posts)
    result_.weak_examples.push_back(caught);
  if (kept_.size() >= most_trial_texts) return;
  AskingSigns signs = words_.read(post.text, post.facts.language.value_or(""), query_words_);
  kept_.push_back({std::move(caught), std::move(signs.stems), std::move(signs.forms), weak});
}

void BrandTrial::note_near(const Post& post, const query::Document& document) {
  std::vector<TextSpan> hits;
  // Words that only begin so are near as well: what lacks is a "*".
  for (const std::string& word : near_words_)
    for (const std::uint32_t place : document.find(word, true))
      if (document.places()[place].field == Field::text)
        hits.push_back(document.places()[place].span);
  if (hits.empty()) return;
  std::sort(hits.begin(), hits.end(), [](TextSpan a, TextSpan b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  ++result_.near_count;
  if (result_.near.size() < most_trial_posts)
    result_.near.push_back({post.where, std::string(post.text), std::move(hits)});
}

void BrandTrial::look(const Post& post) {
  ++result_.looked_at;
  // As the crawl does: what is reviewed counts as said.
  std::string heading(post.heading);
  if (!heading.empty()) heading += '\n';
  const std::size_t title_begin = heading.size();
  heading += post.title;
  const query::Document document(heading, title_begin, post.text);
  if (matcher_.matches(document, post.facts))
    catch_post(post, document);
  else
    note_near(post, document);
}

std::vector<TrialTopic> BrandTrial::topics() const {
  insight::TermTable table;
  std::map<std::string, std::int64_t> everywhere;
  for (const Kept& one : kept_) {
    table.add(one.stems);
    for (const std::string& stem : one.stems) ++everywhere[stem];
  }
  std::vector<insight::TermVector> vectors;
  for (const Kept& one : kept_) vectors.push_back(table.vector_of(one.stems));
  std::vector<TrialTopic> topics;
  for (const auto& group : insight::grouped_by_likeness(vectors, one_topic)) {
    if (group.size() < 2) continue;
    TrialTopic topic;
    std::map<std::string, StemCounts> here;
    for (const std::size_t i : group) {
      ++topic.posts;
      topic.weak += kept_[i].weak;
      for (std::size_t s = 0; s < kept_[i].stems.size(); ++s) {
        StemCounts& counts = here[kept_[i].stems[s]];
        ++counts.posts;
        ++counts.forms[kept_[i].forms[s]];
      }
    }
    topic.words = telling_words(here, everywhere);
    topic.example = kept_[group.front()].post;
    topics.push_back(std::move(topic));
  }
  std::stable_sort(topics.begin(), topics.end(), [](const TrialTopic& a, const TrialTopic& b) {
    if (weak_share(a) != weak_share(b)) return weak_share(a) > weak_share(b);
    return a.posts > b.posts;
  });
  topics.resize(std::min(topics.size(), most_trial_topics));
  return topics;
}

TrialResult BrandTrial::result() {
  TrialResult result = result_;
  result.noise = insight::share(result.weak, result.caught);
  for (const Alternative& one : alternatives_) result.terms.push_back(one.counts);
  std::stable_sort(result.terms.begin(), result.terms.end(),
                   [](const TrialTerm& a, const TrialTerm& b) { return a.caught > b.caught; });
  result.topics = topics();
  return result;
}

}  // namespace testigo::app
