#include "classify/class_table.h"

#include <algorithm>

#include "classify/parts.h"

namespace testigo::classify {
namespace {

using Sequences = std::vector<Sequence>;

Sequences both(Sequences a, const Sequences& b, AtomSets& sets) {
  a.insert(a.end(), b.begin(), b.end());
  return merge_single_words(a, sets);
}

}  // namespace

void ClassTable::add_unit(Unit unit, const Sequences& ways) {
  Sequences& known = units_[static_cast<std::size_t>(unit)];
  known.insert(known.end(), ways.begin(), ways.end());
}

void ClassTable::finish_units() {
  const auto unit = [this](Unit which) { return units_[static_cast<std::size_t>(which)]; };
  const auto kind = [this](text::TokenKind token_kind) -> Sequences {
    return {{one_of(AtomSets::of_kind(token_kind), sets_)}};
  };
  const Sequences numbers = both(kind(text::TokenKind::number), unit(Unit::number), sets_);
  const Sequences sign = kind(text::TokenKind::money);
  const Sequences currency = both(sign, unit(Unit::money), sets_);
  Sequences money = product(sign, numbers);
  const Sequences trailing = product(numbers, currency);
  money.insert(money.end(), trailing.begin(), trailing.end());
  classes_["num"] = numbers;
  classes_["money"] = money;
  classes_["duration"] = product(both(numbers, unit(Unit::article), sets_),
                                 merge_single_words(unit(Unit::duration), sets_));
}

void ClassTable::define(std::string_view name, Sequences ways) {
  classes_[std::string(name)] = std::move(ways);
}

ClassLookup ClassTable::lookup() const {
  return [this](std::string_view name) -> const Sequences* {
    const auto found = classes_.find(name);
    return found == classes_.end() ? nullptr : &found->second;
  };
}

std::vector<std::string> spelled_out(const Sequences& ways, const AtomSets& sets) {
  std::vector<std::string> out;
  for (const Sequence& way : ways) {
    std::vector<std::string> spellings = {""};
    for (const Element& element : way) {
      std::vector<std::string> longer;
      for (const std::string& before : spellings) {
        for (const AtomId atom : sets.atoms(element.set)) {
          longer.push_back(before + (before.empty() ? "" : " ") + std::string(sets.text_of(atom)));
        }
      }
      spellings = std::move(longer);
    }
    out.insert(out.end(), spellings.begin(), spellings.end());
  }
  return out;
}

}  // namespace testigo::classify
