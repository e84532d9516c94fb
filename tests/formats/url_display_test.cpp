#include "formats/url_display.h"

#include <catch2/catch.hpp>

using testigo::formats::without_user;

TEST_CASE("a URL is shown without its user and password", "[formats]") {
  CHECK(without_user("http://anna:secret@a.example:81/x?y#z") == "http://a.example:81/x?y#z");
  CHECK(without_user("https://anna@a.example") == "https://a.example");
  CHECK(without_user("http://a:b@c@a.example/") == "http://a.example/");
  for (const char* plain :
       {"https://a.example/@anna/1", "https://a.example?q=a@b", "mailto:a@b.example", ""})
    CHECK(without_user(plain) == plain);
}
