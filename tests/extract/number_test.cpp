#include "extract/number.h"

#include <catch2/catch.hpp>

namespace testigo::extract {

TEST_CASE("numbers are read as people write them", "[extract]") {
  struct Row {
    std::string_view text;
    std::optional<double> value;
  };
  for (const Row& row : std::initializer_list<Row>{{"4.5", 4.5},
                                                   {"4,5", 4.5},
                                                   {" 87 % ", 87.0},
                                                   {"1,234", 1234.0},
                                                   {"1.234,5", 1234.5},
                                                   {"1,234.5", 1234.5},
                                                   {"4.625", 4.625},
                                                   {"0,500", 0.5},
                                                   {"1 234 567", 1234567.0},
                                                   {"-3", -3.0},
                                                   {"+7", 7.0},
                                                   {".5", 0.5},
                                                   {"1'000", 1000.0},
                                                   {"", std::nullopt},
                                                   {"four", std::nullopt},
                                                   {"4 stars", std::nullopt},
                                                   {"NaN", std::nullopt},
                                                   {"1e9999", std::nullopt}}) {
    INFO(row.text);
    CHECK(parse_number(row.text) == row.value);
  }
}

TEST_CASE("a rating knows its scale where it is written beside it", "[extract]") {
  CHECK(parse_rating("4.5/5") == WrittenRating{4.5, 5.0});
  CHECK(parse_rating("Rated 3 out of 10 by Ana") == WrittenRating{3.0, 10.0});
  CHECK(parse_rating("3,8 de 5") == WrittenRating{3.8, 5.0});
  CHECK(parse_rating("4,6 von 5 Sternen") == WrittenRating{4.6, 5.0});
  CHECK(parse_rating("A primit 1 din cinci stele") == WrittenRating{1.0, 5.0});
  CHECK(parse_rating("Rated 4 stars out of five stars") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("4 of my five friends") == WrittenRating{4.0, std::nullopt});
  CHECK(parse_rating("90%") == WrittenRating{90.0, 100.0});
  CHECK(parse_rating("4 stars") == WrittenRating{4.0, std::nullopt});
  CHECK(parse_rating("not rated") == std::nullopt);
}

TEST_CASE("ratings are written with units, halves and stars, in either order", "[extract]") {
  CHECK(parse_rating("4 estrellas de 5") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("4 stele din 5") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("1 star out of 5") == WrittenRating{1.0, 5.0});
  CHECK(parse_rating("5つ星のうち4.2") == WrittenRating{4.2, 5.0});
  CHECK(parse_rating("3½ stars") == WrittenRating{3.5, std::nullopt});
  CHECK(parse_rating("3 1/2 stars") == WrittenRating{3.5, std::nullopt});
  CHECK(parse_rating("1/2") == WrittenRating{1.0, 2.0});
  CHECK(parse_rating("★★★½") == WrittenRating{3.5, std::nullopt});
  CHECK(parse_rating("★★★★☆") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("☆☆☆☆☆") == std::nullopt);
  CHECK(parse_rating("5 reviews of 3 products") == WrittenRating{5.0, std::nullopt});
}

TEST_CASE("digits of any script make numbers", "[extract]") {
  CHECK(parse_number("４，５") == 4.5);
  CHECK(parse_number("٤٫٥") == 4.5);
  CHECK(parse_rating("４.５／５") == WrittenRating{4.5, 5.0});
  CHECK(parse_rating("٤/٥") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("٤ من ٥") == WrittenRating{4.0, 5.0});
  CHECK(parse_rating("۹۰٪") == WrittenRating{90.0, 100.0});
  CHECK(parse_count("（１，２３４）") == 1234);
  CHECK(scale_at_start(" / ５") == 5.0);
  CHECK(counts_stars("４ stars"));
  CHECK(numbers_in("３.５ (१२)") == std::vector<double>{3.5, 12.0});
}

TEST_CASE("a date with slashes is no rating", "[extract]") {
  CHECK(!parse_rating("03/10/2026 10:00 AM"));
  CHECK(parse_rating("4/5, 03/10/2026") == WrittenRating{4.0, 5.0});
}

TEST_CASE("a count of reviews is not taken from a rating", "[extract]") {
  CHECK(parse_count("(2)") == 2);
  CHECK(parse_count("4.5/5 (23 reviews)") == 23);
  CHECK(parse_count("Rating: 3.2 (34)") == 34);
  CHECK(parse_count("rating, reviews : 10,237)") == 10237);
  CHECK(parse_count("1.204 opiniones") == 1204);
  CHECK(parse_count("2.4k") == 2400);
  CHECK(parse_count("1,5 milioane") == 1'500'000);
  CHECK(parse_count("1,2 mil opiniones") == 1'200);
  CHECK(parse_count("3 mii") == 3'000);
  CHECK(parse_count("12 reviews, 4 questions") == 12);
  CHECK(parse_count("-1") == std::nullopt);
  CHECK(parse_count("No reviews yet") == std::nullopt);
  CHECK(parse_count("-") == std::nullopt);
}

TEST_CASE("all numbers of a text come out in order", "[extract]") {
  CHECK(numbers_in("3.5 of 5 (1,204)") == std::vector<double>{3.5, 5.0, 1204.0});
  CHECK(numbers_in("none").empty());
}

}  // namespace testigo::extract
