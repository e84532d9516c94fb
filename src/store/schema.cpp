#include "store/schema.h"

#include <array>

#include "store/schema_frontier.h"
#include "store/schema_tables.h"
#include "store/schema_views.h"

namespace testigo::store {

std::span<const std::string_view> schema() {
  // Tables stand behind those that they refer to, and views behind all.
  static constexpr std::array parts = {
      name_tables, collection_tables, post_tables,     verdict_tables,
      sum_tables,  people_tables,     frontier_tables, views};
  return parts;
}

}  // namespace testigo::store
