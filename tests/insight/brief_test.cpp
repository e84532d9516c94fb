#include "insight/brief.h"

#include <catch2/catch.hpp>

#include "insight/topics.h"

using namespace testigo;
using namespace testigo::insight;

namespace {

const Day today = *parse_day("2026-11-26");

BriefPost post(std::int64_t id, Tag tag, std::vector<std::string> terms) {
  BriefPost made;
  made.post = PostId(id);
  made.quote.mention = MentionId(id);
  made.quote.day = today;
  made.quote.language = "en";
  made.tag = tag;
  made.author = "author " + std::to_string(id);
  made.words = 20;
  made.confidence = 1.0;
  made.score = tag == Tag::advocacy ? 0.5 : tag == Tag::complaint ? -0.5 : 0.0;
  for (const std::string& term : terms)
    if (term.starts_with(theme_prefix))
      made.themes.push_back({term.substr(theme_prefix.size()),
                             tag == Tag::complaint ? Polarity::negative : Polarity::positive});
  made.terms = std::move(terms);
  return made;
}

Brief brief_of(const std::vector<BriefPost>& posts) {
  BriefOptions options;
  options.brand = BrandId("acme");
  options.window = {*parse_day("2026-11-01"), today};
  options.today = today;
  return make_brief(posts, options);
}

std::vector<std::int64_t> ids(const std::vector<Quote>& quotes) {
  std::vector<std::int64_t> found;
  for (const Quote& quote : quotes) found.push_back(quote.mention.value);
  return found;
}

}  // namespace

TEST_CASE("texts are alike by rare terms and themes, not by what all have", "[insight]") {
  TermTable table;
  const std::vector<std::vector<std::string>> texts = {{"acme", "noise", "night"},
                                                       {"acme", "noise", "loud"},
                                                       {"acme", "price"},
                                                       {"acme", "lone"},
                                                       {"price"}};
  for (const auto& terms : texts) table.add(terms);
  std::vector<TermVector> vectors;
  for (const auto& terms : texts) vectors.push_back(table.vector_of(terms));
  CHECK(likeness(vectors[0], vectors[0]) == Approx(1.0));
  CHECK(likeness(vectors[0], vectors[1]) > likeness(vectors[0], vectors[2]));
  CHECK(likeness(vectors[0], vectors[4]) == 0.0);
  CHECK(likeness({}, vectors[0]) == 0.0);
  const auto groups = grouped_by_likeness(vectors, 0.8);
  CHECK(groups == std::vector<std::vector<std::size_t>>{{0, 1}, {2, 4}, {3}});
  CHECK(grouped_by_likeness({}, 0.5).empty());
}

TEST_CASE("questions are ranked by demand, lack of advocacy and complaints", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::question, {"nois", "theme:sound"}),
                                  post(2, Tag::question, {"nois", "theme:sound"}),
                                  post(3, Tag::question, {"cost", "theme:price"}),
                                  post(4, Tag::advocacy, {"cost", "theme:price"}),
                                  post(5, Tag::complaint, {"nois", "theme:sound"}),
                                  post(6, Tag::complaint, {"slow", "theme:delivery"})};
  const Brief brief = brief_of(posts);
  CHECK(brief.questions == 3);
  REQUIRE(brief.topics.size() == 2);
  const Topic& sound = brief.topics[0];
  CHECK(sound.themes == std::vector<std::string>{"sound"});
  CHECK(sound.demand == 2.0);
  CHECK(sound.lack == 1.0);
  CHECK(sound.weight == Approx(1.5));
  CHECK(sound.priority == Approx(3.0));
  REQUIRE(sound.fix);
  CHECK(sound.fix->theme == "sound");
  CHECK(sound.fix->quote.mention == MentionId(5));
  CHECK(ids(sound.against) == std::vector<std::int64_t>{5});
  const Topic& price = brief.topics[1];
  CHECK(price.lack == Approx(0.5));
  CHECK(ids(price.in_favour) == std::vector<std::int64_t>{4});
  CHECK_FALSE(price.fix);
}

TEST_CASE("one asker who asks twice is one, nameless ones are each one", "[insight]") {
  std::vector<BriefPost> posts;
  for (int i = 1; i <= 4; ++i) posts.push_back(post(i, Tag::question, {"fits", "theme:design"}));
  posts[1].author = posts[0].author;
  posts[2].author.reset();
  posts[3].author.reset();
  const Brief brief = brief_of(posts);
  REQUIRE(brief.topics.size() == 1);
  CHECK(brief.topics[0].posts == 4);
  CHECK(brief.topics[0].askers == 3);
}

TEST_CASE("what is answered, or asked by those who bought, is not open", "[insight]") {
  BriefPost asked = post(1, Tag::question, {});
  CHECK(is_open_question(asked));
  asked.stage = Stage::smot;
  CHECK_FALSE(is_open_question(asked));
  asked.intent = Intent::buy;
  CHECK(is_open_question(asked));
  asked.answered = true;
  CHECK_FALSE(is_open_question(asked));
  CHECK_FALSE(is_open_question(post(2, Tag::complaint, {})));
}

TEST_CASE("the format follows what most of the questions want", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::question, {"app", "pair"}),
                                  post(2, Tag::question, {"app", "pair"})};
  CHECK(brief_of(posts).topics[0].format == ContentFormat::faq);
  posts[0].asks_for_experience = true;
  CHECK(brief_of(posts).topics[0].format == ContentFormat::testimonial);
  posts[1].asks_how = true;
  CHECK(brief_of(posts).topics[0].format == ContentFormat::how_to);
  posts[0].compares = true;
  CHECK(brief_of(posts).topics[0].format == ContentFormat::comparison);
}

TEST_CASE("an answer in the thread is on the topic whatever it says", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::question, {"fits"}),
                                  post(2, Tag::advocacy, {"yes"})};
  CHECK(brief_of(posts).topics[0].advocacy == 0);
  posts[1].parent = PostId(1);
  CHECK(brief_of(posts).topics[0].advocacy == 1);
}

TEST_CASE("a quote is worth by score, certainty, length and reach", "[insight]") {
  BriefPost quote = post(1, Tag::advocacy, {});
  CHECK(quotability(quote) == Approx(0.5));
  quote.words = 4;
  CHECK(quotability(quote) == Approx(0.25));
  quote.words = 120;
  CHECK(quotability(quote) == Approx(0.25));
  quote.words = 60;
  quote.reach = 9;
  CHECK(quotability(quote) == Approx(1.0));
  quote.score = -1.0;
  CHECK(quotability(quote) == 0.0);
}

TEST_CASE("whom to answer: the angriest and newest without a reply", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::complaint, {}), post(2, Tag::complaint, {}),
                                  post(3, Tag::complaint, {})};
  posts[0].quote.day.days -= std::chrono::days(30);
  posts[2].answered = true;
  const Brief brief = brief_of(posts);
  CHECK(brief.unanswered == 2);
  REQUIRE(brief.answer.size() == 2);
  CHECK(brief.answer[0].quote.mention == MentionId(2));
  CHECK(brief.answer[1].urgency == Approx(brief.answer[0].urgency / 2.0));
}

TEST_CASE("one author is amplified once", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::advocacy, {}), post(2, Tag::advocacy, {})};
  posts[1].author = posts[0].author;
  CHECK(brief_of(posts).amplify.size() == 1);
}

TEST_CASE("the order in which posts come changes nothing", "[insight]") {
  std::vector<BriefPost> posts;
  for (int i = 1; i <= 30; ++i)
    posts.push_back(post(i,
                         i % 3 == 0   ? Tag::question
                         : i % 3 == 1 ? Tag::advocacy
                                      : Tag::complaint,
                         {"w" + std::to_string(i % 5), "theme:t" + std::to_string(i % 4)}));
  const Brief brief = brief_of(posts);
  std::reverse(posts.begin(), posts.end());
  const Brief again = brief_of(posts);
  REQUIRE(brief.topics.size() == again.topics.size());
  for (std::size_t i = 0; i < brief.topics.size(); ++i) {
    CHECK(ids(brief.topics[i].asked) == ids(again.topics[i].asked));
    CHECK(ids(brief.topics[i].in_favour) == ids(again.topics[i].in_favour));
    CHECK(brief.topics[i].priority == Approx(again.topics[i].priority));
  }
  CHECK(brief_of({}).topics.empty());
}

TEST_CASE("a burst of look-alikes is one voice, shown once with its size", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::question, {"cost", "theme:price"}),
                                  post(2, Tag::advocacy, {"cost", "theme:price"})};
  for (std::int64_t i = 10; i < 22; ++i) {
    posts.push_back(
        post(i, Tag::advocacy, {"buy", "cost", "dream", "forev", "life", "theme:price"}));
    posts.back().score = 0.9;
    posts.back().burst = 0;
    posts.back().quote.look_alikes = 12;
  }
  const Brief brief = brief_of(posts);
  REQUIRE(brief.topics.size() == 1);
  CHECK(brief.topics[0].advocacy == 2);
  CHECK(ids(brief.topics[0].in_favour) == std::vector<std::int64_t>{2, 10});
  REQUIRE(brief.amplify.size() == 2);
  CHECK(brief.amplify[0].quote.mention.value == 2);
  CHECK(brief.amplify[1].quote.look_alikes == 12);
  CHECK(brief.amplify[1].quotability == Approx(0.9 / 12));
}

TEST_CASE("of texts that look alike one is to be amplified", "[insight]") {
  const auto brief =
      brief_of({post(1, Tag::advocacy, {"kettl", "boil", "fast", "quiet", "nice", "theme:sound"}),
                post(2, Tag::advocacy, {"quiet", "kettl", "boil", "fast", "nice", "love"}),
                post(3, Tag::advocacy, {"soup"}), post(4, Tag::advocacy, {"soup"})});
  CHECK(brief.amplify.size() == 3);
}

TEST_CASE("where a topic has no theme, who has half of its words answers it", "[insight]") {
  std::vector<BriefPost> posts = {
      post(1, Tag::question, {"dishw", "safe"}),
      post(2, Tag::advocacy, {"dishw", "safe", "year", "gift", "mum", "best", "glass", "shelf"}),
      post(3, Tag::complaint, {"dishw", "broke", "lid", "crack", "week", "refun", "hot", "water"}),
      post(4, Tag::advocacy, {"gift", "mum", "best", "year"})};
  for (std::int64_t i = 5; i < 30; ++i)
    posts.push_back(post(i, Tag::advocacy, {"best", "glass", "shelf", "lid", "hot", "water"}));
  const Brief brief = brief_of(posts);
  REQUIRE(brief.topics.size() == 1);
  CHECK(brief.topics[0].themes.empty());
  CHECK(ids(brief.topics[0].in_favour) == std::vector<std::int64_t>{2});
  CHECK(brief.topics[0].advocacy == 1);
  CHECK(brief.topics[0].lack < 1.0);
}

TEST_CASE("of texts with a run of words in common one is to be amplified", "[insight]") {
  std::vector<BriefPost> posts = {post(1, Tag::advocacy, {"excel", "love"}),
                                  post(2, Tag::advocacy, {"excel", "love", "monda", "stati"}),
                                  post(3, Tag::advocacy, {"excel"})};
  posts[0].runs = {7, 8};
  posts[1].runs = {8, 9};
  posts[2].runs = {9};
  posts[0].score = 0.9;
  const Brief brief = brief_of(posts);
  REQUIRE(brief.amplify.size() == 2);
  CHECK(brief.amplify[0].quote.mention.value == 1);
  CHECK(brief.amplify[1].quote.mention.value == 3);
}
