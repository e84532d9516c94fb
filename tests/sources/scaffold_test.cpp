#include "sources/scaffold.h"

#include <catch2/catch.hpp>
#include <string>

#include "extract/extract.h"
#include "formats/json.h"
#include "sources/guess.h"
#include "sources/source.h"

namespace testigo::sources {
namespace {

Source loaded(const ScaffoldWishes& wishes) {
  const auto text = scaffold(wishes);
  REQUIRE(text);
  auto source = load_source("rules/sources/" + wishes.name + ".toml", *text);
  INFO(*text << (source ? "" : describe(source.error())));
  REQUIRE(source);
  return *std::move(source);
}

// What the scaffold made of an answer reads out of that answer.
std::vector<Post> read_back(const std::string& answer) {
  const Source source = loaded({"acme", std::nullopt, answer});
  Page page;
  page.url = "https://acme.example/";
  page.status = 200;
  page.body = answer;
  const auto extraction = extract::extract_page(page, source.steps[0].extractor, UtcTime{});
  REQUIRE(extraction);
  CHECK(extraction->drift.empty());
  return extraction->posts;
}

std::string refusal(const std::string& answer) {
  const auto text = scaffold({"acme", std::nullopt, answer});
  INFO(answer);
  REQUIRE(!text);
  CHECK(text.error().where == "--from");
  return text.error().what;
}

extract::Format format_made_of(const std::string& answer) {
  return loaded({"acme", std::nullopt, answer}).steps[0].extractor.format;
}

}  // namespace

TEST_CASE("a scaffold loads without an answer", "[sources]") {
  CHECK(loaded({"acme", std::nullopt, std::nullopt}).steps[0].extractor.format ==
        extract::Format::json);
  CHECK(loaded({"acme", "https://acme.example/api?q=\"x\"\\", std::nullopt}).steps[0].url ==
        "https://acme.example/api?q=\"x\"\\");
}

TEST_CASE("an answer that shows no posts is refused with the mend", "[sources]") {
  CHECK(refusal("").find("the answer is empty") != std::string::npos);
  CHECK(refusal(" \n\t").find("the answer is empty") != std::string::npos);
  CHECK(refusal("Bad gateway").find("neither JSON") != std::string::npos);
  CHECK(refusal("id,text\n1,good\n").find("testigo import") != std::string::npos);
  for (const char* json : {"{}", "[]", "[1,2]", "{\"a/b\":{\"c~d\":[{\"x\":{}}]}}",
                           "{\"message\":\"Forbidden\",\"error\":403}", "{\"items\":[{\"id\":1}]}"})
    CHECK(refusal(json).find("save an answer that shows posts") != std::string::npos);
  for (const char* html : {"<html><p>x</p></html>", "<html><h1>502 Bad Gateway</h1></html>"})
    CHECK(refusal(html).find("nothing on the page repeats") != std::string::npos);
  CHECK(
      refusal("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>").find("no entries") !=
      std::string::npos);
  refusal("{\"items\":[");
  refusal("{\"items\":[{\"id\":1,\"text\":\"x\"}]");
}

TEST_CASE("the list that tells most of posts is taken, its members by their names", "[sources]") {
  const Source source = loaded({"acme", std::nullopt, R"({"tags":[{"id":1},{"id":2},{"id":3}],
    "data":{"list":[
    {"reviewId":"r1","user":{"name":"Gus"},"body":"Good","stars":4,"date":"2026-11-01"},
    {"reviewId":"r2","user":null,"body":"Bad","stars":null,"date":"2026-11-02"}]}})"});
  const extract::ItemSpec& items = source.steps[0].extractor.items.at(0);
  CHECK(items.list == extract::Selector{"/data/list"});
  CHECK(items.required == std::vector{extract::PostField::id, extract::PostField::text});
  CHECK(items.fields.at(extract::PostField::author) == extract::Selector{"/user/name"});
  CHECK(items.fields.at(extract::PostField::text) == extract::Selector{"/body"});
  CHECK(items.fields.at(extract::PostField::rating) == extract::Selector{"/stars"});
  CHECK(items.fields.at(extract::PostField::posted_at) == extract::Selector{"/date"});
}

TEST_CASE("names in any spelling tell, and a scale that the items say", "[sources]") {
  const auto posts = read_back(R"({"reviews":[
    {"id":1,"reviewText":"The <b>kettle</b> broke","userName":"Gus","createdAt":"2026-11-01T10:00:00Z",
     "starRating":7,"max_score":10,"reviewTitle":"Broke","product":{"name":"Kettle"},
     "ownerResponse":{"text":"Sorry","createdAt":"2026-11-03T10:00:00Z"},"helpfulVotes":3},
    {"id":2,"reviewText":"Fine","userName":"Hal","createdAt":"2026-11-02T10:00:00Z","starRating":10,
     "max_score":10,"reviewTitle":"Ok","product":{"name":"Kettle"},"ownerResponse":null}]})");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].external_id == "1");
  CHECK(posts[0].author == "Gus");
  CHECK(posts[0].text == "The kettle broke");
  CHECK(posts[0].title == "Broke");
  CHECK(posts[0].item == "Kettle");
  CHECK(posts[0].rating == Rating{7, 10, 1});
  CHECK(posts[0].posted_at == parse_iso8601("2026-11-01T10:00:00Z"));
  CHECK(posts[0].owner_reply == "Sorry");
  CHECK(posts[0].owner_reply_at == parse_iso8601("2026-11-03T10:00:00Z"));
  CHECK(posts[0].reach == 3);
}

TEST_CASE("a scale that nobody says is guessed from the values", "[sources]") {
  CHECK(read_back(R"([{"text":"a","score":9},{"text":"b","score":2}])")[0].rating ==
        Rating{9, 10, 1});
  CHECK(read_back(R"([{"text":"a","score":87},{"text":"b","score":20}])")[0].rating ==
        Rating{87, 100, 0});
  const Post voted =
      read_back(R"([{"text":"a","score":870,"points":2},{"text":"b","score":-3}])")[0];
  CHECK(read_back(R"([{"text":"a","score":7,"ups":7}])")[0].reach == 7);
  CHECK_FALSE(read_back(R"([{"text":"a","score":7,"ups":7}])")[0].rating);
  CHECK_FALSE(voted.rating);
  CHECK(voted.reach == 2);
}

TEST_CASE("edges with nodes, lines of JSON and an answer that is one post are read", "[sources]") {
  CHECK(read_back(R"({"data":{"reviews":{"edges":[{"cursor":"x","node":{"id":"a","body":"Good",
    "author":{"displayName":"Gus"}}}]}}})")[0]
            .author == "Gus");
  CHECK(read_back("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\"}\n").size() == 2);
  CHECK(read_back(R"({"id":1,"text":"a"})").size() == 1);
}

TEST_CASE("a member of mixed types is left out, and the rest is read", "[sources]") {
  const auto posts = read_back(R"({"items":[
    {"id":1,"text":"a","rating":"n/a","author":{"x":1},"date":"soon","url":5},
    {"id":1,"text":"b","rating":4,"author":"Gus","date":"2026-11-01","url":"https://a.example/"}]})");
  REQUIRE(posts.size() == 2);
  CHECK(posts[1].text == "b");
  CHECK_FALSE(posts[1].rating);
}

TEST_CASE("elements that repeat on a page are found with their parts", "[sources]") {
  std::string page =
      "<html><body><ul class=\"menu\"><li><a href=/>Home</a></li><li>Help me</li></ul>";
  for (const char* n : {"1", "2", "3"})
    page += "<div class=\"rv-card big\" data-review-id=\"r" + std::string(n) +
            "\"><div class=\"rv-head\"><span class=\"rv-userName\">Gus " + n +
            "</span><span class=\"rv-date\">2026-11-0" + n +
            "</span></div><h3>Title</h3><div class=\"rv-stars\" data-rating=\"4\"></div>"
            "<div class=\"rv-copy\"><p>The kettle broke after a week.</p><p>Number " +
            n + ".</p></div></div>";
  const auto posts = read_back(page + "</body></html>");
  REQUIRE(posts.size() == 3);
  CHECK(posts[1].external_id == "r2");
  CHECK(posts[1].author == "Gus 2");
  CHECK(posts[1].text == "The kettle broke after a week.\n\nNumber 2.");
  CHECK(posts[1].title == "Title");
  CHECK(posts[1].posted_at == parse_iso8601("2026-11-02T00:00:00Z"));
  CHECK(posts[1].rating == Rating{4, 5, 1});
  CHECK(format_made_of(page) == extract::Format::html);
}

TEST_CASE("an owner's answer is no part of the text that it answers", "[sources]") {
  const std::string reply =
      "<div class='owner-response'><b>Response</b><p>Sorry, we will mend.</p></div>";
  std::string page = "<html><body>";
  for (const std::string& answer : {std::string(), reply, std::string()})
    page +=
        "<div class='review'><span class='author'>Ana</span><time>2026-10-01</time>"
        "<div class='content'><p>Bad kettle, it leaks.</p>" +
        answer + "</div><a class='reply'>Reply</a></div>";
  const auto posts = read_back(page + "</body></html>");
  REQUIRE(posts.size() == 3);
  CHECK(posts[0].text == "Bad kettle, it leaks.");
  CHECK(posts[0].owner_reply == std::nullopt);
  CHECK(posts[1].text == "Bad kettle, it leaks.");
  CHECK(posts[1].owner_reply.value_or("").find("Sorry, we will mend.") != std::string::npos);
}

TEST_CASE("a link that asks for an answer is none", "[sources]") {
  std::string page = "<html><body>";
  for (const std::string who : {"Ana", "Bob"})
    page += "<div class='review'><span class='author'>" + who +
            "</span><div class='text'>The kettle leaks. <a class='reply'>Reply</a></div></div>";
  const auto posts = read_back(page + "</body></html>");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].text.starts_with("The kettle leaks."));
  CHECK(posts[0].owner_reply == std::nullopt);
}

TEST_CASE("keys in Spanish and Romanian tell, and short ones", "[sources]") {
  const auto guessed = [](std::string_view answer) {
    const auto guess = guess_json(*formats::parse_json(answer), "json");
    std::string fields;
    if (guess)
      for (const auto& [field, where] : guess->fields) fields += field + "=" + where + " ";
    return fields;
  };
  const std::string spanish = guessed(
      R"({"reseñas":[{"autor":"Ana","texto":"Gotea","fecha":"2026-10-01","valoración":4,"título":"Mal"}]})");
  CHECK(spanish == "author=/autor text=/texto title=/título rating=/valoración posted_at=/fecha ");
  const std::string romanian = guessed(
      R"({"recenzii":[{"autor":"Ana","recenzie":"Curge","dată":"2026-10-01","notă":4,"titlu":"Rău"}]})");
  CHECK(romanian == "author=/autor text=/recenzie title=/titlu rating=/notă posted_at=/dată ");
  CHECK(guessed(R"({"items":[{"uid":"a","text":"All fine","ts":1793000000}]})") ==
        "id=/uid text=/text posted_at=/ts ");
}

TEST_CASE("an answer's own words in Spanish, within objects of their own, are read", "[sources]") {
  const auto posts = read_back(R"({"datos":{"opiniones":[
    {"uuid":"k1","autor":{"nick":"Ana"},"cuerpo":"La <b>lavadora</b> hace ruido","puntuacion":7.5,
     "escala":10,"fecha":"2026-11-03T10:00:00Z","titulo":"Ruidosa","enlace":"/o/k1",
     "respuesta":{"texto":"Lo sentimos","fecha":"2026-11-04"}},
    {"uuid":"k2","autor":{"nick":"Blas"},"cuerpo":"Va bien","puntuacion":9,"escala":10,
     "fecha":"2026-11-02T10:00:00Z","titulo":"Bien","enlace":"/o/k2","respuesta":null}]}})");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].author == "Ana");
  CHECK(posts[0].text == "La lavadora hace ruido");
  CHECK(posts[0].rating == Rating{7.5, 10, 1});
  CHECK(posts[0].url == "https://acme.example/o/k1");
  CHECK(posts[0].owner_reply == "Lo sentimos");
  CHECK(posts[0].owner_reply_at == parse_iso8601("2026-11-04"));
}

TEST_CASE("words that no name tells are a post's text, and a list of titles says so", "[sources]") {
  const auto posts = read_back(R"({"x":[
    {"id":"a","author":"Ana","blurb":"It leaks from the first day on","colour":"deep red"},
    {"id":"b","author":"Bo","blurb":"Mine does not leak at all","colour":"black"}]})");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].text == "It leaks from the first day on");
  const auto titles = scaffold({"acme", std::nullopt, R"({"x":[{"id":"a","title":"Kettles"}]})"});
  REQUIRE(titles);
  CHECK(titles->find("not found: say where the words stand") != std::string::npos);
}

TEST_CASE("a date that no name tells is told by what it is", "[sources]") {
  std::string page = "<html><body>";
  for (const std::string day : {"03.11.2026", "02.11.2026"})
    page += "<div class=par><span class=nume>Ioana</span><span class=cand>" + day +
            "</span><span class=nr>5</span><div class=txt>Curge pe jos din prima zi.</div></div>";
  const auto posts = read_back(page + "</body></html>");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].posted_at == parse_iso8601("2026-11-03"));
  CHECK(posts[0].text == "Curge pe jos din prima zi.");
}

TEST_CASE("rows without classes are told by what is around them", "[sources]") {
  const std::string row =
      "<li><b class=author>Gus</b> <time datetime=2026-11-01>Nov 1</time>"
      "<p>The kettle broke after a week.</p></li>";
  const auto posts =
      read_back("<ul><li>Home</li><li>Help</li></ul><ul id=reviews>" + row + row + "</ul>");
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].text == "The kettle broke after a week.");
  CHECK(posts[0].author == "Gus");
}

TEST_CASE("a page that marks its reviews up is read by its markup", "[sources]") {
  const std::string page = R"(<html><script type="application/ld+json">{"@type":"Product",
    "name":"Kettle","review":[{"@type":"Review","author":"Gus","reviewBody":"Broke at once.",
    "reviewRating":{"ratingValue":2}}]}</script><div class=a><p>Some words here</p></div></html>)";
  CHECK(format_made_of(page) == extract::Format::page);
  CHECK(read_back(page)[0].text == "Broke at once.");
}

TEST_CASE("a feed needs no fields", "[sources]") {
  CHECK(format_made_of("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><guid>x</guid>"
                       "<title>Acme</title></item></channel></rss>") == extract::Format::feed);
  CHECK(format_made_of("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\","
                       "\"content_text\":\"Acme\"}]}") == extract::Format::feed);
}

TEST_CASE("a name that is no file's is refused", "[sources]") {
  for (const char* name : {"", "Acme", "a b", "../x", "a.toml", "é"})
    CHECK(!scaffold({name, std::nullopt, std::nullopt}));
  CHECK(!scaffold({std::string(65, 'a'), std::nullopt, std::nullopt}));
}

}  // namespace testigo::sources
