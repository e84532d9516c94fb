#include "insight/bursts.h"

#include <algorithm>
#include <catch2/catch.hpp>

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
