#pragma once

#include <string_view>

#include "store/facet_side.h"
#include "store/post_url.h"

namespace testigo::store {

// The views of a store: what `testigo sql` and other programs read. Names of values are those of
// core/verdict.h, instants are ISO 8601, ids sixteen hexadecimal digits.
//
// Views that others are joined with make the id that they share within a query of their own, which
// LIMIT -1 keeps apart: SQLite joins on a column of it by an index made for the while, on an
// expression row by row with every row.
inline constexpr std::string_view views =
    R"sql(
CREATE VIEW v_mentions AS
SELECT printf('%016x', m.id) AS id,
  printf('%016x', p.key) AS post,
  b.name AS brand,
  s.name AS source,
  )sql" TESTIGO_POST_OR_PAGE_URL R"sql( AS url,
  CASE WHEN p.parent IS NOT NULL THEN printf('%016x', p.parent) END AS parent,
  p.author AS author,
  p.item AS item,
  p.location AS location,
  p.app_version AS app_version,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.posted_at / 1000, 'unixepoch') AS posted_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.collected_at / 1000, 'unixepoch') AS collected_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.gone_at / 1000, 'unixepoch') AS gone_at,
  v.language AS language,
  r.rating AS rating,
  r.rating_best AS rating_best,
  r.title AS title,
  r.text AS text,
  CASE m.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE coalesce(m.polarity, v.polarity) WHEN 0 THEN 'positive' WHEN 1 THEN 'negative'
    WHEN 2 THEN 'mixed' WHEN 3 THEN 'neutral' END AS polarity,
  m.score AS score,
  v.confidence AS confidence,
  CASE v.act WHEN 0 THEN 'recommend' WHEN 1 THEN 'warn' WHEN 2 THEN 'praise' WHEN 3 THEN 'complain'
    WHEN 4 THEN 'ask' WHEN 5 THEN 'compare' WHEN 6 THEN 'suggest' WHEN 7 THEN 'request'
    WHEN 8 THEN 'reply' WHEN 9 THEN 'promote' WHEN 10 THEN 'report' END AS act,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  CASE v.intent WHEN 0 THEN 'buy' WHEN 1 THEN 'repurchase' WHEN 2 THEN 'churn'
    WHEN 3 THEN 'switch' END AS intent,
  CASE v.degree WHEN 0 THEN 'very_pain' WHEN 1 THEN 'pain' WHEN 2 THEN 'none' WHEN 3 THEN 'glory'
    WHEN 4 THEN 'very_glory' END AS degree,
  p.reach AS reach,
  strftime('%Y-%m-%dT%H:%M:%SZ', p.owner_reply_at / 1000, 'unixepoch') AS owner_reply_at,
  CASE WHEN p.copy_of IS NOT NULL THEN printf('%016x', p.copy_of) END AS copy_of,
  m.corrected AS corrected,
  e.file || ':' || e.offset AS evidence
FROM mention m
JOIN post p ON p.id = m.post
JOIN brand b ON b.id = m.brand
JOIN source s ON s.id = p.source
JOIN revision r ON r.id = p.revision
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules
LEFT JOIN post_page g ON g.id = p.page
LEFT JOIN evidence e ON e.id = r.evidence;
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
CREATE VIEW v_themes AS
SELECT m.mention AS mention, f.name AS name,
  CASE )sql" TESTIGO_OWN_FACET
    R"sql( WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules, polarity, score
  FROM mention LIMIT -1) m
JOIN post p ON p.id = m.post
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7 WHERE j.type = 'integer';
CREATE VIEW v_service AS
SELECT m.mention AS mention, f.name AS name,
  CASE )sql" TESTIGO_OWN_FACET
    R"sql( WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity
FROM (SELECT printf('%016x', id) AS mention, post, rules, polarity, score
  FROM mention LIMIT -1) m
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
CREATE VIEW v_daily AS
SELECT b.name AS brand, date(d.day * 86400, 'unixepoch') AS day, d.dated AS dated, s.name AS source,
  d.language AS language,
  CASE d.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE d.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE d.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  d.mentions AS mentions, d.score_sum / 10000.0 AS score_sum,
  d.rating_sum / 10000.0 AS rating_sum, d.rated AS rated
FROM daily d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source;
CREATE VIEW v_hourly AS
SELECT b.name AS brand, strftime('%Y-%m-%dT%H:00:00Z', d.hour * 3600, 'unixepoch') AS hour,
  d.dated AS dated, s.name AS source, d.language AS language,
  CASE d.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE d.polarity WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE d.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  d.mentions AS mentions, d.score_sum / 10000.0 AS score_sum,
  d.rating_sum / 10000.0 AS rating_sum, d.rated AS rated
FROM hourly d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source;
CREATE VIEW v_split_daily AS
SELECT b.name AS brand, date(d.day * 86400, 'unixepoch') AS day,
  CASE d.split WHEN 0 THEN 'source' WHEN 1 THEN 'language' WHEN 2 THEN 'stage'
    WHEN 3 THEN 'theme' END AS split,
  CASE d.split WHEN 0 THEN (SELECT name FROM source WHERE id = d.value)
    WHEN 2 THEN CASE d.value WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot'
      WHEN 3 THEN 'amot' WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END
    ELSE d.value END AS value,
  d.mentions AS mentions, d.advocacy AS advocacy, d.complaint AS complaint, d.mixed AS mixed,
  d.question AS question, d.other AS other, d.positive AS positive, d.negative AS negative,
  d.mixed_polarity AS mixed_polarity, d.neutral AS neutral,
  d.score_sum / 10000.0 AS score_sum, d.rating_sum / 10000.0 AS rating_sum,
  d.star1 + d.star2 + d.star3 + d.star4 + d.star5 AS rated,
  d.star1 AS star1, d.star2 AS star2, d.star3 AS star3, d.star4 AS star4, d.star5 AS star5
FROM split_day d JOIN brand b ON b.id = d.brand;
CREATE VIEW v_theme_daily AS
SELECT b.name AS brand, date(m.day * 86400, 'unixepoch') AS day, p.dated AS dated, s.name AS source,
  v.language AS language, f.name AS theme,
  CASE m.tag WHEN 0 THEN 'advocacy' WHEN 1 THEN 'complaint' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'question' WHEN 4 THEN 'other' END AS tag,
  CASE )sql" TESTIGO_OWN_FACET
    R"sql( WHEN 0 THEN 'positive' WHEN 1 THEN 'negative' WHEN 2 THEN 'mixed'
    WHEN 3 THEN 'neutral' END AS polarity,
  CASE v.stage WHEN 0 THEN 'pre_zmot' WHEN 1 THEN 'zmot' WHEN 2 THEN 'fmot' WHEN 3 THEN 'amot'
    WHEN 4 THEN 'smot' WHEN 5 THEN 'umot' END AS stage,
  count(*) AS mentions,
  sum(CAST(round(coalesce(m.score, 0) * 10000) AS INTEGER)) / 10000.0 AS score_sum,
  coalesce(sum(r.stars), 0) / 10000.0 AS rating_sum, count(r.stars) AS rated
FROM mention m JOIN brand b ON b.id = m.brand JOIN post p ON p.id = m.post
JOIN source s ON s.id = p.source JOIN revision r ON r.id = p.revision
JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j
JOIN facet f ON f.id = j.value AND f.axis = 7
WHERE j.type = 'integer' AND p.copy_of IS NULL AND p.by_brand = 0
  AND (v.act IS NULL OR v.act NOT IN (8, 9))
GROUP BY b.name, m.day, p.dated, s.name, v.language, f.name, m.tag, 8, v.stage;
CREATE VIEW v_looks AS
SELECT b.name AS brand, s.name AS source,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.looked_from / 1000, 'unixepoch') AS looked_from,
  strftime('%Y-%m-%dT%H:%M:%SZ', l.looked_to / 1000, 'unixepoch') AS looked_to
FROM look l LEFT JOIN brand b ON b.id = l.brand LEFT JOIN source s ON s.id = l.source;
CREATE VIEW v_runs AS
SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', started / 1000, 'unixepoch') AS started,
  strftime('%Y-%m-%dT%H:%M:%SZ', ended / 1000, 'unixepoch') AS ended,
  exit, pages, posts, new_mentions, rules
FROM run;
CREATE VIEW v_coverage AS
SELECT c.run AS run, b.name AS brand, s.name AS source, c.asked AS asked, c.allowed AS allowed,
  c.blocked AS blocked, c.refused_by_page AS refused_by_page, c.capped AS capped,
  c.failed AS failed, c.empty AS empty, c.unchanged AS unchanged, c.items AS items,
  c.left_out AS left_out
FROM coverage c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source;
CREATE VIEW v_coverage_reasons AS
SELECT c.run AS run, b.name AS brand, s.name AS source, c.reason AS reason, c.requests AS requests
FROM coverage_reason c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source;
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
CREATE VIEW v_erasures AS
SELECT e.id AS id, strftime('%Y-%m-%dT%H:%M:%SZ', e.at / 1000, 'unixepoch') AS at,
  e.reason AS reason, e.posts AS posts, e.revisions AS revisions, e.mentions AS mentions,
  e.verdicts AS verdicts, e.corrections AS corrections, e.requests AS requests,
  e.records AS records, e.digest AS digest,
  strftime('%Y-%m-%dT%H:%M:%SZ', e.finished_at / 1000, 'unixepoch') AS finished_at
FROM erasure e;
)sql";

}  // namespace testigo::store
