#include <catch2/catch.hpp>

#include "app/configuration.h"
#include "core/embedded.h"

using namespace testigo;

TEST_CASE("the demo's configuration reads once its port is filled in", "[serve][demo]") {
  std::string text;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "data/demo/testigo.toml") text = file.bytes;
  REQUIRE_FALSE(text.empty());
  constexpr std::string_view placeholder = "{port}";
  for (std::size_t at = 0; (at = text.find(placeholder)) != std::string::npos;)
    text.replace(at, placeholder.size(), "8090");
  const auto configuration = app::parse_configuration("testigo.toml", text);
  if (!configuration) FAIL(describe(configuration.error()));
  REQUIRE(configuration->brands.size() == 2);
  CHECK(configuration->brands.front().watches.size() == 4);
  CHECK(configuration->fetch.allow_hosts == std::vector<std::string>{"127.0.0.1:8090"});
}
