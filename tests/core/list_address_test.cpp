#include "core/list_address.h"

#include <catch2/catch.hpp>

using namespace testigo;

TEST_CASE("the pages of a list have one list address", "[core]") {
  CHECK(list_address("https://a.example/r?page=2") == "https://a.example/r");
  CHECK(list_address("https://a.example/r?id=7&page=2&sort=new") ==
        "https://a.example/r?id=7&sort=new");
  CHECK(list_address("https://a.example/viewtopic.php?start=15&t=9") ==
        "https://a.example/viewtopic.php?t=9");
  CHECK(list_address("https://a.example/boots/page/2") == "https://a.example/boots");
  CHECK(list_address("https://a.example/boots/page/2/") == "https://a.example/boots/");
  CHECK(list_address("https://a.example/threads/boots.1/page-2") ==
        "https://a.example/threads/boots.1/");
  CHECK(list_address("https://a.example/boots/comment-page-3/") == "https://a.example/boots/");
  CHECK(list_address("https://a.example/t.php?sid=0123456789abcdef0123456789ABCDEF&t=1") ==
        "https://a.example/t.php?t=1");
}

TEST_CASE("what is no paging stays in a list's address", "[core]") {
  for (const char* const url :
       {"https://a.example/", "https://a.example/r", "https://a.example/?p=123",
        "https://a.example/r?page=about", "https://a.example/r?page=", "https://a.example/r?page",
        "https://a.example/2/3", "https://a.example/pages/2", "https://a.example/page-two",
        "https://a.example/t?offset=123456789", "https://a.example/t?sid=12", "page/2", ""})
    CHECK(list_address(url) == url);
}

TEST_CASE("a page says its number in its address, once", "[core]") {
  CHECK(page_number("https://a.example/r?id=7&page=2&sort=new") == 2);
  CHECK(page_number("https://a.example/viewtopic.php?start=15&t=9") == 15);
  CHECK(page_number("https://a.example/boots/page/2/") == 2);
  CHECK(page_number("https://a.example/threads/boots.1/page-12#r3") == 12);
  for (const char* const url :
       {"https://a.example/", "https://a.example/r?p=2", "https://a.example/r?page=about", "",
        "https://a.example/boots/page/2?page=3", "https://a.example/r?page=1&start=0",
        "https://a.example/t.php?sid=01234567890123456789012345678901"})
    CHECK_FALSE(page_number(url));
}

TEST_CASE("a number with at most a word before it is bare", "[core]") {
  for (const char* const id : {"1", "17", "post-300", "item 4", "comment_12345678", "#r1"})
    CHECK(is_bare_number(id));
  for (const char* const id : {"", "post", "t3_1a2b3", "R1ABC2", "17 at https://a.example", "1.5",
                               "1225c695-cfb8-4ebb-aaaa-80da344efa6a"})
    CHECK_FALSE(is_bare_number(id));
  CHECK(is_small_number("review-999"));
  CHECK_FALSE(is_small_number("review-1000"));
}
