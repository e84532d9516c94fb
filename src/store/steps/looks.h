#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which. When sources were looked at, so that
// silence can be told from not having looked.
inline constexpr std::string_view look_table = R"sql(
CREATE TABLE look (
  brand INTEGER NOT NULL,    -- 0: any
  source INTEGER NOT NULL,   -- 0: any
  looked_from INTEGER NOT NULL,
  looked_to INTEGER NOT NULL,
  PRIMARY KEY (brand, source, looked_from)
) STRICT, WITHOUT ROWID;
INSERT INTO look
SELECT c.brand, c.source, r.looked_from, max(r.looked_to) FROM run r JOIN coverage c ON c.run = r.id
WHERE r.looked_from IS NOT NULL AND c.asked > c.failed GROUP BY 1, 2, 3;
INSERT INTO look
SELECT 0, 0, r.looked_from, max(r.looked_to) FROM run r
WHERE r.looked_from IS NOT NULL AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.run = r.id)
GROUP BY r.looked_from;
CREATE VIEW v_looks AS
SELECT b.name AS brand, s.name AS source,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.looked_from / 1000, 'unixepoch') AS looked_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.looked_to / 1000, 'unixepoch') AS looked_to
FROM look l LEFT JOIN brand b ON b.id = l.brand LEFT JOIN source s ON s.id = l.source;
)sql";

}  // namespace testigo::store
