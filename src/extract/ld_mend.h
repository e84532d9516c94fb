#pragma once

#include <string>
#include <string_view>

namespace testigo::extract {

// JSON-LD that mend_json could not make JSON, mended by what templates do to it: quotation marks
// that are not escaped within a text, marks written as entities, words before the document
// ("var x ="), documents one after the other (they become an array), brackets that are not closed.
// A text that ends in the middle stays broken: half a review is none.
[[nodiscard]] std::string mend_ld(std::string_view text);

}  // namespace testigo::extract
