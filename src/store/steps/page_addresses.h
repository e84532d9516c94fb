#pragma once

#include <string_view>

namespace testigo::store {

// A post without a permalink of its own has the address of the page that it stands on.
inline constexpr std::string_view page_addresses = R"sql(
DROP VIEW v_mentions;
CREATE VIEW v_mentions AS
SELECT printf('%016x', m.id) AS id,
  printf('%016x', p.key) AS post,
  b.name AS brand,
  s.name AS source,
  coalesce(iif(substr(p.url, 1, 1) IN ('', '#'), g.url || p.url, p.url), g.url) AS url,
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
)sql";

}  // namespace testigo::store
