#include "app/json_columns.h"

namespace testigo::app {
namespace {

constexpr std::size_t most_columns = 10'000;
constexpr std::size_t deepest = 3;  // "/a/b/c/d"

// RFC 6901 §3 has another spelling for these in a pointer.
bool can_be_pointed_at(const std::string& key) {
  return !key.empty() && key.find_first_of("/~") == std::string::npos;
}

}  // namespace

void JsonColumns::see(const formats::JsonValue& row) {
  for (const formats::JsonMember& member : row.members()) {
    add(member.key);
    if (can_be_pointed_at(member.key)) add_within(member.value, "/" + member.key, deepest);
  }
}

void JsonColumns::add(const std::string& column) {
  if (columns_.size() < most_columns && seen_.insert(column).second) columns_.push_back(column);
}

void JsonColumns::add_within(const formats::JsonValue& object, const std::string& pointer,
                             std::size_t depth) {
  if (depth == 0) return;
  for (const formats::JsonMember& member : object.members()) {
    if (!can_be_pointed_at(member.key)) continue;
    const std::string inner = pointer + "/" + member.key;
    add(inner);
    add_within(member.value, inner, depth - 1);
  }
}

}  // namespace testigo::app
