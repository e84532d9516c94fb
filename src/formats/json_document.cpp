#include "formats/json_document.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "formats/json_pointer.h"

namespace testigo::formats {
namespace {

JsonNode element(JsonNode array, std::string_view token) {
  const auto index = array_index(token);
  if (!index) return {};
  std::size_t left = *index;
  for (const JsonNode item : array.items())
    if (left-- == 0) return item;
  return {};
}

}  // namespace

std::optional<bool> JsonNode::as_bool() const {
  if (!is(JsonKind::boolean)) return std::nullopt;
  return document_->entries_[id_].flag;
}

std::optional<std::string_view> JsonNode::as_string() const {
  if (!is(JsonKind::text)) return std::nullopt;
  return document_->view(document_->entries_[id_].text);
}

std::optional<std::string> JsonNode::to_text() const {
  if (const auto text = as_string()) return std::string(*text);
  if (is(JsonKind::integer)) return std::to_string(document_->entries_[id_].integer);
  return is_array() || is_object() ? std::nullopt : value().to_text();
}

JsonItems JsonNode::items() const {
  if (!is_array()) return {};
  return {document_, id_ + 1, document_->entries_[id_].end};
}

JsonMembers JsonNode::members() const {
  if (!is_object()) return {};
  return {document_, id_ + 1, document_->entries_[id_].end};
}

JsonNode JsonNode::find(std::string_view key) const {
  JsonNode found;
  for (const JsonNodeMember member : members())
    if (member.key == key) found = member.value;
  return found;
}

// Depth is bounded by the reader's limits.
JsonValue JsonNode::value() const {
  if (document_ == nullptr) return JsonValue();
  const JsonDocument::Entry& entry = document_->entries_[id_];
  switch (entry.kind) {
    case JsonKind::null:
      break;
    case JsonKind::boolean:
      return JsonValue(entry.flag);
    case JsonKind::integer:
      return JsonValue(entry.integer);
    case JsonKind::real:
      return JsonValue(entry.real);
    case JsonKind::text:
      return JsonValue(std::string(document_->view(entry.text)));
    case JsonKind::array: {
      JsonValue::Array array;
      array.reserve(static_cast<std::size_t>(std::ranges::distance(items())));
      for (const JsonNode item : items()) array.push_back(item.value());
      return JsonValue(std::move(array));
    }
    case JsonKind::object: {
      JsonValue::Object object;
      object.reserve(static_cast<std::size_t>(std::ranges::distance(members())));
      for (const JsonNodeMember member : members())
        object.push_back({std::string(member.key), member.value.value()});
      return JsonValue(std::move(object));
    }
  }
  return JsonValue();
}

JsonNode find(JsonNode root, std::string_view json_pointer) {
  JsonPointer pointer(json_pointer);
  if (!pointer.is_valid()) return {};
  JsonNode at = root;
  while (at && !pointer.done()) {
    const std::string_view token = pointer.next();
    at = at.is_array() ? element(at, token) : at.find(token);
  }
  return at;
}

std::size_t JsonKeys::bucket_of(std::string_view key) {
  const std::size_t first = key.empty() ? 0 : static_cast<unsigned char>(key[0]);
  return (key.size() * 7 + first) % bucket_count;
}

std::size_t JsonKeys::add(std::string_view key) {
  if (const auto number = number_of(key)) return *number;
  std::size_t& first = first_[bucket_of(key)];
  keys_.push_back({std::string(key), first});
  return first = keys_.size() - 1;
}

std::optional<std::size_t> JsonKeys::number_of(std::string_view key) const {
  for (std::size_t at = first_[bucket_of(key)]; at != no_key; at = keys_[at].next)
    if (keys_[at].text == key) return at;
  return std::nullopt;
}

JsonDocumentBuilder::JsonDocumentBuilder(std::size_t document_bytes) {
  constexpr std::size_t bytes_per_entry = 16;  // of APIs' answers, about
  document_.pool_.reserve(document_bytes);
  document_.entries_.reserve(document_bytes / bytes_per_entry + 1);
}

void JsonDocumentBuilder::text(std::string_view value) {
  add(JsonKind::text).text = {static_cast<std::uint32_t>(document_.pool_.size()),
                              static_cast<std::uint32_t>(value.size())};
  document_.pool_ += value;
}

std::size_t JsonDocumentBuilder::open_array() {
  add(JsonKind::array);
  return document_.entries_.size() - 1;
}

std::size_t JsonDocumentBuilder::open_object() {
  add(JsonKind::object);
  return document_.entries_.size() - 1;
}

void JsonDocumentBuilder::close(std::size_t place) {
  document_.entries_[place].end = static_cast<std::uint32_t>(document_.entries_.size());
}

void JsonDocumentBuilder::value(const JsonValue& value) {
  if (const std::string* written = value.as_string()) {
    text(*written);
  } else if (value.is_array()) {
    const std::size_t place = open_array();
    for (const JsonValue& item : value.items()) this->value(item);
    close(place);
  } else if (value.is_object()) {
    const std::size_t place = open_object();
    for (const JsonMember& member : value.members()) {
      text(member.key);
      this->value(member.value);
    }
    close(place);
  } else if (const auto flag = value.as_bool()) {
    boolean(*flag);
  } else if (value.is_null()) {
    null();
  } else if (value.is_integer()) {
    integer(*value.as_int());
  } else {
    real(*value.as_double());
  }
}

}  // namespace testigo::formats
