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

// Views of one verdict's reasons, in order.
using Firing = std::span<const Reason* const>;

// Of the two sums that a reason may look at, that of the tags; the other is that of polarity.
bool looks_at_tags(const Reason& reason) {
  return reason.field == Field::sums && reason.axis == Axis::tag;
}

// The two sums seldom meet again as they met in one text, so they are two places.
bool at_one_place(const Reason& a, const Reason& b) {
  return a.span == b.span && a.field == b.field && looks_at_tags(a) == looks_at_tags(b);
}

// Of all texts like it: what looks at nothing of the text.
bool is_shared(const Reason* reason) { return !reason->span && reason->field == Field::text; }

// Those of one place stand side by side, by where their words begin; then those without words, of
// which the shared are the last.
bool before(const Reason* a, const Reason* b) {
  if (a->span.has_value() != b->span.has_value()) return a->span.has_value();
  if (a->span && a->span->begin != b->span->begin) return a->span->begin < b->span->begin;
  if (a->field != b->field) return a->field > b->field;
  if (a->span && a->span->end != b->span->end) return a->span->end < b->span->end;
  return looks_at_tags(*a) && !looks_at_tags(*b);
}

bool of_one_rule(const Reason& a, const Reason& b) {
  return a.field == b.field && a.rule.data() == b.rule.data() && a.rule.size() == b.rule.size();
}

// As the classifier gives them, those of the title are in order, and the others behind them.
std::vector<const Reason*> in_order(const std::vector<Reason>& why) {
  std::vector<const Reason*> ordered;
  ordered.reserve(why.size());
  for (const Reason& reason : why) ordered.push_back(&reason);
  const auto middle = std::is_sorted_until(ordered.begin(), ordered.end(), before);
  if (std::is_sorted(middle, ordered.end(), before))
    std::inplace_merge(ordered.begin(), middle, ordered.end(), before);
  else
    std::stable_sort(ordered.begin(), ordered.end(), before);
  return ordered;
}

double finite(double contribution) { return std::isfinite(contribution) ? contribution : 0.0; }

// Tells what a reason speaks for from all else, by where its names lie: a text has dozens, and
// names of one set of rules stay in their places.
void add_names(NumberKey& key, const Reason& reason) {
  key.add(reinterpret_cast<std::uintptr_t>(reason.rule.data()));
  key.add(reinterpret_cast<std::uintptr_t>(reason.value.data()));
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
  for (const Reason* reason : firing) {
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
  for (const Reason* reason : firing) {
    add_names(key, *reason);
    key.add(std::bit_cast<std::uint64_t>(finite(reason->contribution)));
  }
  return key;
}

// The first firing of reasons in order, those that are together with the first.
template <class Together>
Firing first_firing(std::span<const Reason* const> reasons, Together together) {
  std::size_t size = 1;
  while (size < reasons.size() && together(*reasons.front(), *reasons[size])) ++size;
  return reasons.first(size);
}

std::int64_t firing_id(Connection& c, Firing firing) {
  return c.firing_id(key_of(firing), [&] { return firing_rows(c, firing); });
}

// Firings with their places, of all rules at one place together (number_list.h); nothing if
// there are none.
std::optional<std::string> own_list(Connection& c, std::span<const Reason* const> reasons) {
  if (reasons.empty()) return std::nullopt;
  std::string list;
  list.reserve(reasons.size() * usual_firing_bytes);
  std::size_t before = 0;  // where the last one began
  while (!reasons.empty()) {
    const Firing firing = first_firing(reasons, at_one_place);
    reasons = reasons.subspan(firing.size());
    const auto id = static_cast<std::size_t>(firing_id(c, firing));
    append_listed(list, id / firing_base);
    append_listed(list, id % firing_base);
    const auto& span = firing.front()->span;
    append_listed(list, span ? span->begin - before : 0);
    append_listed(list, span ? span->end - span->begin + 1 : 0);
    if (span) before = span->begin;
  }
  return list;
}

// JSON of firings without places, a rule each.
std::string shared_json(Connection& c, std::span<const Reason* const> reasons) {
  std::string rows;
  while (!reasons.empty()) {
    const Firing firing = first_firing(reasons, of_one_rule);
    reasons = reasons.subspan(firing.size());
    rows += rows.empty() ? '[' : ',';
    append_number(rows, firing_id(c, firing));
  }
  return rows + ']';
}

// The number of a list of firings without places. The list is much the same in many texts, so it is
// looked up whole.
std::optional<std::int64_t> shared_id(Connection& c, std::span<const Reason* const> reasons) {
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
  const std::vector<const Reason*> ordered = in_order(verdict.why);
  const auto shared = std::find_if(ordered.begin(), ordered.end(), is_shared);
  return {own_list(c, {ordered.begin(), shared}), shared_id(c, {shared, ordered.end()})};
}

void add_reasons_to(Verdict& verdict, Connection& c, const std::optional<std::string>& own,
                    const std::optional<std::string>& shared) {
  const auto names = std::make_shared<KeptNames>();
  std::vector<Reason>& reasons = verdict.why;
  if (own) add_reasons(c, read_list(*own), *names, reasons);
  if (shared) add_reasons(c, {*shared, {}}, *names, reasons);
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
