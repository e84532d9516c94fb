#pragma once

#include <string>
#include <vector>

#include "extract/spec.h"
#include "formats/json_document.h"

namespace testigo::extract {

// An element of a list in a JSON answer.
struct JsonElement {
  formats::JsonNode value;
  std::string place;      // the pointer that names it
  std::string parent;     // external id of the item whose children it is among
  std::string item = {};  // what that is about, for children that do not say it
};

// What stands where a list should.
struct ElementList {
  std::vector<JsonElement> elements;
  bool told = true;        // false: nothing stands there, or null
  std::string wrong = {};  // what does where it is no list: "/hits is null, not a list"
};

// The elements of the first alternative that is a list (`keyed`: or an object whose members are the
// elements); else of the first at which something stands, which may be one object.
[[nodiscard]] ElementList elements_at(formats::JsonNode root, const Selector& list, bool keyed);

// Of an array that stands at `place`; none of anything else.
[[nodiscard]] std::vector<JsonElement> array_elements(formats::JsonNode array,
                                                      const std::string& place);

// The elements, each followed by those below it, which stand at the pointer `children` in it. No
// more than `most`, nested however deep.
[[nodiscard]] std::vector<JsonElement> with_children(std::vector<JsonElement> list,
                                                     const std::string& children, std::size_t most);

}  // namespace testigo::extract
