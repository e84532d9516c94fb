#include <random>
#include <set>

#include "query/match.h"
#include "store/sides.h"
#include "store/support/store_fixture.h"

// One language, two ways to ask it: of what is stored, by full text, SQL and what they leave over;
// of what comes in, by the matcher in memory. Whatever is asked of whatever text, both say the
// same.

using namespace testigo;
using namespace testigo::store;

namespace {

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  Sighting post(int number) {
    Sighting s = sighting(std::to_string(number), text(), static_cast<Tag>(below(5)));
    s.post.source = SourceId(pick({"forum", "Shop Reviews", "blog"}));
    s.post.page_url = pick({"https://forum.example/1", "https://www.shop.example/p"});
    s.post.url = pick({"https://a.forum.example/x", "http://shop.example/y?z=1"});
    if (below(3) == 0) s.post.url.reset();
    if (below(2) == 0) s.post.title = text();
    if (below(2) == 0) s.post.rating = Rating{static_cast<double>(1 + below(9)) / 2.0 + 0.5, 5, 1};
    s.post.author = pick({"Ana", "ana", "Jane Doe", "Ștefan"});
    if (below(4) == 0) s.post.author.reset();
    s.post.posted_at = noon(24 * static_cast<int>(below(6)));
    s.day = day_at(*s.post.posted_at);
    s.verdict.language = pick({"en", "es-MX", "ro"});
    s.verdict.polarity = static_cast<Polarity>(below(4));
    s.verdict.act = static_cast<Act>(below(11));
    if (below(2) == 0) s.verdict.stage = static_cast<Stage>(below(6));
    if (below(2) == 0) s.verdict.intent = static_cast<Intent>(below(4));
    s.verdict.themes.clear();
    if (below(2) == 0) s.verdict.themes.push_back({"price", Polarity::negative});
    if (below(3) == 0) s.verdict.themes.push_back({"customer care", Polarity::mixed});
    s.verdict.tag = static_cast<Tag>(below(5));
    s.brands = {{BrandId("acme"), s.verdict.tag, 0.5}};
    if (below(3) == 0) s.brands.push_back({BrandId("globex"), Tag::mixed, 0.1});
    return s;
  }

  std::string query(int depth) {
    const std::size_t kind = depth == 0 ? below(2) : below(7);
    const auto sub = [&] { return query(depth - 1); };
    switch (kind) {
      case 0:
        return term();
      case 1:
        return filter();
      case 2:
        return operand() + (below(2) == 0 ? " NEAR/" : " ONEAR/") + std::to_string(below(4)) + " " +
               operand();
      case 3:
        return "(" + sub() + " OR " + sub() + ")";
      case 4:
        return "(" + sub() + " AND " + sub() + ")";
      case 5:
        return "(" + sub() + " NOT " + sub() + ")";
      default:
        return "NOT (" + sub() + ")";
    }
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::string word() {
    return pick({"acme", "Acme", "ACME", "apple", "bad", "Țepapă", "tepapa", "acme-cloud", "cloud",
                 "3.5", "don't", "云", "#acme", "@acme", "naïve"});
  }
  std::string text() {
    std::string made;
    for (std::size_t i = below(10); i > 0; --i) made += word() + pick({" ", ", ", ". ", "\n"});
    return made;
  }
  std::string term() {
    switch (below(7)) {
      case 0:
        return "\"" + word() + " " + word() + "\"";
      case 1:
        return pick({"a", "ac", "acm", "Tep", "clou", "b"}) + "*";
      case 2:
        return "{" + pick({"Acme", "ACME", "acme", "Țepapă", "bad Acme"}) + "}";
      case 3:
        return "\"" + pick({"acme clo*", "bad a*", "acme acme*"}) + "\"";
      default:
        return word();
    }
  }
  std::string operand() {
    switch (below(6)) {
      case 0:
        return "(" + term() + " OR " + term() + ")";
      case 1:
        return "(" + term() + " NEAR/" + std::to_string(below(3)) + " " + term() + ")";
      default:
        return term();
    }
  }
  std::string filter() {
    return pick({"lang:es",
                 "lang:es-mx",
                 "lang:en",
                 "source:forum",
                 "source:\"shop reviews\"",
                 "tag:complaint",
                 "tag:advocacy",
                 "polarity:mixed",
                 "act:promote",
                 "act:warn",
                 "stage:zmot",
                 "stage:umot",
                 "intent:churn",
                 "theme:price",
                 "theme:\"customer care\"",
                 "author:ana",
                 "author:\"Jane Doe\"",
                 "author:ștefan",
                 "site:forum.example",
                 "site:www.shop.example",
                 "rating:<3",
                 "rating:>=4",
                 "rating:3.5",
                 "since:2026-03-12",
                 "until:2026-03-12",
                 "brand:globex"});
  }

  std::mt19937 random_;
};

// What the matcher is told of a post that comes in.
query::Facts facts_of(const Sighting& s, const BrandMention& brand) {
  query::Facts facts = query::with_verdict(query::facts_of(s.post, brand.brand, s.day), s.verdict);
  facts.tag = brand.tag;
  facts.polarity = polarity_of(brand, false, whole_of(s.verdict));
  return facts;
}

using Ids = std::set<std::int64_t>;

Ids matched_by(const query::Matcher& matcher, const std::vector<Sighting>& posts) {
  Ids matched;
  for (const Sighting& s : posts) {
    const query::Document document(s.post.title ? *s.post.title : std::string_view(), s.post.text);
    for (const BrandMention& brand : s.brands)
      if (matcher.matches(document, facts_of(s, brand)))
        matched.insert(mention_id(brand.brand, post_id(s.post)).value);
  }
  return matched;
}

Ids found_in(Store& store, const std::string& query) {
  MentionFilter filter;
  filter.query = query;
  filter.limit = 0;
  Ids found;
  for (const MentionRow& row : value_of(mentions(store, filter))) found.insert(row.id.value);
  return found;
}

}  // namespace

TEST_CASE("full text with SQL and the matcher in memory give the same answers", "[store]") {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    World world(seed);
    Store store = open_memory();
    std::vector<Sighting> posts;
    for (int i = 0; i < 150; ++i) posts.push_back(world.post(i));
    put(store, posts);
    for (int round = 0; round < 500; ++round) {
      const std::string written = world.query(3);
      INFO("seed " << seed << ": " << written);
      const auto parsed = query::parse_query(written);
      REQUIRE(parsed.has_value());
      REQUIRE(found_in(store, written) == matched_by(query::Matcher(*parsed), posts));
    }
  }
}
