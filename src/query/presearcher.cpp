#include "query/presearcher.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace testigo::query {
namespace {

using Key = std::pair<std::string_view, bool>;  // a folded word, and whether words may go on
using Uses = std::map<Key, double>;

// Words of which every match holds at least one, and how many posts and queries they may bring
// together, by guess.
struct Need {
  std::vector<Key> keys;
  double cost = 0.0;
};

void count_uses(const Node& node, Uses& uses) {
  for (const Word& word : node.words) ++uses[{word.folded, word.prefix}];
  for (const Node& child : node.children) count_uses(child, uses);
}

// Long words are rare in texts, and words of few queries bring few.
double cost_of(const Key& key, const Uses& uses) {
  constexpr double prefix_penalty = 4.0;
  const double length = static_cast<double>(std::min<std::size_t>(key.first.size(), 12));
  return uses.at(key) * (key.second ? prefix_penalty : 1.0) / length;
}

std::optional<Need> need_of(const Node& node, const Uses& uses);

Need need_of_phrase(const Node& phrase, const Uses& uses) {
  Need best;
  for (const Word& word : phrase.words) {
    const Key key{word.folded, word.prefix};
    const double cost = cost_of(key, uses);
    if (best.keys.empty() || cost < best.cost) best = {{key}, cost};
  }
  return best;
}

std::optional<Need> cheapest_of(const std::vector<Node>& children, const Uses& uses) {
  std::optional<Need> best;
  for (const Node& child : children) {
    std::optional<Need> need = need_of(child, uses);
    if (need && (!best || need->cost < best->cost)) best = std::move(need);
  }
  return best;
}

std::optional<Need> sum_of(const std::vector<Node>& children, const Uses& uses) {
  Need sum;
  for (const Node& child : children) {
    const std::optional<Need> need = need_of(child, uses);
    if (!need) return std::nullopt;
    sum.keys.insert(sum.keys.end(), need->keys.begin(), need->keys.end());
    sum.cost += need->cost;
  }
  return sum;
}

std::optional<Need> need_of(const Node& node, const Uses& uses) {
  switch (node.kind) {
    case Node::Kind::phrase:
      return need_of_phrase(node, uses);
    case Node::Kind::near:
    case Node::Kind::all_of:
      return cheapest_of(node.children, uses);
    case Node::Kind::any_of:
      return sum_of(node.children, uses);
    case Node::Kind::none_of:
    case Node::Kind::filter:
      break;
  }
  return std::nullopt;
}

}  // namespace

Presearcher::Presearcher(std::span<const Node* const> roots) {
  Uses uses;
  for (const Node* root : roots) count_uses(*root, uses);
  for (std::uint32_t query = 0; query < roots.size(); ++query) {
    const std::optional<Need> need = need_of(*roots[query], uses);
    if (!need) always_.push_back(query);
    if (need)
      for (const auto& [word, prefix] : need->keys) file(std::string(word), prefix, query);
  }
}

void Presearcher::file(const std::string& word, bool prefix, std::uint32_t query) {
  std::vector<std::uint32_t>& under = (prefix ? prefixes_ : words_)[word];
  if (under.empty() || under.back() != query) under.push_back(query);
  if (!prefix) return;
  const auto at = std::lower_bound(prefix_bytes_.begin(), prefix_bytes_.end(), word.size());
  if (at == prefix_bytes_.end() || *at != word.size()) prefix_bytes_.insert(at, word.size());
}

std::vector<std::uint32_t> Presearcher::candidates(const Document& document) const {
  std::vector<std::uint32_t> found = always_;
  const auto add = [&found](const Filed& filed, std::string_view word) {
    const auto under = filed.find(word);
    if (under != filed.end()) found.insert(found.end(), under->second.begin(), under->second.end());
  };
  for (const Document::Place& place : document.places()) {
    add(words_, place.folded);
    for (const std::size_t bytes : prefix_bytes_) {
      if (bytes > place.folded.size()) break;
      add(prefixes_, place.folded.substr(0, bytes));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace testigo::query
