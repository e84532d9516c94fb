#include "app/destination.h"

#include <catch2/catch.hpp>

using testigo::app::destination_of;
using testigo::app::Destinations;

TEST_CASE("an address is read alike after one of its site and alone", "[app]") {
  for (const char* before : {"http://shop.example/a", "http://shop.example:8080/a?b#c",
                             "http://user:word@shop.example/a", "https://shop.example/"}) {
    for (const char* address :
         {"http://shop.example/b?c=d#e", "http://shop.example/%7e/../x y", "http://shop.example",
          "http://shop.example/", "http://shop.example//other.example/x",
          "http://shop.example/\t/other.example/x", "http://shop.example/\\other.example/x",
          "http://shop.example:8080/b", "http://shop.example.evil.example/b",
          "http://user@shop.example/b", "https://shop.example/./b", "mailto:a@shop.example",
          "/b"}) {
      CAPTURE(before, address);
      Destinations destinations;
      (void)destinations.of(before);
      const auto after = destinations.of(address);
      const auto alone = destination_of(address);
      REQUIRE(after.has_value() == alone.has_value());
      if (!after) continue;
      CHECK(after->site == alone->site);
      CHECK(after->host == alone->host);
      CHECK(after->url == alone->url);
    }
  }
}
