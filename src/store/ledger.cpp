#include "store/ledger.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/ingest.h"
#include "store/read.h"

namespace testigo::store {

namespace {

bool any(const CoverageCounts& n) {
  return n.asked || n.allowed || n.blocked || n.refused_by_page || n.capped || n.failed ||
         n.empty || n.unchanged || n.items || n.left_out || !n.reasons.empty();
}

using Place = std::tuple<std::int64_t, std::string, std::string>;  // run, brand, source

std::map<Place, std::map<std::string, std::int64_t>> reasons(Connection& c,
                                                             std::optional<RunId> run) {
  std::map<Place, std::map<std::string, std::int64_t>> found;
  Rows rows = c.query(
      "SELECT c.run, b.name, s.name, c.reason, c.requests FROM coverage_reason c "
      "JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source "
      "WHERE ?1 IS NULL OR c.run = ?1",
      run);
  while (rows.step()) {
    found[{rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2))}].emplace(
        rows.text(3), rows.integer(4));
  }
  return found;
}

std::vector<CoverageCounts> counts(Connection& c, std::optional<RunId> run) {
  std::vector<CoverageCounts> found;
  Rows rows = c.query(
      "SELECT c.run, b.name, s.name, c.asked, c.allowed, c.blocked, c.refused_by_page, c.capped, "
      "c.failed, c.empty, c.unchanged, c.items, c.left_out "
      "FROM coverage c JOIN brand b ON b.id = c.brand JOIN source s ON s.id = c.source "
      "WHERE ?1 IS NULL OR c.run = ?1 ORDER BY c.run, b.name, s.name",
      run);
  while (rows.step()) {
    CoverageCounts& one = found.emplace_back();
    one.run = rows.integer(0);
    one.brand = BrandId(std::string(rows.text(1)));
    one.source = SourceId(std::string(rows.text(2)));
    one.asked = rows.integer(3);
    one.allowed = rows.integer(4);
    one.blocked = rows.integer(5);
    one.refused_by_page = rows.integer(6);
    one.capped = rows.integer(7);
    one.failed = rows.integer(8);
    one.empty = rows.integer(9);
    one.unchanged = rows.integer(10);
    one.items = rows.integer(11);
    one.left_out = rows.integer(12);
  }
  return found;
}

}  // namespace

void add_coverage_within(Connection& c, RunId run, const CoverageCounts& n) {
  if (!any(n)) return;
  const std::int64_t brand = c.brand_id(n.brand);
  const std::int64_t source = c.source_id(n.source);
  c.run(
      "INSERT INTO coverage VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
      "ON CONFLICT DO UPDATE SET asked = asked + excluded.asked, "
      "allowed = allowed + excluded.allowed, blocked = blocked + excluded.blocked, "
      "refused_by_page = refused_by_page + excluded.refused_by_page, "
      "capped = capped + excluded.capped, failed = failed + excluded.failed, "
      "empty = empty + excluded.empty, unchanged = unchanged + excluded.unchanged, "
      "items = items + excluded.items, left_out = left_out + excluded.left_out",
      run, brand, source, n.asked, n.allowed, n.blocked, n.refused_by_page, n.capped, n.failed,
      n.empty, n.unchanged, n.items, n.left_out);
  for (const auto& [reason, requests] : n.reasons) {
    c.run(
        "INSERT INTO coverage_reason VALUES(?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET requests = requests + excluded.requests",
        run, brand, source, reason, requests);
  }
}

Result<void> add_coverage(Store& store, RunId run, const CoverageCounts& n) {
  Connection& c = store.connection();
  Transaction transaction(c);
  add_coverage_within(c, run, n);
  return transaction.commit();
}

Result<std::vector<CoverageCounts>> coverage(Store& store, std::optional<RunId> run) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<CoverageCounts> found = counts(c, run);
  auto why = reasons(c, run);
  for (CoverageCounts& one : found) {
    const auto at = why.find({one.run, one.brand.value, one.source.value});
    if (at != why.end()) one.reasons = std::move(at->second);
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
