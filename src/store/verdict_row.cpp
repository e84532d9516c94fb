#include "store/verdict_row.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "store/json_list.h"
#include "store/kept_reasons.h"

namespace testigo::store {

namespace {

// RFC 8259 §7. The text is UTF-8 already.
void append_string(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append(1, '\\').append(1, c);
    } else if (byte < 0x20) {
      out.append("\\u00").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_facets(std::string& out, FacetNumbers& numbers, Axis axis,
                   const std::vector<Facet>& facets) {
  const auto append = [&](const Facet& facet) {
    begin_item(out);
    append_number(out, numbers.of(axis, facet));
  };
  if (facets.size() == 1) return append(facets.front());
  for (const Facet& facet : merged(facets)) append(facet);
}

void append_durations(std::string& out, const std::vector<ClaimedDuration>& durations) {
  for (const ClaimedDuration& duration : durations) {
    begin_item(out);
    out += '[';
    append_number(out, duration.seconds);
    out += ',';
    append_string(out, duration.of);
    out += ',';
    append_number(out, duration.span.begin);
    out += ',';
    append_number(out, duration.span.end);
    out += ']';
  }
}

std::vector<ClaimedDuration> read_durations(Connection& c, const std::optional<std::string>& json) {
  std::vector<ClaimedDuration> durations;
  Rows found = c.query(
      "SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1) "
      "WHERE type = 'array'",
      json);
  while (found.step()) {
    durations.push_back({found.integer(0), std::string(found.text(1)),
                         TextSpan{static_cast<std::size_t>(found.integer(2)),
                                  static_cast<std::size_t>(found.integer(3))}});
  }
  return durations;
}

}  // namespace

std::vector<Facet> merged(const std::vector<Facet>& facets) {
  std::vector<Facet> merged = facets;
  if (merged.size() < 2) return merged;
  std::sort(merged.begin(), merged.end(),
            [](const Facet& a, const Facet& b) { return a.name < b.name; });
  // From the last to the first of a name, which stays.
  for (std::size_t i = merged.size() - 1; i > 0; --i) {
    if (merged[i].name == merged[i - 1].name && merged[i].polarity != merged[i - 1].polarity)
      merged[i - 1].polarity = Polarity::mixed;
  }
  const auto same_name = [](const Facet& a, const Facet& b) { return a.name == b.name; };
  merged.erase(std::unique(merged.begin(), merged.end(), same_name), merged.end());
  return merged;
}

std::int64_t FacetNumbers::of(Axis axis, const Facet& facet) {
  const auto known = known_.find(std::tuple(axis, facet.polarity, std::string_view(facet.name)));
  if (known != known_.end()) return known->second;
  const auto stored =
      c_.integer("SELECT id FROM facet WHERE axis = ?1 AND name = ?2 AND polarity = ?3", axis,
                 facet.name, facet.polarity);
  if (!stored) {
    c_.run("INSERT INTO facet(axis, name, polarity) VALUES(?1, ?2, ?3)", axis, facet.name,
           facet.polarity);
  }
  const std::int64_t number = stored ? *stored : c_.last_insert_id();
  known_.emplace(std::tuple(axis, facet.polarity, facet.name), number);
  return number;
}

std::optional<std::string> facets_json(FacetNumbers& numbers, const Verdict& verdict) {
  std::string out;
  append_facets(out, numbers, Axis::theme, verdict.themes);
  append_facets(out, numbers, Axis::service, verdict.service);
  append_facets(out, numbers, Axis::cycle, verdict.cycle);
  append_durations(out, verdict.durations);
  if (out.empty()) return std::nullopt;
  out += ']';
  return out;
}

std::vector<Facet> read_facets(Connection& c, const std::optional<std::string>& json, Axis axis) {
  std::vector<Facet> facets;
  if (!json) return facets;
  Rows found = c.query(
      "SELECT f.name, f.polarity FROM json_each(?1) j CROSS JOIN facet f ON f.id = j.value "
      "WHERE j.type = 'integer' AND f.axis = ?2 ORDER BY j.key",
      *json, axis);
  while (found.step()) {
    facets.push_back({std::string(found.text(0)), static_cast<Polarity>(found.integer(1))});
  }
  return facets;
}

void add_verdict(Connection& c, FacetNumbers& numbers, std::int64_t revision, std::int64_t rules,
                 const Verdict& verdict) {
  const KeptReasons why = keep_reasons(c, verdict);
  const bool known = classified(verdict);
  c.run(
      "INSERT INTO verdict(revision, rules, language, tag, polarity, score, confidence, "
      "act, stage, intent, degree, recovery, facets, shared, why) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      revision, rules, verdict.language, verdict.tag, verdict.polarity,
      known ? std::optional(verdict.score) : std::nullopt,
      known ? std::optional(verdict.confidence) : std::nullopt, verdict.act, verdict.stage,
      verdict.intent, known ? std::optional(verdict.degree) : std::nullopt,
      known ? std::optional(verdict.recovery) : std::nullopt, facets_json(numbers, verdict),
      why.shared, why.own);
}

void put_verdict(Connection& c, FacetNumbers& numbers, std::int64_t revision, std::int64_t rules,
                 const Verdict& verdict) {
  c.run("DELETE FROM verdict WHERE revision = ?1 AND rules = ?2", revision, rules);
  add_verdict(c, numbers, revision, rules, verdict);
}

Verdict get_verdict(Connection& c, std::int64_t revision, std::int64_t rules) {
  Verdict verdict;
  std::optional<std::string> facets;
  std::optional<std::string> why;
  std::optional<std::string> shared;
  {
    Rows row = c.query(
        "SELECT v.language, v.tag, v.polarity, v.score, v.confidence, v.act, v.stage, v.intent, "
        "v.degree, v.recovery, v.facets, v.why, x.rows "
        "FROM verdict v LEFT JOIN shared_reasons x ON x.id = v.shared "
        "WHERE v.revision = ?1 AND v.rules = ?2",
        revision, rules);
    if (!row.step()) return verdict;
    verdict.language = row.text(0);
    verdict.tag = row.maybe<Tag>(1);
    verdict.polarity = row.maybe<Polarity>(2);
    verdict.score = row.real(3);
    verdict.confidence = row.real(4);
    verdict.act = row.maybe<Act>(5);
    verdict.stage = row.maybe<Stage>(6);
    verdict.intent = row.maybe<Intent>(7);
    verdict.degree = row.maybe<Degree>(8).value_or(Degree::none);
    verdict.recovery = row.maybe<Recovery>(9).value_or(Recovery::none);
    facets = row.maybe_text(10);
    why = row.maybe_text(11);
    shared = row.maybe_text(12);
  }
  verdict.themes = read_facets(c, facets, Axis::theme);
  verdict.service = read_facets(c, facets, Axis::service);
  verdict.cycle = read_facets(c, facets, Axis::cycle);
  verdict.durations = read_durations(c, facets);
  add_reasons_to(verdict, c, why, shared);
  return verdict;
}

}  // namespace testigo::store
