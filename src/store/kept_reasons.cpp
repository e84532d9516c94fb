#include "store/kept_reasons.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "core/digest.h"
#include "store/json_list.h"
#include "store/number_list.h"

namespace testigo::store {

namespace {

constexpr std::size_t numbers_a_firing = 4;
constexpr std::size_t usual_firing_bytes = 6;
constexpr std::size_t firing_base = 32'768;  // of the first two numbers of a firing

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

// Of the two sums that a reason may look at, that of the tags; the other is that of polarity.
bool looks_at_tags(const Placed& placed) {
  return placed.reason->field == Field::sums && placed.reason->axis == Axis::tag;
}

// Reasons of one rule at one place stand side by side, places in the order of the text.
bool before(const Placed& a, const Placed& b) {
  if (a.begin != b.begin) return a.begin < b.begin;
  if (a.end != b.end) return a.end < b.end;
  if (a.reason->field != b.reason->field) return a.reason->field < b.reason->field;
  if (looks_at_tags(a) != looks_at_tags(b)) return looks_at_tags(a);
  if (!same_text(a.reason->rule, b.reason->rule)) return a.reason->rule < b.reason->rule;
  return a.reason < b.reason;  // of one vector: as it had them
}

bool of_one_rule(const Placed& a, const Placed& b) {
  return a.reason->field == b.reason->field && same_text(a.reason->rule, b.reason->rule);
}

// The two sums seldom meet again as they met in one text, so they are two places.
bool at_one_place(const Placed& a, const Placed& b) {
  return a.begin == b.begin && a.end == b.end && a.reason->field == b.reason->field &&
         looks_at_tags(a) == looks_at_tags(b);
}

using Firing = std::span<const Placed>;

double finite(double contribution) { return std::isfinite(contribution) ? contribution : 0.0; }

std::uint64_t address(std::string_view name) {
  return reinterpret_cast<std::uintptr_t>(name.data());
}

// Tells what a reason speaks for from all else, by where its names lie: a text has dozens, and
// names of one set of rules stay in their places.
void add_names(NumberKey& key, const Reason& reason) {
  key.add(address(reason.rule));
  key.add(address(reason.value));
  key.add(reason.rule.size() << 32 | reason.value.size() << 16 |
          static_cast<std::uint64_t>(reason.axis) << 8 | static_cast<std::uint64_t>(reason.field));
}

std::int64_t label_id(Connection& c, const Reason& reason) {
  NumberKey key;
  add_names(key, reason);
  return c.label_id(key, static_cast<int>(reason.axis), reason.value, reason.rule,
                    static_cast<int>(reason.field));
}

std::string firing_rows(Connection& c, Firing firing) {
  std::string rows;
  for (const auto& [begin, end, reason] : firing) {
    rows += rows.empty() ? "[[" : ",[";
    append_number(rows, label_id(c, *reason));
    rows += ',';
    append_number(rows, finite(reason->contribution));
    rows += ']';
  }
  return rows + ']';
}

// Tells the reasons of a firing from those of all others.
NumberKey key_of(Firing firing) {
  NumberKey key;
  for (const auto& [begin, end, reason] : firing) {
    add_names(key, *reason);
    key.add(std::bit_cast<std::uint64_t>(finite(reason->contribution)));
  }
  return key;
}

// The first firing of sorted reasons, those that are together with the first.
template <class Together>
Firing first_firing(std::span<const Placed> reasons, Together together) {
  std::size_t size = 1;
  while (size < reasons.size() && together(reasons.front(), reasons[size])) ++size;
  return reasons.first(size);
}

std::int64_t firing_id(Connection& c, Firing firing) {
  return c.firing_id(key_of(firing), [&] { return firing_rows(c, firing); });
}

// Firings with their places, of all rules at one place together (number_list.h); nothing if
// there are none.
std::optional<std::string> own_list(Connection& c, std::vector<Placed> reasons) {
  if (reasons.empty()) return std::nullopt;
  std::sort(reasons.begin(), reasons.end(), before);
  std::string list;
  list.reserve(reasons.size() * usual_firing_bytes);
  std::size_t before = 0;  // where the last one began
  for (std::span<const Placed> rest(reasons); !rest.empty();) {
    const Firing firing = first_firing(rest, at_one_place);
    rest = rest.subspan(firing.size());
    const auto id = static_cast<std::size_t>(firing_id(c, firing));
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
  for (std::span<const Placed> rest(reasons); !rest.empty();) {
    const Firing firing = first_firing(rest, of_one_rule);
    rest = rest.subspan(firing.size());
    rows += rows.empty() ? '[' : ',';
    append_number(rows, firing_id(c, firing));
  }
  return rows + ']';
}

// The number of a list of firings without places. The list is much the same in many texts, so it is
// looked up whole, as it came.
std::optional<std::int64_t> shared_id(Connection& c, const std::vector<Placed>& reasons) {
  if (reasons.empty()) return std::nullopt;
  return c.shared_reasons_id(key_of(reasons), [&] { return shared_json(c, reasons); });
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

}  // namespace

std::int64_t firing_hash(std::string_view rows) { return testigo::key_of({rows}); }

KeptReasons keep_reasons(Connection& c, const Verdict& verdict) {
  c.remember_names_of(verdict.names);
  std::vector<Placed> own, shared;
  own.reserve(verdict.why.size());
  shared.reserve(verdict.why.size());
  for (const Reason& reason : verdict.why)
    (reason.span || reason.field != Field::text ? own : shared).emplace_back(reason);
  return {own_list(c, std::move(own)), shared_id(c, shared)};
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

std::vector<std::int64_t> own_firings(std::string_view own) {
  const std::vector<std::size_t> numbers = listed_numbers(own);
  std::vector<std::int64_t> firings;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += numbers_a_firing)
    firings.push_back(static_cast<std::int64_t>(numbers[i] * firing_base + numbers[i + 1]));
  return firings;
}

}  // namespace testigo::store
