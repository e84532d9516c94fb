#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "formats/json.h"

namespace testigo::app {

// The columns of rows of JSON: their keys, each with the pointers into the objects under it
// ("user", "/user/name"), in the order in which they come.
class JsonColumns {
 public:
  // Values that are no object have none. Bounded in number and depth.
  void see(const formats::JsonValue& row);
  [[nodiscard]] const std::vector<std::string>& all() const { return columns_; }

 private:
  void add(const std::string& column);
  void add_within(const formats::JsonValue& object, const std::string& pointer, std::size_t depth);

  std::vector<std::string> columns_;
  std::set<std::string> seen_;
};

}  // namespace testigo::app
