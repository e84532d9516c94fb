// The fast reader agrees with the plain one, and what is written reads back the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/json.h"
#include "formats/json_document.h"
#include "formats/json_plain.h"

using namespace testigo::formats;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

// Values, and what leads to them, are the same in a document as in the tree of values. Depth is
// bounded by the readers.
void check_same(JsonNode node, const JsonValue& value) {
  expect(node.to_text() == value.to_text());
  expect(node.is_null() == value.is_null() && node.is_array() == value.is_array());
  std::size_t place = 0;
  for (const JsonNodeMember member : node.members()) {
    expect(member.key == value.members().at(place).key);
    check_same(member.value, value.members()[place++].value);
  }
  expect(place == value.members().size());
  place = 0;
  for (const JsonNode item : node.items()) check_same(item, value.items().at(place++));
  expect(place == value.items().size());
}

// Whatever is asked for is picked as the tree has it, and of the rest no more than there is. An
// object that has members keeps one.
void check_picked(JsonNode node, const JsonValue& value, const JsonKeys& keys) {
  if (value.is_object()) {
    expect(node.is_object());
    expect(node.members().empty() == value.members().empty());
    auto member = value.members().begin();
    const auto end = value.members().end();
    for (const JsonNodeMember picked : node.members()) {
      while (member != end && member->key != picked.key) expect(!keys.has((member++)->key));
      expect(member != end);
      const bool is_placeholder = !keys.has(picked.key) && picked.value.is_null();
      if (!is_placeholder) check_picked(picked.value, member->value, keys);
      ++member;
    }
    while (member != end) expect(!keys.has((member++)->key));
  } else if (value.is_array()) {
    expect(node.is_array());
    std::size_t place = 0;
    for (const JsonNode item : node.items()) check_picked(item, value.items().at(place++), keys);
    expect(place == value.items().size());
  } else {
    check_same(node, value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return 0;  // the mark is the fast reader's business
  JsonKeys keys;
  for (const char* key : {"", "a", "id", "text"}) keys.add(key);
  const std::string copy(text);  // without room behind it
  const auto picked = pick_json(copy, keys);
  const auto fast = parse_json(text);
  const auto plain = parse_json_plain(text, {});
  expect(fast.has_value() == plain.has_value());
  if (!fast) return 0;
  expect(picked.has_value());
  check_picked(picked->root(), *plain, keys);
  expect(*fast == *plain);
  const auto document = read_json(text);
  expect(document.has_value());
  check_same(document->root(), *plain);
  // As text: a double without fraction comes back as an integer.
  const std::string written = to_json(*fast);
  const auto again = parse_json(written);
  expect(again.has_value());
  expect(to_json(*again) == written);
  return 0;
}
