#include "app/moments.h"

#include <catch2/catch.hpp>

#include "core/embedded.h"

namespace testigo::app {
namespace {

Moments built_in() {
  auto files = rule_files(embedded_files(), std::nullopt);
  REQUIRE(files);
  auto moments = Moments::load(*files);
  if (!moments) FAIL(describe(moments.error()));
  return *moments;
}

std::string fault(std::string bytes) {
  const std::vector<RuleFile> files = {{"own/moments.toml", std::move(bytes), true}};
  const auto moments = Moments::load(files);
  return moments ? "" : moments.error().where + ": " + moments.error().what;
}

constexpr const char* head = "[[framework]]\nid = \"f\"\nname = { en = \"F\" }\n";

}  // namespace

TEST_CASE("the built-in frameworks are named in three languages", "[app]") {
  const Moments moments = built_in();
  REQUIRE(moments.frameworks().size() >= 7);
  for (const Framework& framework : moments.frameworks()) {
    CAPTURE(framework.id);
    for (const char* language : {"en", "es", "ro"}) {
      CHECK(framework.name.contains(language));
      for (const NameInLanguages& name : framework.names) CHECK(name.contains(language));
    }
  }
  CHECK((*moments.find("service_cycle"))->axis == JourneyAxis::cycle);
  CHECK((*moments.find("glory_pain"))->axis == JourneyAxis::degree);
  CHECK(name_in(moments.other(), "es") == "Otros");
  CHECK(name_in(moments.other(), "fr") == "Other");
}

TEST_CASE("an unknown framework is answered with the nearest", "[app]") {
  const Moments moments = built_in();
  CHECK(moments.find("five_moment").error().what.find("did you mean \"five_moments\"") !=
        std::string::npos);
  CHECK(moments.find("x").error().what.find("there are five_moments, ") != std::string::npos);
}

TEST_CASE("a framework of one's own that is wrong says where", "[app]") {
  const std::string moment = "[[framework.moment]]\nid = \"m\"\nname = { en = \"M\" }\n";
  CHECK(fault(head + moment + "stage = [\"zmot\"]\n").empty());
  CHECK(fault(head).find("at least one [[framework.moment]]") != std::string::npos);
  CHECK(fault(head + moment + "stage = [\"zmott\"]\n").find("did you mean \"zmot\"") !=
        std::string::npos);
  CHECK(fault(head + moment + "stage = [\"zmot\", \"zmot\"]\n").find("another moment already") !=
        std::string::npos);
  CHECK(fault(head + moment + "stage = [\"zmot\"]\n" + moment + "degree = [\"pain\"]\n")
            .find("gather by one axis") != std::string::npos);
  CHECK(fault("[[framework]]\nid = \"f\"\nname = { es = \"F\" }\n").find("own/moments.toml:3") ==
        0);
  CHECK(fault("[[framework]\n").find("own/moments.toml:1") == 0);
}

}  // namespace testigo::app
