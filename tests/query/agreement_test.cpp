#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "query/match.h"
#include "query/presearcher.h"

// The matcher, with its sorted index and nearest neighbours, against the plainest reading of the
// language: try every position.

using namespace testigo;
using namespace testigo::query;

namespace {

using Words = std::vector<std::string>;

bool stands_plainly(const std::vector<Word>& phrase, const Words& words, std::size_t at) {
  if (at + phrase.size() > words.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool same = phrase[i].prefix ? words[at + i].rfind(phrase[i].folded, 0) == 0
                                       : words[at + i] == phrase[i].folded;
    if (!same) return false;
  }
  return true;
}

std::vector<std::pair<std::size_t, std::size_t>> plain_places(const Node& node,
                                                              const Words& words) {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  if (node.kind == Node::Kind::phrase) {
    for (std::size_t at = 0; at < words.size(); ++at)
      if (stands_plainly(node.words, words, at)) places.emplace_back(at, at + node.words.size());
  }
  for (const auto& child : node.children)
    for (const auto& place : plain_places(child, words)) places.push_back(place);
  return places;
}

bool near_plainly(const Node& node, const Words& words) {
  const auto distance = static_cast<std::size_t>(node.distance);
  for (const auto& a : plain_places(node.children[0], words)) {
    for (const auto& b : plain_places(node.children[1], words)) {
      if (b.first >= a.second && b.first - a.second <= distance) return true;
      if (!node.ordered && a.first >= b.second && a.first - b.second <= distance) return true;
    }
  }
  return false;
}

bool holds_plainly(const Node& node, const Words& words) {
  const auto child = [&](const Node& n) { return holds_plainly(n, words); };
  switch (node.kind) {
    case Node::Kind::phrase:
      return !plain_places(node, words).empty();
    case Node::Kind::near:
      return near_plainly(node, words);
    case Node::Kind::all_of:
      return std::all_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::any_of:
      return std::any_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::none_of:
      return !child(node.children.front());
    case Node::Kind::filter:
      return false;
  }
  return false;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string word() { return words_[pick(words_.size())]; }

  Words text() {
    Words made(pick(9));
    for (auto& w : made) w = word();
    return made;
  }

  std::string term() {
    switch (pick(4)) {
      case 0:
        return "\"" + word() + " " + word() + "\"";
      case 1:
        return std::string(1, word()[0]) + "*";
      default:
        return word();
    }
  }

  std::string near_operand() {
    return pick(3) == 0 ? "(" + term() + " OR " + term() + ")" : term();
  }

  std::string query(int depth) {
    const std::size_t kind = depth == 0 ? pick(2) : pick(6);
    switch (kind) {
      case 0:
        return term();
      case 1:
        return near_operand() + (pick(2) == 0 ? " NEAR/" : " ONEAR/") + std::to_string(pick(4)) +
               " " + near_operand();
      case 2:
        return "(" + query(depth - 1) + " OR " + query(depth - 1) + ")";
      case 3:
        return "(" + query(depth - 1) + " AND " + query(depth - 1) + ")";
      case 4:
        return "(" + query(depth - 1) + " " + query(depth - 1) + ")";
      default:
        return "NOT (" + query(depth - 1) + ")";
    }
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  std::mt19937 random_;
  const std::vector<std::string> words_ = {"acme", "apple", "bad", "battery", "cloud"};
};

}  // namespace

TEST_CASE("the matcher agrees with the plain reading", "[query]") {
  Generator generate(20260101);
  for (int round = 0; round < 3'000; ++round) {
    const std::string written = generate.query(3);
    const auto query = parse_query(written);
    REQUIRE(query.has_value());
    const Matcher matcher(*query);
    for (int i = 0; i < 5; ++i) {
      const Words words = generate.text();
      std::string text;
      for (const auto& word : words) text += word + " ";
      INFO(written << " | " << text);
      const Document document("", text);
      REQUIRE(matcher.matches(document, {}) == holds_plainly(query->root, words));
      for (const Hit& hit : matcher.hits(document, {})) REQUIRE(hit.span.end <= text.size());
    }
  }
}

TEST_CASE("the presearcher leaves out no query that a document matches", "[query]") {
  Generator generate(20260102);
  for (int round = 0; round < 200; ++round) {
    std::vector<Query> queries;
    for (int i = 0; i < 40; ++i) queries.push_back(*parse_query(generate.query(3)));
    std::vector<const Node*> roots;
    for (const Query& query : queries) roots.push_back(&query.root);
    const Presearcher presearcher(roots);
    for (int i = 0; i < 20; ++i) {
      std::string text;
      for (const auto& word : generate.text()) text += word + " ";
      const Document document("", text);
      const auto candidates = presearcher.candidates(document);
      REQUIRE(std::is_sorted(candidates.begin(), candidates.end()));
      for (std::uint32_t at = 0; at < queries.size(); ++at) {
        INFO(queries[at].text << " | " << text);
        if (Matcher(queries[at]).matches(document, {}))
          REQUIRE(std::binary_search(candidates.begin(), candidates.end(), at));
      }
    }
  }
}
