#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"

namespace testigo::app {

// What is known of one kind of export: rules/import/<name>.toml (rules/import/README.md has the
// keys).
struct ImportPreset {
  std::string name;  // the file's stem
  std::string file;  // as loaded, for messages
  std::string title;
  std::string about;
  std::string terms;
  SourceId source{"import"};
  bool about_brand = false;
  std::vector<std::string> known_by;  // columns
  // Post field → column names, JSON Pointers or "=" templates, most telling first.
  std::map<std::string, std::vector<std::string>> fields;
  // Post field → "review *", words around a name of it that is in no column as it stands.
  std::map<std::string, std::vector<std::string>> around;
  std::vector<std::string> alone;     // names that nothing may stand around
  std::optional<double> rating_best;  // none: 5
  std::optional<double> rating_worst;
  std::optional<double> rating_none;
  std::map<std::string, std::map<std::string, std::string>> values;  // field → folded word → ours
  std::string list;                  // JSON Pointer to the rows of a document; "" each is a row
  std::vector<std::string> skip_if;  // "column=word"
  std::vector<std::string> html;     // fields
  std::vector<std::string> bbcode;   // likewise
  bool own_words = false;
  bool mask_addresses = false;
  std::string id_parameter;  // an id that is an address with this query parameter is its value
  bool text_optional = false;
  bool nps = false;
  std::optional<bool> day_first;
  std::string zone;  // of tz database; "" the configured one
  std::string original_mark;
  std::string translated_mark;
};

using ImportPresets = std::map<std::string, ImportPreset, std::less<>>;
inline constexpr std::string_view generic_preset = "generic";

// Errc::malformed with file, line and column in `where` and the mend in `what`.
[[nodiscard]] Result<ImportPreset> load_import_preset(std::string_view file,
                                                      std::string_view bytes);

// The post fields that a column can give.
[[nodiscard]] const std::vector<std::string>& import_fields();

// A column's name as it is compared: folded, letters and digits only ("Review Text" is
// "review_text").
[[nodiscard]] std::string column_key(std::string_view name);

}  // namespace testigo::app
