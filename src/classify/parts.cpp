#include "classify/parts.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace testigo::classify {
namespace {

using Ways = std::vector<Sequence>;

bool may_be_absent(const Ways& ways) {
  return std::any_of(ways.begin(), ways.end(), [](const Sequence& way) { return way.empty(); });
}

bool is_fixed(const Ways& ways) { return ways.size() == 1 && !ways.front().empty(); }

// Whether a border stands elsewhere than first and last, or in a part that can be said in several
// ways.
bool has_loose_border(const Parts& parts) {
  for (const Ways& ways : parts) {
    for (const Sequence& way : ways) {
      for (std::size_t i = 0; i < way.size(); ++i) {
        if (!is_border(way[i])) continue;
        const bool first = &ways == &parts.front() && i == 0;
        const bool last = &ways == &parts.back() && i + 1 == way.size();
        const bool starts = way[i].kind == Element::Kind::sentence_start;
        if (!is_fixed(ways) || !(starts ? first : last)) return true;
      }
    }
  }
  return false;
}

bool ends_open(const Ways& ways) {
  return std::any_of(ways.begin(), ways.end(), [](const Sequence& way) {
    return !way.empty() && way.back().kind == Element::Kind::gap && way.back().min == 0;
  });
}

// Whether any way of all may end in a gap that may be empty.
bool may_end_open(const Parts& parts) {
  for (auto ways = parts.rbegin(); ways != parts.rend(); ++ways) {
    if (ends_open(*ways)) return true;
    if (!may_be_absent(*ways)) return false;
  }
  return false;
}

// The nodes from which a brand leads on; nothing where it would lead from one to two.
std::optional<std::vector<bool>> brands_in(const PartTrie& trie) {
  constexpr std::uint32_t nowhere = UINT32_MAX;
  std::vector<std::uint32_t> targets(trie.nodes, nowhere);
  for (const PartTrie::Step& step : trie.steps) {
    if (step.element.kind != Element::Kind::brand) continue;
    if (targets[step.from] != nowhere && targets[step.from] != step.to) return std::nullopt;
    targets[step.from] = step.to;
  }
  std::vector<bool> lead_on(trie.nodes);
  for (std::size_t i = 0; i < targets.size(); ++i) lead_on[i] = targets[i] != nowhere;
  return lead_on;
}

// Where a pattern may have got to between two parts: whether a brand leads on from there already,
// as it may from any node that other patterns share.
bool brands_part_ways(const Parts& parts) {
  std::vector<bool> reached = {true};
  for (std::size_t i = begins_fixed(parts) ? 1 : 0; i < parts.size(); ++i) {
    const PartTrie trie = trie_of(parts[i]);
    const auto lead_on = brands_in(trie);
    if (!lead_on) return true;
    if ((*lead_on)[PartTrie::begin]) {
      if (std::find(reached.begin(), reached.end(), true) != reached.end()) return true;
      reached.assign(reached.size(), true);
    }
    if (!trie.may_be_absent) reached.clear();
    reached.push_back(false);
  }
  return false;
}

}  // namespace

PartTrie trie_of(const std::vector<Sequence>& ways) {
  PartTrie trie;
  const Sequence* before = nullptr;
  std::vector<std::uint32_t> path;  // behind each step of the way before but its last
  for (const Sequence& way : ways) {
    const std::size_t size = way.size() - (!way.empty() && is_border(way.back()) ? 1 : 0);
    if (size == 0) {
      trie.may_be_absent = true;
      continue;
    }
    std::size_t shared = 0;
    if (before != nullptr) {
      const std::size_t most = std::min(before->size(), size) - 1;
      while (shared < most && (*before)[shared] == way[shared]) ++shared;
    }
    path.resize(shared);
    for (std::size_t i = shared; i < size; ++i) {
      const std::uint32_t from = i == 0 ? PartTrie::begin : path[i - 1];
      const bool last = i + 1 == size;
      trie.steps.push_back({from, way[i], last ? PartTrie::end : trie.nodes});
      if (!last) path.push_back(trie.nodes++);
    }
    before = &way;
  }
  return trie;
}

std::size_t ways_of(const Parts& parts) {
  std::size_t ways = 1;
  for (const Ways& part : parts) ways *= part.size();
  return ways;
}

std::vector<Sequence> product(std::vector<Sequence> heads, std::vector<Sequence> tails) {
  if (heads.size() == 1 && heads.front().empty()) return tails;
  if (tails.size() == 1) {
    for (Sequence& way : heads) way.insert(way.end(), tails.front().begin(), tails.front().end());
    return heads;
  }
  std::vector<Sequence> ways;
  ways.reserve(heads.size() * tails.size());
  for (const Sequence& head : heads) {
    for (const Sequence& tail : tails) {
      Sequence& both = ways.emplace_back();
      both.reserve(head.size() + tail.size());
      both.insert(both.end(), head.begin(), head.end());
      both.insert(both.end(), tail.begin(), tail.end());
    }
  }
  return ways;
}

std::vector<Sequence> written_out(Parts parts) {
  if (parts.empty()) return {Sequence{}};
  std::vector<Sequence> ways = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i)
    ways = product(std::move(ways), std::move(parts[i]));
  return ways;
}

bool begins_fixed(const Parts& parts) { return !parts.empty() && is_fixed(parts.front()); }

bool may_stand_apart(const Parts& parts) {
  return !has_loose_border(parts) && !may_end_open(parts) && !brands_part_ways(parts);
}

}  // namespace testigo::classify
