#include "query/verdict_fields.h"

#include <algorithm>

#include "query/filter.h"

namespace testigo::query {

bool asks_verdict(const Node& node) {
  if (node.kind == Node::Kind::filter) {
    const FilterField field = node.filter.field;
    return field == FilterField::lang || field == FilterField::theme || axis_of(field).has_value();
  }
  return std::any_of(node.children.begin(), node.children.end(), asks_verdict);
}

}  // namespace testigo::query
