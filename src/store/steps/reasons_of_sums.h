#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which.

// A reason may look at the sums of the other rules.
inline constexpr std::string_view reasons_of_sums = R"sql(
DROP VIEW v_why;
CREATE VIEW v_why AS
WITH listed AS (
  SELECT printf('%016x', m.id) AS mention, p.revision AS revision, v.why AS list, j.key AS place,
    -- As many items as there are firings.
    '[' || substr(replace(hex(zeroblob(length(v.why) / 4)), '00', ',0'), 2) || ']' AS places
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules,
    json_each('[' || substr(replace(hex(zeroblob(length(v.why) / 4)), '00', ',0'), 2) || ']') j
), hit AS (
  SELECT mention, revision,
    (unicode(substr(list, 4 * place + 1, 1)) - 1) * 32768
      + unicode(substr(list, 4 * place + 2, 1)) - 1 AS firing,
    (SELECT sum(c - iif(c < 65536, 1, 12288)) FROM (
      SELECT unicode(substr(list, 4 * g.key + 3, 1)) AS c FROM json_each(places) g
      WHERE g.key <= place)) AS "begin",
    (SELECT c - iif(c < 65536, 2, 12289) FROM (
      SELECT unicode(substr(list, 4 * place + 4, 1)) AS c)) AS length
  FROM listed
  UNION ALL
  SELECT printf('%016x', m.id), p.revision, j.value, NULL, -1
  FROM mention m JOIN post p ON p.id = m.post
  JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules
  JOIN shared_reasons x ON x.id = v.shared, json_each(x.rows) j
)
SELECT h.mention AS mention,
  CASE l.axis WHEN 0 THEN 'tag' WHEN 1 THEN 'polarity' WHEN 2 THEN 'act' WHEN 3 THEN 'stage'
    WHEN 4 THEN 'intent' WHEN 5 THEN 'service' WHEN 6 THEN 'cycle' WHEN 7 THEN 'theme'
    WHEN 8 THEN 'recovery' END AS axis,
  l.value AS value,
  l.rule AS rule,
  CASE l.field WHEN 0 THEN 'text' WHEN 1 THEN 'title' WHEN 2 THEN 'rating'
    WHEN 3 THEN 'sums' END AS field,
  iif(h.length < 0, NULL, h."begin") AS "begin",
  iif(h.length < 0, NULL, h."begin" + h.length) AS "end",
  CASE WHEN h.length >= 0 THEN CAST(substr(
    CAST(CASE l.field WHEN 1 THEN r.title ELSE r.text END AS BLOB),
    h."begin" + 1, h.length) AS TEXT) END AS quote,
  CAST(json_extract(k.value, '$[1]') AS REAL) AS contribution
FROM hit h JOIN firing f ON f.id = h.firing, json_each(f.rows) k
JOIN label l ON l.id = json_extract(k.value, '$[0]')
JOIN revision r ON r.id = h.revision;
)sql";

}  // namespace testigo::store
