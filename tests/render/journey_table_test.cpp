#include "render/journey_table.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

std::vector<NamedMoment> journey() {
  const std::vector<MomentSums> sums = {{"zmot", 40, {10, 30, 0, 0}}, {"smot", 60, {50, 10, 0, 0}}};
  const std::vector<MomentSpec> framework = {{"zmot", {"zmot"}}, {"smot", {"smot"}}};
  std::vector<NamedMoment> named;
  for (Moment& moment : make_journey(sums, framework))
    named.push_back({moment, moment.id == "zmot" ? "Momento cero" : "Segundo \x1b[2J"});
  return named;
}

}  // namespace

TEST_CASE("a journey is drawn in the reader's language with its weakest link", "[render]") {
  CHECK("\n" + render_journey("acme", journey(), Ui::es, {70, false}) ==
        "\nacme\n"
        "  momento       menciones       positivas     negativas   neto\n"
        "▸ Momento cero         40    25% [14, 40]  75% [60, 86]  -0.50\n"
        "  Segundo �[2J         60    83% [72, 91]   17% [9, 28]  +0.67\n"
        "eslabón más débil: Momento cero -0.50 [-0.77, -0.23], con certeza por debajo de los "
        "demás\n");
  CHECK(render_journey("acme", {}, Ui::ro, {}) == "acme\nnu s-a spus nimic\n");
}

TEST_CASE("a journey as rows has every figure", "[render]") {
  const Rows rows = journey_rows("five_moments", journey());
  REQUIRE(rows.rows.size() == 2);
  CHECK(rows.rows[0].size() == rows.columns.size());
  CHECK(rows.rows[0][19] == Value(true));
  CHECK(parse_ui("ro") == Ui::ro);
  CHECK_FALSE(parse_ui("fr").has_value());
}
