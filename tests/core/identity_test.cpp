#include <catch2/catch.hpp>

#include "core/digest.h"
#include "core/post.h"
#include "core/verdict.h"

using namespace testigo;

TEST_CASE("digests are those of the standards", "[core]") {
  // FIPS 180-4 and RFC 4231 §4.3 test vectors.
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("the digest of parts is that of the whole", "[core]") {
  const std::vector<std::string_view> parts = {"a", "", "bc"};
  CHECK(labelled_digest(parts) == labelled_digest("abc"));
  CHECK(labelled_digest("abc") == "sha256:" + to_hex(sha256("abc")));
}

TEST_CASE("a key does not depend on where its parts are cut", "[core]") {
  CHECK(key_of({"ab", "c"}) != key_of({"a", "bc"}));
  CHECK(parse_key(show_key(key_of({"ab", "c"}))) == key_of({"ab", "c"}));
  CHECK(show_key(-1) == "ffffffffffffffff");
  CHECK_FALSE(parse_key("xyz").has_value());
  CHECK_FALSE(parse_key("00000000000000-1").has_value());
}

TEST_CASE("a post's id follows its external id and never its text", "[core]") {
  Post post;
  post.source = SourceId("shop");
  post.external_id = "r1";
  post.text = "good";
  Post edited = post;
  edited.text = "bad";
  CHECK(post_id(post) == post_id(edited));
  edited.external_id = "r2";
  CHECK(post_id(post) != post_id(edited));
}

TEST_CASE("without an external id the author, page, date and item tell posts apart", "[core]") {
  Post post;
  post.source = SourceId("shop");
  post.page_url = "https://a.example/p";
  post.author = "Ana";
  post.posted_at_written = "3 May";
  Post other = post;
  CHECK(post_id(post) == post_id(other));
  other.author = "Ion";
  CHECK(post_id(post) != post_id(other));
}

TEST_CASE("a reply names what it answers, with or without an external id", "[core]") {
  Post post;
  post.source = SourceId("shop");
  post.page_url = "https://a.example/p?page=2";
  post.author = "Ana";
  post.posted_at_written = "3 May";
  post.item = "Kettle";
  Post reply = post;
  reply.author = "Ion";
  CHECK_FALSE(parent_id(reply));
  reply.answered = {post.author, post.posted_at_written, post.item};
  CHECK(parent_id(reply) == post_id(post));
  post.external_id = "r1";
  reply.parent = "r1";
  CHECK(parent_id(reply) == post_id(post));
}

TEST_CASE("a post without an external id is the same on whichever page of its list", "[core]") {
  Post post;
  post.source = SourceId("shop");
  post.page_url = "https://a.example/reviews?id=4";
  post.author = "Ana";
  Post moved = post;
  moved.page_url = "https://a.example/reviews?id=4&page=2";
  CHECK(post_id(post) == post_id(moved));
  moved.page_url = "https://a.example/reviews?id=5&page=2";
  CHECK(post_id(post) != post_id(moved));
}

TEST_CASE("stage names are read with their aliases", "[core]") {
  CHECK(parse_value(Axis::stage, "<zmot") == parse_value(Axis::stage, "pre_zmot"));
  CHECK(parse_value(Axis::stage, "tmot") == static_cast<std::uint8_t>(Stage::umot));
  CHECK_FALSE(parse_value(Axis::tag, "tmot").has_value());
  for (std::uint8_t a = 0; a < axis_count; ++a)
    CHECK(parse_axis(axis_name(static_cast<Axis>(a))) == static_cast<Axis>(a));
}

TEST_CASE("ratings of any scale compare in stars", "[core]") {
  CHECK(stars({.value = 3.0, .best = 5.0, .worst = 1.0}) == 3.0);
  CHECK(stars({.value = 10.0, .best = 10.0, .worst = 0.0}) == 5.0);
  CHECK(stars({.value = 0.0, .best = 10.0, .worst = 0.0}) == 1.0);
  CHECK(stars({.value = 7.0, .best = 5.0, .worst = 1.0}) == 5.0);
  CHECK(stars({.value = 2.0, .best = 2.0, .worst = 2.0}) == 2.0);
}
