#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "extract/item.h"
#include "extract/json_values.h"
#include "extract/spec.h"
#include "extract/text_template.h"
#include "formats/json_document.h"

namespace testigo::extract {

// What find_fields finds, for the many items of one list: the selectors are read once, and of each
// item its members are walked once. The spec and the values must outlive it.
class JsonFields {
 public:
  JsonFields(const ItemSpec& spec, const JsonValues& values);

  // Good until the next call.
  [[nodiscard]] const FoundFields& of(formats::JsonNode item);

 private:
  // Where a selector leads: into a member of the item, or elsewhere.
  struct Way {
    std::string_view selector;
    std::optional<std::size_t> member;  // its number among `members_`
    std::string_view within;            // pointer, from there
  };
  struct Alternative {
    std::string_view selector;  // as the spec has it
    Way way;
    std::optional<TextTemplate> filled;  // a template, with the ways of its selectors
    std::vector<Way> ways;
  };
  struct Field {
    PostField field;
    std::vector<Alternative> alternatives;
  };

  Way way_of(std::string_view selector);
  Alternative alternative_of(std::string_view selector);
  void walk(formats::JsonNode item);
  [[nodiscard]] std::size_t slot_of(const formats::JsonNodeMember& member);
  [[nodiscard]] Found look_up(formats::JsonNode item, const Way& way) const;
  [[nodiscard]] Found look_up(formats::JsonNode item, const Alternative& alternative) const;

  const ItemSpec& spec_;
  const JsonValues& values_;
  formats::JsonKeys members_;
  std::vector<Field> fields_;
  std::vector<formats::JsonNode> nodes_;  // of the item at hand, by member
  std::vector<std::size_t> slots_;  // members, by the document's numbers of keys; as they are met
  FoundFields found_;
};

}  // namespace testigo::extract
