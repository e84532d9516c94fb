#include "extract/thing_reading.h"

#include <algorithm>
#include <utility>

#include "extract/number.h"

namespace testigo::extract {

ThingReading::ThingReading(const Things& things) : things_(things), parents_(things.size()) {
  for (std::size_t i = 0; i < things_.size(); ++i) {
    for (const ThingProperty& property : things_[i].properties) {
      if (!property.value.thing || property.name == "parentItem") continue;
      if (auto& parent = parents_[*property.value.thing]; !parent)
        parent.emplace(Parent{i, property.name});
    }
  }
}

std::optional<ThingReading::Parent> ThingReading::parent_of(std::size_t place) const {
  return parents_[place];
}

bool ThingReading::hangs_on(std::size_t place,
                            std::initializer_list<std::string_view> properties) const {
  const std::optional<Parent>& parent = parents_[place];
  if (!parent || !things_[place].types.empty()) return false;
  return std::find(properties.begin(), properties.end(), parent->property) != properties.end();
}

bool ThingReading::is_full() const {
  constexpr std::size_t max_read_bytes = 64u << 20;
  return bytes_ >= max_read_bytes;
}

const ThingValue* ThingReading::first(const Thing& thing,
                                      std::initializer_list<std::string_view> names) const {
  constexpr std::size_t small = 32;
  if (thing.properties.size() <= small) return thing.first(names);
  const auto [large, is_new] = large_.try_emplace(&thing);
  auto& index = large->second;
  if (is_new) {
    for (const ThingProperty& property : thing.properties)
      if (has_value(property)) index.try_emplace(property.name, &property.value);
  }
  for (const std::string_view name : names)
    if (const auto found = index.find(name); found != index.end()) return found->second;
  return nullptr;
}

std::string ThingReading::words(const ThingValue* value, int depth) const {
  constexpr int deepest = 4;  // a name that is itself a thing, and so on round in a circle
  if (value == nullptr || depth > deepest) return {};
  if (!value->thing) return value->text.empty() ? value->url : value->text;
  const Thing& thing = things_[*value->thing];
  const std::string named = words(first(thing, {"name", "headline", "alternateName"}), depth + 1);
  if (!named.empty()) return named;
  return words(first(thing, {"givenName", "text", "url"}), depth + 1);
}

std::optional<std::string> ThingReading::words_of(
    const Thing& thing, std::initializer_list<std::string_view> names) const {
  return counted(words(first(thing, names)));
}

std::optional<std::string> ThingReading::counted(std::string text) const {
  bytes_ += text.size();
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> ThingReading::author_of(const Thing& thing) const {
  constexpr std::size_t most = 20;  // names; more are a list of something else
  std::string authors;
  std::size_t count = 0;
  for (const std::string_view name : {"author", "creator", "reviewer"}) {
    for (const ThingProperty& property : thing.properties) {
      if (property.name != name || count >= most) continue;
      const std::string one = words(&property.value);
      if (one.empty() || ("; " + authors + ";").find("; " + one + ";") != std::string::npos)
        continue;
      authors += (authors.empty() ? "" : "; ") + one;
      ++count;
    }
    if (!authors.empty()) break;
  }
  if (authors.empty()) return std::nullopt;
  return authors;
}

ThingScale ThingReading::scale_of(const Thing& thing) const {
  ThingScale scale;
  const std::string value = words(first(thing, {"ratingValue", "rating", "average", "value"}));
  if (const auto written = parse_rating(value)) {
    scale.value = parse_number(value).value_or(written->value);
    scale.best = written->best;
  }
  if (const auto best = parse_number(words(first(thing, {"bestRating", "best"}))))
    scale.best = best;
  scale.worst = parse_number(words(first(thing, {"worstRating", "worst"})));
  return scale;
}

// None where there are several and each is of an aspect.
const ThingValue* ThingReading::rating_in(const Thing& review) const {
  const ThingValue* rating = first(review, {"reviewRating", "rating"});
  std::size_t ratings = 0;
  for (const ThingProperty& property : review.properties) {
    if (property.name != "reviewRating" || !has_value(property)) continue;
    ++ratings;
    const ThingValue& value = property.value;
    if (!value.thing || first(things_[*value.thing], {"reviewAspect"}) == nullptr) return &value;
  }
  return ratings > 1 ? nullptr : rating;
}

std::vector<std::string> ThingReading::list_of(const Thing& thing, std::string_view name) const {
  constexpr std::size_t most = 50;  // notes; more are no summary
  std::vector<std::string> texts;
  const auto add = [&](const ThingValue& value) {
    std::string text = words(&value);
    if (text.empty() && value.thing)
      text = words(first(things_[*value.thing], {"item", "description"}));
    if (auto one = counted(std::move(text)); one && texts.size() < most)
      texts.push_back(*std::move(one));
  };
  for (const ThingProperty& property : thing.properties) {
    if (property.name != name || !has_value(property)) continue;
    bool lists = false;
    if (property.value.thing) {
      for (const ThingProperty& element : things_[*property.value.thing].properties) {
        if (element.name != "itemListElement" || !has_value(element)) continue;
        lists = true;
        add(element.value);
      }
    }
    if (!lists) add(property.value);
  }
  return texts;
}

ThingScale ThingReading::rating_of(const Thing& review) const {
  const ThingValue* rating = rating_in(review);
  if (rating == nullptr) return scale_of(review);
  if (rating->thing) return scale_of(things_[*rating->thing]);
  ThingScale scale = scale_of(review);
  if (const auto written = parse_rating(rating->text)) {
    scale.value = written->value;
    if (written->best) scale.best = written->best;
  }
  return scale;
}

std::optional<std::int64_t> ThingReading::count_of(
    const Thing& thing, std::initializer_list<std::string_view> names) const {
  return parse_count(words(first(thing, names)));
}

std::optional<std::string> ThingReading::url_of(const Thing& thing) const {
  const ThingValue* url = first(thing, {"url", "mainEntityOfPage"});
  if (url == nullptr) return std::nullopt;
  if (url->thing) return counted(things_[*url->thing].id);
  return counted(url->url.empty() ? url->text : url->url);
}

std::optional<std::string> ThingReading::id_of(const Thing& thing) const {
  if (auto identifier = words_of(thing, {"identifier"})) return identifier;
  if (thing.id.empty() || thing.id.starts_with("_:")) return std::nullopt;
  return counted(thing.id);
}

}  // namespace testigo::extract
