#include "insight/audit.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

// 1000 mentions tagged complaint, 100 looked at: 80 are; 4000 tagged other, 200 looked at: 10 are
// complaints after all.
std::vector<AuditStratum> two_tags() {
  return {{Tag::complaint, 1000, {0, 80, 0, 0, 20}}, {Tag::other, 4000, {0, 10, 0, 0, 190}}};
}

}  // namespace

TEST_CASE("precision is of the tag, recall weighs each tag by all its mentions", "[insight]") {
  const auto accuracy = tag_accuracy(two_tags());
  REQUIRE(accuracy.size() == 2);
  const TagAccuracy& complaint = accuracy[0];
  CHECK(complaint.tag == Tag::complaint);
  CHECK(complaint.precision->value == Approx(0.8));
  CHECK(complaint.precision->interval.low == Approx(0.711).margin(0.001));
  // 800 of the 1000, and 5 % of 4000 = 200 that were missed.
  CHECK(complaint.recall->value == Approx(0.8));
  // 3800 of the 4000 that are none, and 200 that were tagged so wrongly.
  CHECK(complaint.specificity->value == Approx(0.95));
  CHECK(complaint.recall->interval.low < 0.8);
  CHECK(complaint.recall->interval.high > 0.8);
}

TEST_CASE("the corrected share of what was audited is what the sample says", "[insight]") {
  const auto accuracy = tag_accuracy(two_tags());
  const auto share = corrected_share(1000, 5000, accuracy[0]);
  REQUIRE(share);
  CHECK(share->value == Approx(0.2));  // (800 + 200) / 5000
  CHECK(share->interval.low > 0.1);
  CHECK(share->interval.high < 0.3);
  CHECK(share->interval.low < 0.2);
}

TEST_CASE("a share is corrected by Rogan's and Gladen's formula and held within bounds",
          "[insight]") {
  TagAccuracy known;
  known.sensitivity = Rate{0.9, 0.0};
  known.specificity = Rate{0.95, 0.0};
  CHECK(corrected_share(20, 100, known)->value == Approx((0.2 + 0.95 - 1) / 0.85));
  CHECK(corrected_share(1, 100, known)->value == 0.0);  // fewer than false alarms alone
  CHECK(corrected_share(100, 100, known)->value == 1.0);
  CHECK_FALSE(corrected_share(0, 0, known));
  known.specificity = Rate{0.05, 0.0};
  CHECK_FALSE(corrected_share(20, 100, known));  // no better than chance
}

TEST_CASE("where a tag was not looked at, nothing is said of recall", "[insight]") {
  auto strata = two_tags();
  strata[1].labels = {};
  CHECK(tag_accuracy(strata)[0].precision);
  CHECK_FALSE(tag_accuracy(strata)[0].recall);
  CHECK_FALSE(corrected_share(1, 2, tag_accuracy(strata)[0]));
  strata[1].mentions = 0;
  CHECK(tag_accuracy(strata)[0].recall->value == 1.0);
  CHECK(tag_accuracy({}).empty());
}

TEST_CASE("a sample without errors still leaves doubt", "[insight]") {
  const std::vector<AuditStratum> perfect{{Tag::complaint, 1000, {0, 20, 0, 0, 0}},
                                          {Tag::other, 1000, {0, 0, 0, 0, 20}}};
  const auto accuracy = tag_accuracy(perfect);
  CHECK(accuracy[0].recall->value == 1.0);
  CHECK(accuracy[0].recall->interval.low < 0.98);
  const auto share = corrected_share(1000, 2000, accuracy[0]);
  CHECK(share->interval.high - share->interval.low > 0.02);
}

TEST_CASE("parts of what a person would find add up to all of it", "[insight]") {
  const auto accuracy = tag_accuracy(two_tags());
  const std::vector<TaggedCount> brands{{300, 1000}, {200, 1000}, {0, 0}};
  const auto parts = corrected_parts(brands, accuracy[0]);
  REQUIRE(parts.size() == 3);
  CHECK_FALSE(parts[2]);
  // (0.3 − 0.05) / 0.75 against (0.2 − 0.05) / 0.75.
  CHECK(parts[0]->value == Approx(0.25 / 0.40));
  CHECK(parts[0]->value + parts[1]->value == Approx(1.0));
  CHECK(parts[0]->interval.low < 0.625);
  CHECK(parts[0]->interval.high > 0.625);
  CHECK_FALSE(corrected_parts(std::vector<TaggedCount>{{0, 100}}, TagAccuracy{})[0]);
}
