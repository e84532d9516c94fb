#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which. How many items the answers of a run
// listed, and how many of them were left out because their source drifted; of earlier runs neither
// is known, which counts as none.
inline constexpr std::string_view coverage_items = R"sql(
ALTER TABLE coverage ADD COLUMN items INTEGER NOT NULL DEFAULT 0;
ALTER TABLE coverage ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
DROP VIEW v_coverage;
CREATE VIEW v_coverage AS
SELECT c.run AS run, b.name AS brand, s.name AS source, c.asked AS asked, c.allowed AS allowed,
  c.blocked AS blocked, c.refused_by_page AS refused_by_page, c.capped AS capped,
  c.failed AS failed, c.empty AS empty, c.unchanged AS unchanged, c.items AS items,
  c.left_out AS left_out
FROM coverage c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source;
)sql";

}  // namespace testigo::store
