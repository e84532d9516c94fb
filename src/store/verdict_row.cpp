#include "store/verdict_row.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "store/number_list.h"

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

constexpr std::size_t numbers_a_firing = 4;
constexpr std::size_t usual_firing_bytes = 6;
constexpr std::size_t firing_base = 32'768;  // of the first two numbers of a firing

template <class Number>
void append_number(std::string& out, Number number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end);
}

void begin_item(std::string& out) { out += out.empty() ? '[' : ','; }

void append_facets(std::string& out, FacetNumbers& numbers, Axis axis,
                   const std::vector<Facet>& facets) {
  for (const Facet& facet : merged(facets)) {
    begin_item(out);
    append_number(out, numbers.of(axis, facet));
  }
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

// A reason with its place in numbers.
struct Placed {
  std::size_t begin = 0;  // one more than the span's; 0: none
  std::size_t end = 0;
  const Reason* reason = nullptr;

  explicit Placed(const Reason& r) : reason(&r) {
    if (!r.span) return;
    begin = r.span->begin + 1;
    end = r.span->end;
  }
};

// Most names that are equal are the same.
bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.data() == b.data() || a == b);
}

// Reasons of one rule at one place stand side by side, places in the order of the text.
bool before(const Placed& a, const Placed& b) {
  if (a.begin != b.begin) return a.begin < b.begin;
  if (a.end != b.end) return a.end < b.end;
  if (a.reason->field != b.reason->field) return a.reason->field < b.reason->field;
  if (!same_text(a.reason->rule, b.reason->rule)) return a.reason->rule < b.reason->rule;
  return a.reason < b.reason;  // of one vector: as it had them
}

bool at_one_place(const Placed& a, const Placed& b) {
  return a.begin == b.begin && a.end == b.end && a.reason->field == b.reason->field;
}

bool of_one_rule(const Placed& a, const Placed& b) {
  return a.reason->field == b.reason->field && same_text(a.reason->rule, b.reason->rule);
}

using Firing = std::span<const Placed>;

double finite(double contribution) { return std::isfinite(contribution) ? contribution : 0.0; }

std::string firing_rows(Connection& c, Firing firing) {
  std::string rows;
  for (const auto& [begin, end, reason] : firing) {
    rows += rows.empty() ? "[[" : ",[";
    append_number(rows, c.label_id(static_cast<int>(reason->axis), reason->value, reason->rule,
                                   static_cast<int>(reason->field)));
    rows += ',';
    append_number(rows, finite(reason->contribution));
    rows += ']';
  }
  return rows + ']';
}

// Tells the reasons of a firing from those of all others, by where their names lie: a text has
// dozens, and names of one set of rules stay in their places.
class FiringKey {
 public:
  void clear() { words_.clear(); }
  void add(Firing firing) {
    for (const auto& [begin, end, reason] : firing) {
      const std::array<std::uint64_t, words_each> more = {
          address(reason->rule), address(reason->value),
          std::bit_cast<std::uint64_t>(finite(reason->contribution)),
          reason->rule.size() << 32 | reason->value.size() << 16 |
              static_cast<std::uint64_t>(reason->axis) << 8 |
              static_cast<std::uint64_t>(reason->field)};
      words_.insert(words_.end(), more.begin(), more.end());
    }
  }
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(words_.data()), words_.size() * sizeof(std::uint64_t)};
  }

 private:
  static constexpr std::size_t words_each = 4;
  static std::uint64_t address(std::string_view name) {
    return reinterpret_cast<std::uintptr_t>(name.data());
  }
  std::vector<std::uint64_t> words_;
};

// The first firing of sorted reasons, those that are together with the first.
template <class Together>
Firing first_firing(std::span<const Placed> reasons, Together together) {
  std::size_t size = 1;
  while (size < reasons.size() && together(reasons.front(), reasons[size])) ++size;
  return reasons.first(size);
}

// `key` is room to write in.
std::int64_t firing_id(Connection& c, Firing firing, FiringKey& key) {
  key.clear();
  key.add(firing);
  return c.firing_id(key.bytes(), [&] { return firing_rows(c, firing); });
}

// Firings with their places, of all rules at one place together (listed_reasons.h); nothing if
// there are none.
std::optional<std::string> own_list(Connection& c, std::vector<Placed> reasons) {
  if (reasons.empty()) return std::nullopt;
  std::sort(reasons.begin(), reasons.end(), before);
  std::string list;
  list.reserve(reasons.size() * usual_firing_bytes);
  FiringKey key;
  std::size_t before = 0;  // where the last one began
  for (std::span<const Placed> rest(reasons); !rest.empty();) {
    const Firing firing = first_firing(rest, at_one_place);
    rest = rest.subspan(firing.size());
    const auto id = static_cast<std::size_t>(firing_id(c, firing, key));
    append_listed(list, id / firing_base);
    append_listed(list, id % firing_base);
    const auto& span = firing.front().reason->span;
    append_listed(list, span ? span->begin - before : 0);
    append_listed(list, span ? span->end - span->begin + 1 : 0);
    if (span) before = span->begin;
  }
  return list;
}

// JSON of firings without places, a rule each.
std::string shared_json(Connection& c, std::vector<Placed> reasons) {
  std::sort(reasons.begin(), reasons.end(), before);
  std::string rows;
  FiringKey key;
  for (std::span<const Placed> rest(reasons); !rest.empty();) {
    const Firing firing = first_firing(rest, of_one_rule);
    rest = rest.subspan(firing.size());
    rows += rows.empty() ? '[' : ',';
    append_number(rows, firing_id(c, firing, key));
  }
  return rows + ']';
}

// The number of a list of firings without places. The list is much the same in many texts, so it is
// looked up whole, as it came.
std::optional<std::int64_t> shared_id(Connection& c, const std::vector<Placed>& reasons) {
  if (reasons.empty()) return std::nullopt;
  FiringKey key;
  key.add(reasons);
  return c.shared_reasons_id(key.bytes(), [&] { return shared_json(c, reasons); });
}

struct Why {
  std::optional<std::string> own;      // reasons of this text
  std::optional<std::int64_t> shared;  // reasons of every text like it
};

Why why_of(Connection& c, const Verdict& verdict) {
  c.remember_names_of(verdict.names);
  std::vector<Placed> own, shared;
  own.reserve(verdict.why.size());
  shared.reserve(verdict.why.size());
  for (const Reason& reason : verdict.why)
    (reason.span || reason.field == Field::rating ? own : shared).emplace_back(reason);
  return {own_list(c, std::move(own)), shared_id(c, shared)};
}

// Texts that stay where they are, each once.
using KeptNames = std::set<std::string, std::less<>>;

struct Firings {
  std::string ids;                              // JSON
  std::vector<std::optional<TextSpan>> places;  // of each; fewer where the rest has none
};

Firings read_list(std::string_view list) {
  const std::vector<std::size_t> numbers = listed_numbers(list);
  Firings firings;
  std::size_t begin = 0;
  for (std::size_t i = 0; i + numbers_a_firing <= numbers.size(); i += numbers_a_firing) {
    begin_item(firings.ids);
    append_number(firings.ids, numbers[i] * firing_base + numbers[i + 1]);
    begin += numbers[i + 2];
    firings.places.push_back(numbers[i + 3] > 0
                                 ? std::optional(TextSpan{begin, begin + numbers[i + 3] - 1})
                                 : std::nullopt);
  }
  firings.ids += firings.ids.empty() ? "[]" : "]";
  return firings;
}

void add_reasons(Connection& c, const Firings& firings, KeptNames& names,
                 std::vector<Reason>& reasons) {
  const auto kept = [&](std::string_view name) -> std::string_view {
    const auto known = names.find(name);
    return known != names.end() ? *known : *names.emplace(name).first;
  };
  Rows found = c.query(
      "SELECT l.axis, l.value, l.rule, l.field, j.key, k.value ->> 1 "
      "FROM json_each(?1) j JOIN firing f ON f.id = j.value, json_each(f.rows) k "
      "JOIN label l ON l.id = k.value ->> 0 ORDER BY j.key, k.key",
      firings.ids);
  while (found.step()) {
    Reason& reason = reasons.emplace_back();
    reason.axis = static_cast<Axis>(found.integer(0));
    reason.value = kept(found.text(1));
    reason.rule = kept(found.text(2));
    reason.field = static_cast<Field>(found.integer(3));
    const auto place = static_cast<std::size_t>(found.integer(4));
    if (place < firings.places.size()) reason.span = firings.places[place];
    reason.contribution = found.real(5);
  }
}

void add_reasons_to(Verdict& verdict, Connection& c, const std::optional<std::string>& own,
                    const std::optional<std::string>& shared) {
  const auto names = std::make_shared<KeptNames>();
  std::vector<Reason>& reasons = verdict.why;
  if (shared) add_reasons(c, {*shared, {}}, *names, reasons);
  if (own) add_reasons(c, read_list(*own), *names, reasons);
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.axis < b.axis; });
  verdict.names = names;
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
  const auto [at, fresh] = known_.try_emplace({axis, facet.polarity, facet.name}, 0);
  if (!fresh) return at->second;
  const auto stored =
      c_.integer("SELECT id FROM facet WHERE axis = ?1 AND name = ?2 AND polarity = ?3", axis,
                 facet.name, facet.polarity);
  if (!stored) {
    c_.run("INSERT INTO facet(axis, name, polarity) VALUES(?1, ?2, ?3)", axis, facet.name,
           facet.polarity);
  }
  at->second = stored ? *stored : c_.last_insert_id();
  return at->second;
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
  const Why why = why_of(c, verdict);
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

std::vector<std::int64_t> own_firings(std::string_view why) {
  const std::vector<std::size_t> numbers = listed_numbers(why);
  std::vector<std::int64_t> firings;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += numbers_a_firing)
    firings.push_back(static_cast<std::int64_t>(numbers[i] * firing_base + numbers[i + 1]));
  return firings;
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
