#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "extract/found.h"
#include "extract/spec.h"
#include "formats/json_document.h"

namespace testigo::extract {

// A value as the reader of a post sees it.
[[nodiscard]] Found found_value(formats::JsonNode value);

// What the selectors of a JSON source find in an answer (spec.h says how they are written). The
// answer and the spec must outlive it.
class JsonValues {
 public:
  JsonValues(const Page& page, formats::JsonNode root, const ExtractorSpec& spec)
      : page_(page), root_(root), spec_(spec) {}

  // Seen from one item, or from the root.
  [[nodiscard]] Found look_up(formats::JsonNode item, std::string_view selector) const;
  [[nodiscard]] Found look_up(std::string_view selector) const { return look_up(root_, selector); }

  // What templates are filled with beside.
  [[nodiscard]] const std::map<std::string, std::string>& variables() const {
    return spec_.variables;
  }

  // "/posts/-/id": what stands at /id in the last of /posts.
  [[nodiscard]] Found look_up_in_last(std::string_view pointer) const;
  // What stands at "/labels/*/val", in each of the labels.
  [[nodiscard]] static std::vector<Found> look_up_each(formats::JsonNode item,
                                                       std::string_view pointer);
  // The texts of an array, or of what stands at a pointer with "*" in it, with commas between, as
  // services take lists of ids: as many in one as a request takes. None of anything else.
  [[nodiscard]] static std::vector<std::string> joined(formats::JsonNode item,
                                                       std::string_view pointer);

 private:
  // "title,question=/question_id", as spec.h has it.
  [[nodiscard]] Found part_at(formats::JsonNode item, std::string_view selector) const;

  const Page& page_;
  formats::JsonNode root_;
  const ExtractorSpec& spec_;
};

// Every key that a selector of the spec names: what else an answer holds is nothing to it. Nothing
// where items are known by keys of their own.
[[nodiscard]] std::optional<formats::JsonKeys> keys_of(const ExtractorSpec& spec);

}  // namespace testigo::extract
