#include "extract/json_fields.h"

#include <algorithm>
#include <utility>

namespace testigo::extract {

using formats::JsonNode;

namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);
constexpr std::size_t not_met = nobody - 1;

}  // namespace

JsonFields::JsonFields(const ItemSpec& spec, const JsonValues& values)
    : spec_(spec), values_(values) {
  for (const auto& [field, selectors] : spec.fields) {
    Field& added = fields_.emplace_back(Field{field, {}});
    for (const std::string& selector : selectors)
      added.alternatives.push_back(alternative_of(selector));
  }
  nodes_.resize(members_.size());
}

JsonFields::Way JsonFields::way_of(std::string_view selector) {
  if (!selector.starts_with('/')) return {selector, {}, {}};
  const std::string_view key = selector.substr(1, selector.find('/', 1) - 1);
  if (key.find('~') != std::string_view::npos) return {selector, {}, {}};
  return {selector, members_.add(key), selector.substr(1 + key.size())};
}

JsonFields::Alternative JsonFields::alternative_of(std::string_view selector) {
  Alternative made{selector, way_of(selector), {}, {}};
  if (!is_json_template(selector)) return made;
  made.filled.emplace(selector, values_.variables());
  for (const std::string& inner : made.filled->selectors()) made.ways.push_back(way_of(inner));
  return made;
}

// Which member of those asked for it is; `nobody` where nothing asks for it.
std::size_t JsonFields::slot_of(const formats::JsonNodeMember& member) {
  const auto look_up = [&] { return members_.number_of(member.key).value_or(nobody); };
  if (member.number == 0) return look_up();
  if (member.number >= slots_.size()) slots_.resize(member.number + std::size_t{1}, not_met);
  std::size_t& slot = slots_[member.number];
  if (slot == not_met) slot = look_up();
  return slot;
}

// Of equal keys the last one counts, as everywhere.
void JsonFields::walk(JsonNode item) {
  std::fill(nodes_.begin(), nodes_.end(), JsonNode());
  for (const formats::JsonNodeMember member : item.members()) {
    const std::size_t slot = slot_of(member);
    if (slot != nobody) nodes_[slot] = member.value;
  }
}

Found JsonFields::look_up(JsonNode item, const Way& way) const {
  if (!way.member || !item.is_object()) return values_.look_up(item, way.selector);
  const JsonNode node = nodes_[*way.member];
  if (!node) return Found();
  return found_value(way.within.empty() ? node : formats::find(node, way.within));
}

Found JsonFields::look_up(JsonNode item, const Alternative& alternative) const {
  if (!alternative.filled) return look_up(item, alternative.way);
  auto text =
      alternative.filled->fill([&](std::size_t i) { return look_up(item, alternative.ways[i]); });
  return text ? Found::made_text(*std::move(text)) : Found();
}

const FoundFields& JsonFields::of(JsonNode item) {
  walk(item);
  for (const Field& field : fields_) {
    FoundField& out = found_[static_cast<std::size_t>(field.field)];
    if (!out.found.is_missing()) out.found = Found();
    out.selector = field.alternatives.empty() ? "" : field.alternatives.front().selector;
    out.blank = false;
    for (const Alternative& alternative : field.alternatives) {
      Found here = look_up(item, alternative);
      if (tells_nothing(spec_, here)) {
        out.blank = out.blank || !here.is_missing();
        continue;
      }
      out.selector = alternative.selector;
      out.found =
          spec_.values.empty() ? std::move(here) : translated(spec_, field.field, std::move(here));
      break;
    }
  }
  return found_;
}

}  // namespace testigo::extract
