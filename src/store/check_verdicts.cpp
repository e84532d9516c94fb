#include "store/check_verdicts.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "store/connection.h"
#include "store/kept_reasons.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

constexpr double score_scale = 4.0;  // DESIGN §3: score = tanh(sum of polarity contributions / 4)
// Sums of the same numbers in another order differ by less.
constexpr double rounding = 1e-6;

bool stands_on_a_reason(const Verdict& verdict, Axis axis, const std::vector<Facet>& facets) {
  for (const Facet& facet : facets) {
    bool found = false;
    for (const Reason& reason : verdict.why)
      found = found || (reason.axis == axis && reason.value == facet.name);
    if (!found) return false;
  }
  return true;
}

bool comes_out_the_same(const Verdict& verdict) {
  if (!classified(verdict)) return true;
  const auto names = value_names(Axis::tag);
  std::array<double, 8> sums{};
  double polarity = 0.0;
  for (const Reason& reason : verdict.why) {
    if (reason.axis == Axis::tag) {
      for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == reason.value) sums[i] += reason.contribution;
    } else if (reason.axis == Axis::polarity) {
      polarity += reason.value == "positive"   ? reason.contribution
                  : reason.value == "negative" ? -reason.contribution
                                               : 0.0;
    }
  }
  const double own = sums[static_cast<std::size_t>(*verdict.tag)];
  for (std::size_t i = 0; i < names.size(); ++i)
    if (sums[i] > own + rounding) return false;
  return std::abs(std::tanh(polarity / score_scale) - verdict.score) < rounding &&
         stands_on_a_reason(verdict, Axis::theme, verdict.themes) &&
         stands_on_a_reason(verdict, Axis::service, verdict.service) &&
         stands_on_a_reason(verdict, Axis::cycle, verdict.cycle);
}

CheckResult check_reasons(Connection& c) {
  const auto firings = c.integer(
      "SELECT count(*) FROM shared_reasons x, json_each(x.rows) j "
      "WHERE NOT EXISTS (SELECT 1 FROM firing f WHERE f.id = j.value)");
  const auto labels = c.integer(
      "SELECT count(*) FROM firing f, json_each(f.rows) k "
      "WHERE NOT EXISTS (SELECT 1 FROM label l WHERE l.id = k.value ->> 0)");
  std::unordered_set<std::int64_t> known;
  {
    Rows rows = c.query("SELECT id FROM firing");
    while (rows.step()) known.insert(rows.integer(0));
  }
  std::int64_t missing = firings.value_or(0);
  {
    Rows rows = c.query("SELECT why FROM verdict WHERE why IS NOT NULL");
    while (rows.step())
      for (const std::int64_t firing : own_firings(rows.text(0)))
        missing += !known.contains(firing);
  }
  if (!c.ok()) return {"reasons", false, "could not be read"};
  if (missing == 0 && labels == 0)
    return {"reasons", true, std::to_string(known.size()) + " kinds of reasons are there"};
  return {"reasons", false,
          std::to_string(missing + *labels) +
              " reasons that verdicts stand on are not there; restore a backup"};
}

CheckResult check_sums(Connection& c) {
  std::int64_t wrong = 0;
  std::int64_t first = 0;
  std::int64_t all = 0;
  Rows rows = c.query("SELECT revision, rules FROM verdict ORDER BY revision, rules");
  for (; rows.step(); ++all) {
    if (comes_out_the_same(get_verdict(c, rows.integer(0), rows.integer(1)))) continue;
    if (wrong++ == 0) first = rows.integer(0);
  }
  if (!c.ok()) return {"verdicts", false, "could not be read"};
  if (wrong == 0) return {"verdicts", true, std::to_string(all) + " come out of their reasons"};
  return {"verdicts", false,
          std::to_string(wrong) + " do not come out of their reasons (one is that of revision " +
              std::to_string(first) + "); restore a backup"};
}

}  // namespace

Result<std::vector<CheckResult>> check_verdicts(Store& store) {
  Connection& c = store.connection();
  c.clear_error();
  std::vector<CheckResult> results;
  {
    const Snapshot snapshot(c);
    if (!c.ok()) return fail(c.error());
    for (CheckResult result : {check_reasons(c), check_sums(c)}) {
      if (!c.ok()) result.what += " (" + c.error().what + ")";
      results.push_back(std::move(result));
    }
  }
  c.clear_error();
  return results;
}

Result<std::set<std::string>> rules_named(Store& store, std::string_view rules) {
  Connection& c = store.connection();
  const Snapshot snapshot(c);
  std::set<std::int64_t> firings, shared;
  {
    Rows rows = c.query(
        "SELECT v.why, v.shared FROM verdict v JOIN rules x ON x.id = v.rules WHERE x.hash = ?1",
        rules);
    while (rows.step()) {
      if (!rows.is_null(1)) shared.insert(rows.integer(1));
      if (rows.is_null(0)) continue;
      for (const std::int64_t firing : own_firings(rows.text(0))) firings.insert(firing);
    }
  }
  for (const std::int64_t one : shared) {
    Rows rows =
        c.query("SELECT j.value FROM shared_reasons x, json_each(x.rows) j WHERE x.id = ?1", one);
    while (rows.step()) firings.insert(rows.integer(0));
  }
  std::set<std::string> names;
  for (const std::int64_t firing : firings) {
    Rows rows = c.query(
        "SELECT l.rule FROM firing f, json_each(f.rows) k JOIN label l ON l.id = k.value ->> 0 "
        "WHERE f.id = ?1",
        firing);
    while (rows.step()) names.emplace(rows.text(0));
  }
  if (!c.ok()) return fail(c.error());
  return names;
}

}  // namespace testigo::store
