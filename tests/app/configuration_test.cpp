#include "app/configuration.h"

#include <catch2/catch.hpp>

using namespace testigo;
using app::parse_configuration;

namespace {

constexpr std::string_view whole = R"(
store = "s.db"
contact = "mailto:a@example.com"
timezone = "Europe/Madrid"
[fetch]
gap = 0.5
max_time = "2h"
[brand.acme]
name = "Acme Cloud"
query = '"acme cloud" OR acmecloud'
competitors = ["globex"]
[[brand.acme.watch]]
source = "appstore"
app_id = 284882215
country = ["es", "ro"]
every = "6h"
match = "all"
)";

std::string error_of(std::string_view text) {
  const auto read = parse_configuration("dir/testigo.toml", text);
  REQUIRE_FALSE(read.has_value());
  return describe(read.error());
}

}  // namespace

TEST_CASE("a configuration is read whole", "[app]") {
  const auto read = parse_configuration("dir/testigo.toml", whole);
  REQUIRE(read.has_value());
  CHECK(read->folder == "dir");
  CHECK(read->store == "s.db");
  CHECK(read->fetch.gap == std::chrono::milliseconds(500));
  CHECK(read->fetch.max_time == std::chrono::hours(2));
  const app::BrandSettings* acme = read->find_brand(BrandId("acme"));
  REQUIRE(acme != nullptr);
  REQUIRE(acme->watches.size() == 1);
  const app::WatchSettings& watch = acme->watches[0];
  CHECK(watch.every == std::chrono::hours(6));
  CHECK(watch.matching == app::Matching::all);
  CHECK(watch.key == "acme/appstore/app_id=284882215,country=es|ro");
}

TEST_CASE("a competitor without a section is listened for by its name", "[app]") {
  const auto read = parse_configuration("testigo.toml", whole);
  REQUIRE(read.has_value());
  const app::BrandSettings* globex = read->find_brand(BrandId("globex"));
  REQUIRE(globex != nullptr);
  CHECK(globex->query == "\"globex\"");
  CHECK(globex->watches.empty());
}

TEST_CASE("a competitor that is nearly a section's name is misspelt", "[app]") {
  const std::string error =
      error_of("[brand.acme]\ncompetitors = [\"globx\"]\n[brand.globex]\nname = \"Globex\"\n");
  CHECK(error.find("testigo.toml:1") != std::string::npos);
  CHECK(error.find("did you mean \"globex\"?") != std::string::npos);
  CHECK(parse_configuration("testigo.toml",
                            "[brand.acme]\ncompetitors = [\"globx\"]\n[brand.globex]\n"
                            "name = \"Globex\"\n[brand.globx]\nname = \"Globx\"\n")
            .has_value());
}

TEST_CASE("whom to write to is one line, since it goes into each request's head", "[app]") {
  const std::string error = error_of("contact = \"mailto:x@y.example\\r\\nX-Evil: 1\"");
  CHECK(error.find("testigo.toml:1:11") != std::string::npos);
  CHECK(error.find("mailto:you@example.com") != std::string::npos);
  CHECK(parse_configuration("t.toml", "contact = \"https://bücher.example/about us\"").has_value());
}

TEST_CASE("a gap that is no number and hosts that are none are refused", "[app]") {
  CHECK(error_of("[fetch]\ngap = nan").find("testigo.toml:2:7") != std::string::npos);
  for (const char* host : {"http://x.example/", "*", "10.0.0.0/8", "", "a b", "x.example:port"}) {
    INFO(host);
    const std::string error = error_of("[fetch]\nallow_hosts = [\"" + std::string(host) + "\"]");
    CHECK(error.find("testigo.toml:2:15") != std::string::npos);
    CHECK(error.find("intranet.example") != std::string::npos);
  }
  CHECK(parse_configuration(
            "t.toml",
            "[fetch]\nallow_hosts = [\"localhost\", \"10.1.2.3\", \"[::1]\", \"::1\", "
            "\"[::1]:8080\", \"intranet.example:8080\", \"*.corp.example\"]")
            .has_value());
}

TEST_CASE("a store is a file", "[app]") {
  const std::string error = error_of("store = \"postgresql://anna:secret@db.example/x\"");
  CHECK(error.find("testigo.toml:1:9") != std::string::npos);
  CHECK(error.find("testigo.db") != std::string::npos);
  CHECK(error.find("secret") == std::string::npos);
}

TEST_CASE("where each value of a watch stands is known", "[app]") {
  const auto read = parse_configuration("dir/testigo.toml", whole);
  REQUIRE(read.has_value());
  const app::WatchSettings& watch = read->find_brand(BrandId("acme"))->watches[0];
  CHECK(watch.value_where.at("app_id") == "dir/testigo.toml:14:10");
}

TEST_CASE("what is wrong is said with its place and the mend", "[app]") {
  CHECK(error_of("[brand.a]\nqery = \"x\"").find("testigo.toml:2:1") != std::string::npos);
  CHECK(error_of("[brand.a]\nqery = \"x\"").find("query") != std::string::npos);
  CHECK(error_of("[[brand.a.watch]]\nevery = \"6h\"").find("source") != std::string::npos);
  CHECK(error_of("[[brand.a.watch]]\nsource = \"x\"\nevery = \"6 hours\"").find("6h") !=
        std::string::npos);
  CHECK(error_of("[[brand.a.watch]]\nsource = \"x\"\nmatch = \"some\"").find("all") !=
        std::string::npos);
  CHECK(error_of("[fetch]\nconnections = 0").find("1 or more") != std::string::npos);
  CHECK(error_of("[fetch]\ngap = -1").find("0 to 3600") != std::string::npos);
}

TEST_CASE("the same watch twice is refused with both places", "[app]") {
  const std::string error = error_of(
      "[[brand.a.watch]]\nsource = \"x\"\n[[brand.a.watch]]\nsource = \"x\"\nevery = \"1h\"\n");
  CHECK(error.find("testigo.toml:3") != std::string::npos);
  CHECK(error.find("testigo.toml:1") != std::string::npos);
}

TEST_CASE("notes are read in order of their days", "[app]") {
  const auto read = parse_configuration("testigo.toml", R"(
[brand.acme]
[[note]]
day = 2026-10-05
text = "price up"
brand = "acme"
[[note]]
day = "2026-09-24"
text = "app 3.2 is out"
)");
  REQUIRE(read.has_value());
  REQUIRE(read->notes.size() == 2);
  CHECK(read->notes[0].text == "app 3.2 is out");
  CHECK_FALSE(read->notes[0].brand.has_value());
  CHECK(to_string(read->notes[1].day) == "2026-10-05");
  CHECK(read->notes[1].brand == BrandId("acme"));
  CHECK(error_of("[[note]]\ntext = 'x'").find("testigo.toml:1:1: a note needs its day") !=
        std::string::npos);
  CHECK(error_of("[[note]]\nday = 2026-13-05\ntext = 'x'").find("malformed") == std::string::npos);
  CHECK(error_of("[[note]]\nday = '5 May'\ntext = 'x'").find("needs its day") != std::string::npos);
  CHECK(error_of("[[note]]\nday = 2026-10-05\ntext = 'x'\nbrand = 'acme'")
            .find("there is no brand \"acme\"") != std::string::npos);
  CHECK(error_of("note = 'x'").find("[[note]]") != std::string::npos);
}

TEST_CASE("intervals have a unit", "[app]") {
  CHECK(app::parse_interval("90s") == std::chrono::seconds(90));
  CHECK(app::parse_interval("2w") == std::chrono::hours(14 * 24));
  for (const auto* text : {"", "6", "h", "0h", "-1h", "6hours", "1e3h", "99999999999h"})
    CHECK_FALSE(app::parse_interval(text).has_value());
}
