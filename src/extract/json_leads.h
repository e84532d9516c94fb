#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "extract/extract.h"
#include "extract/item.h"
#include "extract/json_elements.h"
#include "extract/json_values.h"

namespace testigo::extract {

// The requests that an answer leads to by one EachSpec.
struct JsonLeads {
  std::vector<Variables> requests;  // each once
  std::size_t skipped = 0;          // elements passed over by the source's own word
  std::string missing;  // the place of a variable of the first element that leads nowhere; ""
};

// `named` are the keys that the answer's items have (ItemSpec::key).
[[nodiscard]] JsonLeads read_leads(const EachSpec& each, std::vector<JsonElement> list,
                                   const JsonValues& values,
                                   const std::unordered_set<std::string>& named);

// The element as conditions see it.
[[nodiscard]] ItemView view_of(const JsonElement& element, const JsonValues& values);

}  // namespace testigo::extract
