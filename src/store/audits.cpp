#include "store/audits.h"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <tuple>

#include "core/digest.h"
#include "store/answer.h"
#include "store/connection.h"
#include "store/mention_docs.h"

namespace testigo::store {

namespace {

// Mentions of one tag, source and language, and how many of them are drawn.
using StratumKey = std::tuple<int, std::int64_t, std::string>;
struct Stratum {
  std::int64_t mentions = 0;
  std::size_t wanted = 0;
};
using Strata = std::map<StratumKey, Stratum>;

struct Drawn {
  std::uint64_t rank = 0;
  std::int64_t mention = 0;
  int tag = 0;
  friend auto operator<=>(const Drawn&, const Drawn&) = default;
};

std::uint64_t rank_of(std::uint64_t seed, std::int64_t mention) {  // splitmix64
  std::uint64_t x = static_cast<std::uint64_t>(mention) + seed * 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

// id, tag, source, language of all that may be drawn.
Rows candidates(Connection& c, const AuditScope& scope) {
  std::optional<std::int64_t> brand;
  if (scope.brand)
    brand = c.integer("SELECT id FROM brand WHERE name = ?1", *scope.brand).value_or(0);
  const auto days = [](const std::optional<Day>& day, std::int64_t otherwise) {
    return day ? std::int64_t{day->days.time_since_epoch().count()} : otherwise;
  };
  return c.query(
      "SELECT m.id, m.tag, p.source, v.language FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.tag IS NOT NULL AND m.corrected = 0 AND p.copy_of IS NULL AND p.by_brand = 0 "
      "AND (v.act IS NULL OR v.act NOT IN (8, 9)) "  // reply, promote
      "AND (?1 IS NULL OR m.brand = ?1) AND m.day >= ?2 AND m.day < ?3",
      brand, days(scope.since, std::numeric_limits<std::int64_t>::min()),
      days(scope.until, std::numeric_limits<std::int64_t>::max()));
}

Strata count_strata(Connection& c, const AuditScope& scope) {
  Strata strata;
  Rows rows = candidates(c, scope);
  while (rows.step())
    ++strata[{static_cast<int>(rows.integer(1)), rows.integer(2), std::string(rows.text(3))}]
          .mentions;
  return strata;
}

// Shares `sample` among amounts: evenly, none more than it has.
std::map<int, std::size_t> shared_evenly(const std::map<int, std::int64_t>& amounts,
                                         std::size_t sample) {
  std::map<int, std::size_t> given;
  bool some_has_left = true;
  while (sample > 0 && some_has_left) {
    some_has_left = false;
    for (const auto& [tag, amount] : amounts) {
      if (sample == 0 || std::cmp_equal(given[tag], amount)) continue;
      ++given[tag];
      --sample;
      some_has_left = true;
    }
  }
  return given;
}

// Within each tag in proportion, the largest remainders first.
void share_within_tags(Strata& strata, const std::map<int, std::int64_t>& amounts,
                       const std::map<int, std::size_t>& given) {
  for (const auto& [tag, wanted] : given) {
    std::vector<std::pair<double, Stratum*>> remainders;
    std::size_t left = wanted;
    for (auto& [key, stratum] : strata) {
      if (std::get<0>(key) != tag) continue;
      const double exact = static_cast<double>(wanted) * static_cast<double>(stratum.mentions) /
                           static_cast<double>(amounts.at(tag));
      stratum.wanted = static_cast<std::size_t>(exact);
      left -= stratum.wanted;
      remainders.emplace_back(exact - static_cast<double>(stratum.wanted), &stratum);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [remainder, stratum] : remainders)
      if (left > 0 && std::cmp_less(stratum->wanted, stratum->mentions)) {
        ++stratum->wanted;
        --left;
      }
  }
}

// Of each stratum those whose rank is lowest.
std::vector<Drawn> draw(Connection& c, const AuditScope& scope, const Strata& strata,
                        std::uint64_t seed) {
  std::map<StratumKey, std::priority_queue<Drawn>> lowest;
  {
    Rows rows = candidates(c, scope);
    while (rows.step()) {
      StratumKey key{static_cast<int>(rows.integer(1)), rows.integer(2), std::string(rows.text(3))};
      const auto stratum = strata.find(key);
      if (stratum == strata.end() || stratum->second.wanted == 0) continue;
      auto& heap = lowest[key];
      heap.push({rank_of(seed, rows.integer(0)), rows.integer(0), std::get<0>(key)});
      if (heap.size() > stratum->second.wanted) heap.pop();
    }
  }
  std::vector<Drawn> drawn;
  for (auto& [key, heap] : lowest)
    for (; !heap.empty(); heap.pop()) drawn.push_back(heap.top());
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

constexpr const char* newest_rules =
    "(SELECT x.hash FROM mention m JOIN rules x ON x.id = m.rules ORDER BY m.doc DESC LIMIT 1)";

std::optional<AuditInfo> read_info(Connection& c, const std::string& which,
                                   const std::vector<Connection::Value>& values) {
  Rows rows = c.query_text(
      "SELECT a.id, a.at, b.name, (SELECT count(*) FROM audit_item i WHERE i.audit = a.id), "
      "(SELECT count(label) FROM audit_item i WHERE i.audit = a.id), a.rules IS NOT " +
          std::string(newest_rules) + " FROM audit a LEFT JOIN brand b ON b.id = a.brand " + which,
      values);
  if (!rows.step()) return std::nullopt;
  AuditInfo info;
  info.id = rows.integer(0);
  info.at = rows.time(1);
  if (const auto brand = rows.maybe_text(2)) info.brand = BrandId(*brand);
  info.items = rows.integer(3);
  info.labelled = rows.integer(4);
  info.rules_changed = rows.integer(5) != 0;
  return info;
}

std::string with_labels(bool labelled) {
  return labelled
             ? " AND EXISTS (SELECT 1 FROM audit_item i WHERE i.audit = a.id AND label NOT NULL)"
             : "";
}

}  // namespace

Result<std::int64_t> draw_audit(Store& store, const AuditScope& scope, std::size_t sample,
                                std::uint64_t seed, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  Strata strata = count_strata(c, scope);
  if (c.ok() && strata.empty())
    return fail(Errc::not_found, "there is no mention with a tag to draw", "audit");
  std::map<int, std::int64_t> amounts;
  for (const auto& [key, stratum] : strata) amounts[std::get<0>(key)] += stratum.mentions;
  share_within_tags(strata, amounts, shared_evenly(amounts, sample));
  const std::vector<Drawn> drawn = draw(c, scope, strata, seed);
  c.run(
      "INSERT INTO audit(at, brand, since, until, seed, rules) VALUES(?1, (SELECT id FROM brand "
      "WHERE name = ?2), ?3, ?4, ?5, (SELECT x.hash FROM mention m JOIN rules x ON x.id = m.rules "
      "ORDER BY m.doc DESC LIMIT 1))",
      now, scope.brand, scope.since, scope.until, static_cast<std::int64_t>(seed));
  const std::int64_t audit = c.last_insert_id();
  for (const auto& [tag, amount] : amounts)
    c.run("INSERT INTO audit_stratum VALUES(?1, ?2, ?3)", audit, tag, amount);
  std::int64_t place = 0;
  for (const Drawn& one : drawn)
    c.run("INSERT INTO audit_item(audit, mention, tag, place) VALUES(?1, ?2, ?3, ?4)", audit,
          one.mention, one.tag, place++);
  return transaction.commit(audit);
}

Result<std::optional<AuditInfo>> find_audit(Store& store, std::int64_t id) {
  Connection& c = store.connection();
  c.clear_error();
  auto info = read_info(c, "WHERE a.id = ?1", {id});
  return answer(c, std::move(info));
}

Result<std::optional<AuditInfo>> latest_audit_of_any(Store& store, bool labelled) {
  Connection& c = store.connection();
  c.clear_error();
  return answer(
      c, read_info(c, "WHERE 1" + with_labels(labelled) + " ORDER BY a.id DESC LIMIT 1", {}));
}

Result<std::optional<AuditInfo>> latest_audit(Store& store, const std::optional<BrandId>& brand,
                                              bool labelled) {
  Connection& c = store.connection();
  c.clear_error();
  std::optional<AuditInfo> info;
  if (brand)
    info = read_info(c, "WHERE b.name = ?1" + with_labels(labelled) + " ORDER BY a.id DESC LIMIT 1",
                     {brand->value});
  if (!info)
    info = read_info(
        c, "WHERE a.brand IS NULL" + with_labels(labelled) + " ORDER BY a.id DESC LIMIT 1", {});
  return answer(c, std::move(info));
}

Result<std::vector<AuditItem>> audit_items(Store& store, std::int64_t audit) {
  Connection& c = store.connection();
  c.clear_error();
  std::vector<AuditItem> items;
  {
    Rows rows = c.query(
        "SELECT i.mention, s.name, v.language, r.title, r.text, i.label FROM audit_item i "
        "JOIN mention m ON m.doc = " TESTIGO_DOC_WITH_ID("= i.mention") " "
        "JOIN post p ON p.id = m.post "
        "JOIN source s ON s.id = p.source JOIN revision r ON r.id = p.revision "
        "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
        "WHERE i.audit = ?1 ORDER BY i.place",
        audit);
    while (rows.step())
      items.push_back({MentionId(rows.integer(0)), SourceId(std::string(rows.text(1))),
                       std::string(rows.text(2)), rows.maybe_text(3), std::string(rows.text(4)),
                       rows.maybe<Tag>(5)});
  }
  return answer(c, std::move(items));
}

Result<void> label_audit(Store& store, std::int64_t audit, MentionId mention,
                         std::optional<Tag> label, std::string_view person, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("UPDATE audit_item SET label = ?3, person = ?4, at = ?5 WHERE audit = ?1 AND mention = ?2",
        audit, mention, label, person, now);
  if (c.ok() && c.changes() == 0)
    return fail(Errc::not_found, "the audit did not draw this mention", show_key(mention.value));
  return transaction.commit();
}

Result<std::vector<AuditCounts>> audit_counts(Store& store, std::int64_t audit) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<AuditCounts> counts;
  {
    Rows rows =
        c.query("SELECT tag, mentions FROM audit_stratum WHERE audit = ?1 ORDER BY tag", audit);
    while (rows.step()) counts.push_back({static_cast<Tag>(rows.integer(0)), rows.integer(1), {}});
  }
  {
    Rows rows = c.query(
        "SELECT tag, label, count(*) FROM audit_item WHERE audit = ?1 AND label IS NOT NULL "
        "GROUP BY tag, label",
        audit);
    while (rows.step()) {
      const auto of = std::find_if(counts.begin(), counts.end(), [&](const AuditCounts& one) {
        return static_cast<std::int64_t>(one.tag) == rows.integer(0);
      });
      const auto label = static_cast<std::size_t>(rows.integer(1));
      if (of != counts.end() && label < of->labels.size()) of->labels[label] = rows.integer(2);
    }
  }
  return snapshot.result(std::move(counts));
}

}  // namespace testigo::store
