#include "insight/bursts.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "insight/statistics.h"

namespace testigo::insight {
namespace {

// First posts of their authors that have enough words to be alike.
std::vector<std::size_t> newcomers(std::span<const AdvocacyPost> posts) {
  std::set<std::string> seen;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < posts.size(); ++i)
    if (seen.insert(posts[i].author).second && posts[i].terms.size() >= least_terms)
      found.push_back(i);
  return found;
}

// Groups that grow together.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void unite(std::size_t a, std::size_t b) { parent_[find(b)] = find(a); }

 private:
  std::vector<std::size_t> parent_;
};

// Terms of posts as numbers, those of the fewest posts first.
using Terms = std::vector<std::uint32_t>;

std::vector<Terms> numbered_terms(std::span<const AdvocacyPost> posts,
                                  const std::vector<std::size_t>& chosen) {
  std::unordered_map<std::string_view, std::uint32_t> posts_with;
  for (const std::size_t post : chosen)
    for (const std::string& term : posts[post].terms) ++posts_with[term];
  std::vector<std::pair<std::uint32_t, std::string_view>> by_rarity;
  for (const auto& [term, count] : posts_with) by_rarity.emplace_back(count, term);
  std::sort(by_rarity.begin(), by_rarity.end());
  for (std::size_t i = 0; i < by_rarity.size(); ++i)
    posts_with[by_rarity[i].second] = static_cast<std::uint32_t>(i);
  std::vector<Terms> numbered;
  for (const std::size_t post : chosen) {
    Terms& terms = numbered.emplace_back();
    for (const std::string& term : posts[post].terms) terms.push_back(posts_with[term]);
    std::sort(terms.begin(), terms.end());
  }
  return numbered;
}

// Shared terms over all terms of two sorted lists that are not both empty (Jaccard).
template <class Term>
double jaccard(const std::vector<Term>& a, const std::vector<Term>& b) {
  std::size_t shared = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    const auto order = *x <=> *y;
    if (order == 0) ++shared;
    if (order <= 0) ++x;
    if (order >= 0) ++y;
  }
  return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

// Brings posts by time together that look alike, without comparing each with each: two such share
// half of the terms of either, hence one of the rarest n − ⌈n/2⌉ + 1 of each one's n (prefix
// filtering: Bayardo, Ma & Srikant, "Scaling up all pairs similarity search", 2007).
class LookAlikeFinder {
 public:
  LookAlikeFinder(std::span<const AdvocacyPost> posts, const std::vector<std::size_t>& chosen)
      : posts_(posts),
        chosen_(chosen),
        terms_(numbered_terms(posts, chosen)),
        groups_(chosen.size()),
        compared_(chosen.size()) {}

  Groups& grouped() {
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const Terms& terms = terms_[i];
      const auto must_share =
          static_cast<std::size_t>(std::ceil(least_likeness * static_cast<double>(terms.size())));
      for (std::size_t at = 0; at + must_share <= terms.size(); ++at) {
        std::vector<std::size_t>& earlier = with_[terms[at]];
        for (auto one = earlier.rbegin(); one != earlier.rend() && is_near(*one, i); ++one)
          compare(*one, i);
        earlier.push_back(i);
      }
    }
    return groups_;
  }

 private:
  [[nodiscard]] bool is_near(std::size_t earlier, std::size_t later) const {
    return posts_[chosen_[later]].at - posts_[chosen_[earlier]].at <= burst_span;
  }

  void compare(std::size_t earlier, std::size_t later) {
    if (std::exchange(compared_[earlier], later) == later) return;
    if (groups_.find(earlier) == groups_.find(later)) return;
    if (jaccard(terms_[earlier], terms_[later]) >= least_likeness) groups_.unite(earlier, later);
  }

  std::span<const AdvocacyPost> posts_;
  const std::vector<std::size_t>& chosen_;
  std::vector<Terms> terms_;
  Groups groups_;
  std::vector<std::size_t> compared_;  // with which one last; 0, the first, is no later one
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> with_;  // posts by a rare term
};

// Members of each group of two or more, by time.
std::vector<std::vector<std::size_t>> look_alikes(std::span<const AdvocacyPost> posts) {
  const std::vector<std::size_t> chosen = newcomers(posts);
  LookAlikeFinder finder(posts, chosen);
  Groups& groups = finder.grouped();
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < chosen.size(); ++i) members[groups.find(i)].push_back(chosen[i]);
  std::vector<std::vector<std::size_t>> found;
  for (auto& [first, group] : members)
    if (group.size() > 1) found.push_back(std::move(group));
  return found;
}

// The span of a group with the most posts; of equals the first.
std::vector<std::size_t> fullest(const std::vector<std::size_t>& group,
                                 std::span<const AdvocacyPost> posts) {
  std::size_t best = 0, most = 0;
  for (std::size_t begin = 0, end = 0; begin < group.size(); ++begin) {
    while (end < group.size() && posts[group[end]].at - posts[group[begin]].at <= burst_span) ++end;
    if (end - begin > most) {
      most = end - begin;
      best = begin;
    }
  }
  const auto from = group.begin() + static_cast<std::ptrdiff_t>(best);
  return {from, from + static_cast<std::ptrdiff_t>(most)};
}

// P(X ≥ n) of Poisson's distribution.
double poisson_tail(std::int64_t n, double mean) {
  double term = std::exp(-mean), below = 0.0;
  for (std::int64_t i = 0; i < n; ++i) {
    below += term;
    term *= mean / static_cast<double>(i + 1);
  }
  // Far out the sum is 1 but for rounding; the first term of the tail then says enough.
  return std::max(term, 1.0 - below);
}

Burst burst_of(std::vector<std::size_t> members, std::span<const AdvocacyPost> posts) {
  Burst burst;
  std::set<std::string> authors, sources;
  for (const std::size_t i : members) {
    authors.insert(posts[i].author);
    sources.insert(posts[i].quote.source.value);
    burst.counted += posts[i].counted;
    burst.positive += posts[i].counted && posts[i].positive;
  }
  burst.authors = static_cast<std::int64_t>(authors.size());
  burst.sources = static_cast<std::int64_t>(sources.size());
  burst.posts = std::move(members);
  return burst;
}

}  // namespace

double shared_part(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return jaccard(a, b);
}

std::vector<Burst> bursts_of(std::span<const AdvocacyPost> posts, std::int64_t days) {
  const auto groups = look_alikes(posts);
  std::size_t all = 0;
  for (const auto& group : groups) all += group.size();
  const double spans =
      std::max(1.0, static_cast<double>(days) / static_cast<double>(burst_span.count()));
  std::vector<Burst> found;
  for (const auto& group : groups) {
    auto members = fullest(group, posts);
    if (members.size() < least_burst) continue;
    Burst burst = burst_of(std::move(members), posts);
    burst.expected = static_cast<double>(all - group.size() + 1) / spans;
    const auto size = static_cast<std::int64_t>(burst.posts.size());
    burst.p = std::min(1.0, poisson_tail(size, burst.expected) * spans);
    if (burst.p <= level) found.push_back(std::move(burst));
  }
  std::stable_sort(found.begin(), found.end(), [&](const Burst& a, const Burst& b) {
    return a.p != b.p ? a.p < b.p : a.posts.front() < b.posts.front();
  });
  return found;
}

}  // namespace testigo::insight
