#include "insight/on_topic.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace testigo;
using namespace testigo::insight;

namespace {

using Members = OnTopic::Members;

// Posts of few words and themes, so that many have some in common.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t pick(std::size_t count) { return random_() % count; }

  BriefPost post(std::int64_t id) {
    BriefPost made;
    made.post = PostId(id);
    made.tag = std::vector{Tag::question, Tag::advocacy, Tag::complaint}[pick(3)];
    for (const char* word : {"batte", "charg", "noise", "price", "quiet", "water"})
      if (pick(3) == 0) made.terms.emplace_back(word);
    for (const char* theme : {"delivery", "quality"}) {
      if (pick(5) != 0) continue;
      made.themes.push_back({theme, Polarity::negative});
      made.terms.push_back(std::string(theme_prefix) + theme);
    }
    if (made.tag != Tag::question && pick(6) == 0)
      made.parent = PostId(static_cast<std::int64_t>(pick(40)));
    return made;
  }

 private:
  std::mt19937 random_;
};

struct Collection {
  explicit Collection(std::vector<BriefPost> all) : posts(std::move(all)) {
    for (const BriefPost& post : posts) terms.add(post.terms);
    for (const BriefPost& post : posts) vectors.push_back(terms.vector_of(post.terms));
  }
  std::vector<BriefPost> posts;
  TermTable terms;
  std::vector<TermVector> vectors;
};

// Whether a post is on the topic, as brief.h says it.
bool is_on_plainly(const Collection& all, const Members& group,
                   const std::vector<std::string>& themes, std::size_t at) {
  const BriefPost& post = all.posts[at];
  for (const std::size_t question : group)
    if (post.parent == all.posts[question].post) return true;
  for (const Facet& facet : post.themes)
    if (std::find(themes.begin(), themes.end(), facet.name) != themes.end()) return true;
  if (likeness(middle_of(all.vectors, group), all.vectors[at]) >= on_topic) return true;
  if (!themes.empty()) return false;
  double whole = 0.0, said = 0.0;
  for (const char* word :
       {"batte", "charg", "noise", "price", "quiet", "water", "theme:delivery", "theme:quality"}) {
    const auto has = [&](std::size_t i) {
      const auto& terms = all.posts[i].terms;
      return std::find(terms.begin(), terms.end(), word) != terms.end();
    };
    if (2 * std::count_if(group.begin(), group.end(), has) < std::ssize(group)) continue;
    whole += all.terms.weight_of(word);
    if (has(at)) said += all.terms.weight_of(word);
  }
  return said > 0.0 && said >= half_said * whole;
}

}  // namespace

TEST_CASE("what is on a topic is found as by going through all posts", "[insight]") {
  Generator generate(20260103);
  for (int round = 0; round < 200; ++round) {
    std::vector<BriefPost> posts;
    for (std::int64_t id = 0; id < 40; ++id) posts.push_back(generate.post(id));
    const Collection all(std::move(posts));
    Members group;
    for (std::size_t i = 0; i < all.posts.size() && group.size() < 3; ++i)
      if (all.posts[i].tag == Tag::question) group.push_back(i);
    if (group.empty()) continue;
    const std::vector<std::string> themes =
        generate.pick(2) == 0 ? std::vector<std::string>{} : std::vector<std::string>{"quality"};
    const auto found = OnTopic(all.posts, all.terms, all.vectors).of(group, themes);
    for (std::size_t i = 0; i < all.posts.size(); ++i) {
      const bool on = is_on_plainly(all, group, themes, i);
      const Tag tag = *all.posts[i].tag;
      INFO("round " << round << ", post " << i);
      CHECK(std::binary_search(found.advocacy.begin(), found.advocacy.end(), i) ==
            (on && tag == Tag::advocacy));
      CHECK(std::binary_search(found.complaints.begin(), found.complaints.end(), i) ==
            (on && tag == Tag::complaint));
    }
  }
}

TEST_CASE("of no posts none is on a topic", "[insight]") {
  const Collection none({});
  const auto found = OnTopic(none.posts, none.terms, none.vectors).of({}, {});
  CHECK(found.advocacy.empty());
  CHECK(found.complaints.empty());
}
