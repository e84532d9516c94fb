#include "insight/bursts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace testigo;
using namespace testigo::insight;

namespace {

AdvocacyPost post(std::string author, int hour, std::vector<std::string> terms) {
  AdvocacyPost made;
  made.author = std::move(author);
  made.at = UtcTime(std::chrono::hours(hour));
  std::sort(terms.begin(), terms.end());
  made.terms = std::move(terms);
  made.quote.source = SourceId("shop");
  return made;
}

const std::vector<std::string> praise = {"best", "lamp", "famil", "love", "bought", "happy"};

std::vector<AdvocacyPost> same_praise(int count, int every_hours) {
  std::vector<AdvocacyPost> posts;
  for (int i = 0; i < count; ++i) {
    auto terms = praise;
    terms[5] = "word" + std::to_string(i);  // each a little different
    posts.push_back(post("new" + std::to_string(i), i * every_hours, terms));
  }
  return posts;
}

}  // namespace

TEST_CASE("look-alike praise by newcomers within days is a burst", "[insight]") {
  auto posts = same_praise(6, 10);
  posts[2].counted = false;
  posts[3].quote.source = SourceId("forum");
  const auto found = bursts_of(posts, 90);
  REQUIRE(found.size() == 1);
  CHECK(found[0].posts.size() == 6);
  CHECK(found[0].authors == 6);
  CHECK(found[0].sources == 2);
  CHECK(found[0].counted == 5);
  CHECK(found[0].expected == Approx(7.0 / 90.0));
  CHECK(found[0].p < 1e-6);
}

TEST_CASE("praise spread over months, by one author, or of few words is none", "[insight]") {
  CHECK(bursts_of(same_praise(6, 24 * 10), 90).empty());
  auto one = same_praise(6, 10);
  for (AdvocacyPost& each : one) each.author = "loud";
  CHECK(bursts_of(one, 90).empty());
  std::vector<AdvocacyPost> terse;
  for (int i = 0; i < 9; ++i) terse.push_back(post("t" + std::to_string(i), i, {"great", "lamp"}));
  CHECK(bursts_of(terse, 90).empty());
  CHECK(bursts_of(same_praise(2, 1), 90).empty());
  CHECK(bursts_of({}, 0).empty());
}

TEST_CASE("where newcomers always sound alike, some more are no burst", "[insight]") {
  std::vector<AdvocacyPost> posts;
  for (int week = 0; week < 12; ++week)
    for (int i = 0; i < 3; ++i) {
      const std::string name = std::to_string(week) + "." + std::to_string(i);
      std::vector<std::string> terms = {"a" + std::to_string(week), "b" + std::to_string(week),
                                        "c" + std::to_string(week), "d" + std::to_string(week),
                                        "e" + std::to_string(week)};
      posts.push_back(post(name, week * 24 * 7 + i, terms));
    }
  CHECK(bursts_of(posts, 84).empty());
}

TEST_CASE("look-alikes are those that comparing each with each would find", "[insight]") {
  // Each of some pitches, with words of it left out and others put in; all within one span.
  std::mt19937 draw{2026};
  const auto below = [&](std::size_t bound) { return draw() % bound; };
  std::vector<AdvocacyPost> posts;
  for (int i = 0; i < 400; ++i) {
    const std::size_t pitch = below(25);
    std::set<std::string> terms;
    for (std::size_t word = 0; word < 8; ++word)
      if (below(5) != 0) terms.insert("pitch" + std::to_string(pitch * 5 + word));
    for (std::size_t word = below(5); word > 0; --word)
      terms.insert("word" + std::to_string(below(60)));
    posts.push_back(post("new" + std::to_string(i), i / 4, {terms.begin(), terms.end()}));
  }
  std::vector<std::size_t> group(posts.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (std::size_t i = 0; i < posts.size(); ++i) {
    for (std::size_t j = i + 1; j < posts.size(); ++j) {
      if (posts[i].terms.size() < least_terms || posts[j].terms.size() < least_terms) continue;
      if (shared_part(posts[i].terms, posts[j].terms) < least_likeness) continue;
      std::replace(group.begin(), group.end(), std::size_t{group[j]}, std::size_t{group[i]});
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> expected;
  for (std::size_t i = 0; i < posts.size(); ++i) expected[group[i]].push_back(i);
  // Over many years such groups are too large for chance, where they are not small.
  constexpr std::size_t too_large = 8;
  std::set<std::vector<std::size_t>> found;
  for (const Burst& burst : bursts_of(posts, 36'500)) found.insert(burst.posts);
  std::size_t large = 0;
  for (const auto& [first, members] : expected) {
    large += members.size() >= too_large;
    if (members.size() >= too_large) CHECK(found.contains(members));
    found.erase(members);
  }
  CHECK(large >= 3);
  CHECK(found.empty());
}
