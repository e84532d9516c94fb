#pragma once

#include <string_view>

namespace testigo::store {

// Views that are joined on the id of a mention or a post have it as a column of a query that
// LIMIT -1 keeps apart: on an expression a join takes each row with every other.
inline constexpr std::string_view joined_views = R"sql(
DROP VIEW v_why;
DROP VIEW v_themes;
DROP VIEW v_service;
DROP VIEW v_verdicts;
DROP VIEW v_corrections;
DROP VIEW v_audits;
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
  CASE l.field WHEN 0 THEN 'text' WHEN 1 THEN 'title' WHEN 2 THEN 'rating' END AS field,
  iif(h.length < 0, NULL, h."begin") AS "begin",
  iif(h.length < 0, NULL, h."begin" + h.length) AS "end",
  CASE WHEN h.length >= 0 THEN CAST(substr(
    CAST(CASE l.field WHEN 1 THEN r.title ELSE r.text END AS BLOB),
    h."begin" + 1, h.length) AS TEXT) END AS quote,
  CAST(json_extract(k.value, '$[1]') AS REAL) AS contribution
FROM hit h JOIN firing f ON f.id = h.firing, json_each(f.rows) k
JOIN label l ON l.id = json_extract(k.value, '$[0]')
JOIN revision r ON r.id = h.revision;
CREATE VIEW v_themes AS
SELECT m.mention AS mention, f.name AS name,
  CASE f.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules FROM mention LIMIT -1) m
JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer';
CREATE VIEW v_service AS
SELECT m.mention AS mention, f.name AS name,
  CASE f.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules FROM mention LIMIT -1) m
JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 5 WHERE j.type = 'integer';
CREATE VIEW v_verdicts AS
SELECT p.post AS post,
  v.revision AS revision,
  x.hash AS rules,
  EXISTS (SELECT 1 FROM mention m WHERE m.post = p.id AND m.rules = v.rules) AS current,
  v.language AS language,
  CASE v.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE v.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  v.score AS score,
  v.confidence AS confidence,
  CASE v.act WHEN 0 THEN 'recommend' WHEN 1 THEN 'warn' WHEN 2 THEN 'praise' WHEN 3 THEN 'complain'
    WHEN 4 THEN 'ask' WHEN 5 THEN 'compare' WHEN 6 THEN 'suggest' WHEN 7 THEN 'request'
    WHEN 8 THEN 'reply' WHEN 9 THEN 'promote' WHEN 10 THEN 'report' END AS act,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage
FROM (SELECT printf('%016x', key) AS post, id, revision FROM post LIMIT -1) p
JOIN verdict v ON v.revision = p.revision JOIN rules x ON x.id = v.rules;
CREATE VIEW v_corrections AS
SELECT c.about AS mention,
  strftime('%Y-%m-%dT%H:%M:%SZ', c.at / 1000, 'unixepoch') AS at,
  c.person AS person,
  c.note AS note,
  CASE c.was WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS was,
  CASE c.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  c.undone AS undone
FROM (SELECT printf('%016x', mention) AS about, * FROM correction LIMIT -1) c;
CREATE VIEW v_audits AS
SELECT i.audit AS audit, b.name AS brand,
  strftime('%Y-%m-%dT%H:%M:%SZ', a.at / 1000, 'unixepoch') AS drawn_at,
  i.about AS mention,
  CASE i.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE i.label WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS label,
  i.person AS person,
  strftime('%Y-%m-%dT%H:%M:%SZ', i.at / 1000, 'unixepoch') AS labelled_at
FROM (SELECT printf('%016x', mention) AS about, * FROM audit_item LIMIT -1) i
JOIN audit a ON a.id = i.audit LEFT JOIN brand b ON b.id = a.brand;
)sql";

}  // namespace testigo::store
