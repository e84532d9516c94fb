#include <catch2/catch.hpp>

#include "extract/extract.h"
#include "extract/look_back.h"

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

UtcTime day(int number) { return *parse_iso8601("2026-10-" + std::to_string(number)); }

Extraction list_of(const std::vector<std::optional<int>>& days) {
  Extraction list;
  list.begins = list.ends = true;
  for (const std::optional<int> number : days) {
    Post& post = list.posts.emplace_back();
    if (number) post.posted_at = day(*number);
  }
  list.items = days.size();
  return list;
}

Extraction counting(Extraction list, std::int64_t reviews) {
  list.aggregates.emplace_back().review_count = reviews;
  return list;
}

Extraction extracted(Format format, const std::string& body,
                     const std::string& url = "https://a.example/p", bool continued = false) {
  ExtractorSpec spec;
  spec.format = format;
  spec.continued = continued;
  Page page;
  page.url = url;
  page.body = body;
  const auto extraction = extract_page(page, spec, now);
  REQUIRE(extraction);
  return *extraction;
}

const std::string reviews = R"(<script type="application/ld+json">{"@type":"Product","name":"Boot",
  "review":[{"@type":"Review","author":"Ana","reviewBody":"Warm.","datePublished":"2026-10-12"},
            {"@type":"Review","author":"Bo","reviewBody":"Dry.","datePublished":"2026-10-11"},
            {"@type":"Review","author":"Cy","reviewBody":"Tight.","datePublished":"2026-10-10"}]}</script>)";

std::string feed_of(const std::vector<int>& days) {
  std::string items;
  for (const int number : days) {
    items += "<entry><id>" + std::to_string(number) + "</id><title>t</title><updated>2026-10-" +
             std::to_string(number) + "T00:00:00Z</updated></entry>";
  }
  return "<feed xmlns='http://www.w3.org/2005/Atom'>" + items + "</feed>";
}

}  // namespace

TEST_CASE("a list reaches back to its oldest post where it is newest first", "[extract]") {
  const TimeWindow since_the_15th{day(15), {}};
  CHECK(shown_list(list_of({20, 19, 19, 15})).window == since_the_15th);
  CHECK(shown_list(list_of({20, {}, 19, 15})).window == since_the_15th);
  CHECK(!shown_list(list_of({15, 19, 20})).window);
  CHECK(!shown_list(list_of({20, 15, 16})).window);
}

TEST_CASE("several lists of one answer show what the windows of all have in common", "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::json;
  for (const char* list : {"/posts", "/comments"}) {
    ItemSpec& items = spec.items.emplace_back();
    items.list = {list};
    items.more_if = {"/more"};
    items.fields[PostField::id] = {"/id"};
    items.fields[PostField::posted_at] = {"/at"};
    items.fields[PostField::text] = {"/at"};
  }
  const auto read = [&](const std::string& posts, const std::string& comments) {
    Page page;
    page.url = "https://a.example/search";
    page.body = "{\"posts\":[" + posts + "],\"comments\":[" + comments + "]}";
    const auto answer = extract_page(page, spec, now);
    REQUIRE(answer);
    return *answer;
  };
  const auto items = [](const std::vector<int>& days) {
    std::string list;
    for (const int number : days)
      list += (list.empty() ? "" : ",") + ("{\"id\":" + std::to_string(number) +
                                           ",\"at\":\"2026-10-" + std::to_string(number) + "\"}");
    return list;
  };
  const auto shown = [&](const std::vector<int>& posts, const std::vector<int>& comments) {
    return shown_list(read(items(posts), items(comments))).window;
  };
  CHECK(stretches_of(read(items({12, 10}), items({11, 14}))) ==
        std::vector{Stretch{2, 2, day(12), day(10), true}, Stretch{2, 2, day(11), day(14), false}});
  CHECK(stretches_of(list_of({20, {}})) == std::vector{Stretch{2, 1, day(20), day(20), true}});
  CHECK(shown({20, 19, 12}, {21, 18, 16}) == TimeWindow{day(16), {}});
  CHECK_FALSE(shown({}, {21, 18, 16}));  // it may be a list that was not given
  CHECK_FALSE(shown({20, 19, 12}, {21, 18, 19}));
  CHECK_FALSE(shown({}, {}));
  Extraction ended = read(items({20, 19, 12}), items({21, 18, 16}));
  ended.ends = true;
  CHECK(shown_list(ended).whole);
  ended.lists = {0, 6};
  CHECK_FALSE(shown_list(ended).whole);
  spec.continued = true;
  CHECK(shown({26, 25, 24, 23, 14}, {28, 22, 21, 18, 16}) == TimeWindow{day(16), day(26)});
  CHECK_FALSE(shown({}, {28, 22, 21, 18, 16}));  // its posts stood on an earlier page
  CHECK_FALSE(shown({16, 15, 14, 13, 12}, {28, 22, 21, 18, 17}));
  spec.continued = false;
  const std::string more = R"(,{"id":9,"at":"2026-10-11","more":true})";
  CHECK(shown_list(read(items({20, 19, 12}), items({21, 18, 16}) + more)) == ShownList{});
}

TEST_CASE("few dates, one date or no date tell no order", "[extract]") {
  CHECK(!shown_list(list_of({20, 19})).window);
  CHECK(!shown_list(list_of({20, 20, 20})).window);
  CHECK(!shown_list(list_of({{}, {}, {}})).window);
}

TEST_CASE("a later page of a list shows what lies between its first post and its last",
          "[extract]") {
  Extraction list = list_of({20, 19, 18, 18, 15});
  list.begins = list.ends = false;
  CHECK(shown_list(list) == ShownList{false, TimeWindow{day(15), day(20)}});
  CHECK(looks_back_to(list) == day(15));  // and of what came later, all was seen
  list.ends = true;
  CHECK(shown_list(list) == ShownList{false, TimeWindow{{}, day(20)}});

  Extraction few = list_of({20, 19, 18, 15});
  few.begins = false;
  CHECK(shown_list(few) == ShownList{});
}

TEST_CASE("a thread shows what lies between its first post and its last", "[extract]") {
  Extraction thread = list_of({15, 18, 18, 19, 20});
  thread.ends = false;
  CHECK(shown_list(thread).window == TimeWindow{day(15), day(20)});
  thread.begins = false;
  thread.ends = true;
  CHECK(shown_list(thread).window == TimeWindow{day(15), {}});
  CHECK(!shown_list(list_of({15, 20, 16, 19, 18})).window);
  CHECK(!looks_back_to(thread));
}

TEST_CASE("a list with items that could not be read tells nothing of what is missing",
          "[extract]") {
  Extraction list = list_of({20, 19, 15});
  list.left_out = 1;
  CHECK(shown_list(list) == ShownList{});
}

TEST_CASE("a list is whole unless the page counts more reviews", "[extract]") {
  CHECK(shown_list(list_of({20})).whole);
  CHECK(shown_list(counting(list_of({20}), 1)).whole);
  CHECK(!shown_list(counting(list_of({20}), 2)).whole);
  Extraction rated = list_of({20});
  rated.aggregates.emplace_back().rating_count = 312;
  CHECK(!shown_list(rated).whole);
}

TEST_CASE("an empty list is whole only where the page says that there are none", "[extract]") {
  CHECK(!shown_list(list_of({})).whole);
  CHECK(shown_list(counting(list_of({}), 0)).whole);
}

TEST_CASE("a list that was cut is not whole", "[extract]") {
  Extraction list = list_of({20});
  list.items = max_items_per_page;
  CHECK(!shown_list(list).whole);
}

TEST_CASE("a page with all its reviews is whole, and one of several pages is not", "[extract]") {
  const ShownList alone = shown_list(extracted(Format::page, reviews));
  CHECK(alone.whole);
  CHECK(alone.window == TimeWindow{day(10), {}});

  const ShownList first = shown_list(extracted(Format::page, reviews + "<a href='?p=2'>2</a>"));
  CHECK(!first.whole);
  CHECK(first.window == TimeWindow{day(10), {}});

  const std::string second = reviews + "<a href='/p'>1</a> 2 <a href='?p=3'>3</a>";
  CHECK(shown_list(extracted(Format::page, second, "https://a.example/p?p=2")) == ShownList{});
  const std::string last = reviews + "<a href='/p' rel=prev>back</a>";
  CHECK(shown_list(extracted(Format::page, last, "https://a.example/p?p=2")) == ShownList{});
  CHECK(shown_list(extracted(Format::page, reviews, "https://a.example/p?p=2", true)) ==
        ShownList{});
}

TEST_CASE("a feed reaches back and is never whole", "[extract]") {
  const ShownList feed = shown_list(extracted(Format::feed, feed_of({20, 19, 12})));
  CHECK(!feed.whole);
  CHECK(feed.window == TimeWindow{day(12), {}});
  CHECK(shown_list(extracted(Format::feed, feed_of({12, 19, 20}))) == ShownList{});
  CHECK(shown_list(extracted(Format::feed, feed_of({20, 19, 12}), "https://a.example/p", true)) ==
        ShownList{});
}

}  // namespace testigo::extract
