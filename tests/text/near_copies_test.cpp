#include "text/near_copies.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo::text;

namespace {

const std::string review =
    "We run the Aero 2 all night about two metres from the cot and the little one sleeps straight "
    "through. On setting 1 you honestly forget it is there. The dust on the shelves has gone down "
    "a lot too, I used to wipe them every other day. Two months in and no regrets.";

bool alike(std::string_view one, std::string_view other) {
  const bool forth = is_near_copy(shingles_of(one), shingles_of(other));
  CHECK(forth == is_near_copy(shingles_of(other), shingles_of(one)));
  CHECK(forth == CopyComparer(one).resembles(other));
  CHECK(forth == CopyComparer(other).resembles(one));
  return forth;
}

bool meet(std::string_view one, std::string_view other) {
  const auto a = copy_keys(one);
  const auto b = copy_keys(other);
  if (!a || !b || !may_resemble(a->sketch, b->sketch)) return false;
  for (std::size_t i = 0; i < a->keys.size(); ++i)
    if (a->keys[i] == b->keys[i]) return true;
  return false;
}

}  // namespace

TEST_CASE("a text without words enough resembles nothing, not even itself", "[text]") {
  CHECK(shingles_of("").empty());
  CHECK(shingles_of("Great product!").empty());
  CHECK(shingles_of("\xFF\xFE \xC3").empty());
  CHECK_FALSE(alike("I bought the kettle and love it", "I bought the kettle and love it"));
  CHECK_FALSE(copy_keys("Great product!"));
  CHECK(resemblance({}, {}) == 0.0);
}

TEST_CASE("copies with other endings, cut short or quoted are near copies", "[text]") {
  CHECK(resemblance(shingles_of(review), shingles_of(review)) == 1.0);
  CHECK(alike(review, "Reader reviews: " + review + " First published by the Quarry Courier."));
  CHECK(alike(review, review.substr(0, review.size() * 8 / 10)));
  CHECK(alike(review,
              "Someone wrote: \"" + review + "\" I can only agree, ours does just the same."));
  CHECK(meet(review, "Reader reviews: " + review));
}

TEST_CASE("case, diacritics and punctuation make no shingle another", "[text]") {
  const std::string plain =
      "Dupa trei saptamani de asteptare coletul a ajuns spart, iar cei de la "
      "relatii cu clientii nu raspund nici la telefon, nici pe chat";
  const std::string marked =
      "După trei săptămâni de aşteptare – COLETUL a ajuns spart; iar cei de "
      "la „relații cu clienții” nu răspund nici la telefon nici pe chat!";
  CHECK(resemblance(shingles_of(plain), shingles_of(marked)) == 1.0);
  CHECK(copy_keys(plain) == copy_keys(marked));
}

TEST_CASE("the same form filled in otherwise is no near copy", "[text]") {
  CHECK_FALSE(
      alike("I bought the Velora kettle from Quarry Goods in Bristol two weeks ago and love it, my "
            "sister "
            "would recommend it to anyone with a small kitchen",
            "I bought the Brumiva fan from House Nine in Leeds last summer and love it, my "
            "neighbour would "
            "recommend it to anyone with a noisy office"));
}

TEST_CASE("another's words on the same thing are no near copy", "[text]") {
  CHECK_FALSE(
      alike(review,
            "We run the Aero 2 in the office, about two metres from the printer, and nobody "
            "hears it. The filters are dear, though, and the dust on the shelves is as bad "
            "as ever. Two months in and I would not buy it again."));
}

TEST_CASE("copy keys are the same for ever, for they are stored", "[text]") {
  const auto made = copy_keys(review);
  REQUIRE(made);
  CHECK(made->keys ==
        std::array<std::int64_t, copy_key_count>{2284333717829943564, 4639608268309825014,
                                                 4029990468164559553, 9177244916770892371});
  CHECK(made->sketch == 0x81dc5db1);
}
