#pragma once

#include <span>
#include <string_view>

namespace testigo::store {

// What makes an empty file a new store, part by part: schema_tables.h, schema_frontier.h and
// schema_views.h. An older store comes to the same by the steps of migrations.h: what changes here
// is a step there too, and a test holds the two against each other.
[[nodiscard]] std::span<const std::string_view> schema();

}  // namespace testigo::store
