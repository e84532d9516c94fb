#include "classify/effects.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::uint32_t absent = Circumstances::absent;

// More exclamation marks than these add nothing (Hutto & Gilbert 2014 stop at four).
constexpr std::uint16_t max_exclaim_marks = 3;

// Later intensifiers of one hit count less (Hutto & Gilbert 2014: 0.95 and 0.9 by distance).
constexpr double degree_damping = 0.9;

double signed_amount(std::uint8_t axis, std::uint16_t value, double amount) {
  if (axis != index_of(Axis::polarity)) return 0.0;
  if (value == static_cast<std::uint16_t>(Polarity::positive)) return amount;
  if (value == static_cast<std::uint16_t>(Polarity::negative)) return -amount;
  return 0.0;
}

}  // namespace

Origin Effects::origin_of(std::uint32_t rule, std::uint32_t begin, std::uint32_t end) const {
  return {reading_.language->rules[rule].row, reading_.field, reading_.tokens[begin].begin,
          reading_.tokens[end - 1].end};
}

Origin Effects::origin_of_modifier(std::uint32_t modifier) const {
  const Hit& hit = matcher_.modifiers()[modifier];
  return origin_of(hit.rule, hit.begin, hit.end);
}

double Effects::weight_of(std::uint32_t modifier) const {
  return matcher_.modifiers()[modifier].weight;
}

void Effects::post(const Parts& parts, double sign, const Origin& origin) {
  tally_.speak_for(origin);
  for (const Part& part : parts.view()) {
    const double amount = sign * part.amount;
    tally_.add(reading_.rules->slot(part.axis, part.value), amount);
    for (const Link& link : reading_.rules->links_of(When::plain, part.axis, part.value)) {
      tally_.add(link.slot, amount * link.factor);
    }
  }
}

void Effects::scale(Parts& parts, double factor, const Origin& origin) {
  if (factor == 1.0) return;
  Parts change;
  for (std::size_t i = 0; i < parts.count; ++i) {
    Part& part = parts.all[i];
    if (!is_weighed(part.axis)) continue;
    change.push({part.axis, part.value, part.amount * (factor - 1.0)});
    part.amount *= factor;
  }
  post(change, 1.0, origin);
}

// Takes back what was said, and says what becomes of it under the circumstance.
void Effects::turn(Parts& parts, When when, const Origin& origin) {
  Parts turned;
  for (const Part& part : parts.view()) {
    for (const Link& link : reading_.rules->links_of(when, part.axis, part.value)) {
      turned.push({link.axis, link.value, part.amount * link.factor});
    }
  }
  post(parts, -1.0, origin);
  post(turned, 1.0, origin);
  parts = turned;
}

void Effects::emphasise(Parts& parts, Modifier mark, std::uint32_t token) {
  const auto rule = reading_.language->marks[static_cast<std::size_t>(mark)];
  if (token == absent || !rule) return;
  scale(parts, reading_.language->rules[*rule].weight, origin_of(*rule, token, token + 1));
}

void Effects::apply_factors(Parts& parts, const Circumstances& around) {
  if (around.contrast != absent) {
    const double weight = weight_of(around.contrast);
    scale(parts, around.after_contrast ? weight : 2.0 - weight,
          origin_of_modifier(around.contrast));
  }
  for (const std::uint32_t modifier : {around.past, around.concession}) {
    if (modifier != absent) scale(parts, weight_of(modifier), origin_of_modifier(modifier));
  }
  if (around.exclaim != absent) {
    const Hit& hit = matcher_.modifiers()[around.exclaim];
    const auto marks = std::min(reading_.tokens[hit.begin].count, max_exclaim_marks);
    scale(parts, 1.0 + (hit.weight - 1.0) * marks, origin_of_modifier(around.exclaim));
  }
  emphasise(parts, Modifier::quoted, around.quoted);
}

double Effects::polarity_of(const Parts& parts) const {
  double sum = 0.0;
  for (const Part& part : parts.view()) {
    sum += signed_amount(part.axis, part.value, part.amount);
    for (const Link& link : reading_.rules->links_of(When::plain, part.axis, part.value)) {
      sum += signed_amount(link.axis, link.value, part.amount * link.factor);
    }
  }
  return sum;
}

// Most hits: nothing stands around them, and they say what their rule says.
Outcome Effects::enter_plain(const Hit& hit) {
  tally_.speak_for(origin_of(hit.rule, hit.begin, hit.end));
  double polarity = signed_amount(hit.axis, hit.value, hit.weight);
  tally_.add(reading_.rules->slot(hit.axis, hit.value), hit.weight);
  for (const Link& link : reading_.rules->links_of(When::plain, hit.axis, hit.value)) {
    const double amount = hit.weight * link.factor;
    tally_.add(link.slot, amount);
    polarity += signed_amount(link.axis, link.value, amount);
  }
  return {hit.begin, hit.end, hit.axis, hit.value, polarity, false};
}

Outcome Effects::enter(std::size_t index) {
  const Hit& hit = matcher_.hits()[index];
  if (scopes_.is_plain(index)) return enter_plain(hit);
  const Circumstances around = scopes_.of(index);
  Parts parts;
  parts.push({hit.axis, hit.value, hit.weight});
  post(parts, 1.0, origin_of(hit.rule, hit.begin, hit.end));
  double damping = 1.0;
  for (const std::uint32_t modifier : around.degree) {
    if (modifier == absent) break;
    scale(parts, 1.0 + (weight_of(modifier) - 1.0) * damping, origin_of_modifier(modifier));
    damping *= degree_damping;
  }
  emphasise(parts, Modifier::caps, around.caps);
  emphasise(parts, Modifier::elongated, around.elongated);
  if (around.negator != absent) turn(parts, When::negated, origin_of_modifier(around.negator));
  if (around.conditional != absent)
    turn(parts, When::conditional, origin_of_modifier(around.conditional));
  if (around.question != absent) turn(parts, When::question, origin_of_modifier(around.question));
  apply_factors(parts, around);
  return {hit.begin, hit.end, hit.axis, hit.value, polarity_of(parts), around.negator != absent};
}

}  // namespace testigo::classify
