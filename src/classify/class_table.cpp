#include "classify/class_table.h"

#include <algorithm>

namespace testigo::classify {
namespace {

using Sequences = std::vector<Sequence>;

Sequence kind_sequence(text::TokenKind kind) {
  return {Element{Element::Kind::one_of, {Atom{Atom::Kind::token_kind, kind, {}}}, 1, 1}};
}

Sequences with_one_choice(const Sequences& ways) {
  Element choice;
  Sequences out;
  for (const Sequence& way : ways) {
    if (way.size() == 1) {
      choice.atoms.insert(choice.atoms.end(), way[0].atoms.begin(), way[0].atoms.end());
    } else {
      out.push_back(way);
    }
  }
  std::sort(choice.atoms.begin(), choice.atoms.end());
  choice.atoms.erase(std::unique(choice.atoms.begin(), choice.atoms.end()), choice.atoms.end());
  if (!choice.atoms.empty()) out.insert(out.begin(), Sequence{choice});
  return out;
}

Sequences product(const Sequences& heads, const Sequences& tails) {
  Sequences out;
  for (const Sequence& head : heads) {
    for (const Sequence& tail : tails) {
      out.push_back(head);
      out.back().insert(out.back().end(), tail.begin(), tail.end());
    }
  }
  return out;
}

Sequences both(Sequences a, const Sequences& b) {
  a.insert(a.end(), b.begin(), b.end());
  return with_one_choice(a);
}

}  // namespace

void ClassTable::add_unit(Unit unit, const Sequences& ways) {
  Sequences& known = units_[static_cast<std::size_t>(unit)];
  known.insert(known.end(), ways.begin(), ways.end());
}

void ClassTable::finish_units() {
  const auto unit = [this](Unit which) { return units_[static_cast<std::size_t>(which)]; };
  const Sequences numbers = both({kind_sequence(text::TokenKind::number)}, unit(Unit::number));
  const Sequences sign = {kind_sequence(text::TokenKind::money)};
  const Sequences currency = both(sign, unit(Unit::money));
  Sequences money = product(sign, numbers);
  const Sequences trailing = product(numbers, currency);
  money.insert(money.end(), trailing.begin(), trailing.end());
  classes_["num"] = numbers;
  classes_["money"] = money;
  classes_["duration"] = product(both(numbers, unit(Unit::article)), with_one_choice(unit(Unit::duration)));
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

std::vector<std::string> spelled_out(const Sequences& ways) {
  std::vector<std::string> out;
  for (const Sequence& way : ways) {
    std::vector<std::string> spellings = {""};
    for (const Element& element : way) {
      std::vector<std::string> longer;
      for (const std::string& before : spellings) {
        for (const Atom& atom : element.atoms) {
          longer.push_back(before + (before.empty() ? "" : " ") + atom.text);
        }
      }
      spellings = std::move(longer);
    }
    out.insert(out.end(), spellings.begin(), spellings.end());
  }
  return out;
}

}  // namespace testigo::classify
