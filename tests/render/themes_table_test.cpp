#include "render/themes_table.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

TEST_CASE("themes are drawn with their intervals, what is not known with a dash", "[render]") {
  const std::vector<ThemeSums> now = {{"app", 40, {10, 30, 0, 0}}, {"price", 4, {1, 3, 0, 0}}};
  const std::vector<ThemeSums> before = {{"app", 9, {9, 0, 0, 0}}};
  const Exposure whole{30, 30};
  const auto ranked = [&](std::span<const ThemeSums> earlier, const Exposure& seen) {
    return RankedThemes{rank_themes(now, earlier, whole, seen), whole, seen};
  };
  CHECK("\n" + render_themes(ranked(before, whole), {}) == R"(
theme  mentions  pain    95% interval  growth  95% interval   rank
app          40   75%    [60%, 86%]      ×4.1  [2.1, 8.2]    123.0
price         4   75% ~  [30%, 95%]      ×5.0  [0.6, 42.8]    15.0
~ of fewer than 30: read with care
)");
  const std::string unseen = render_themes(ranked({}, {0, 30}), {});
  CHECK(unseen.find("–") != std::string::npos);
  CHECK(unseen.find("the period before was not seen") != std::string::npos);
  const std::string in_part = render_themes(ranked(before, {10, 30}), {});
  CHECK(in_part.find("×1.4") != std::string::npos);
  CHECK(in_part.find("seen 30 of 30 days, before 10 of 30") != std::string::npos);
  CHECK(render_themes({}, {}) == "nothing was said\n");
  const Rows rows = theme_rows(ranked({}, {0, 30}));
  REQUIRE(rows.rows.size() == 2);
  CHECK(rows.rows[0].size() == rows.columns.size());
  CHECK(rows.rows[0][7] == Value());
}
