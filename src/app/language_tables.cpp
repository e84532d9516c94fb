#include "app/language_tables.h"

#include "formats/toml.h"

namespace testigo::app {

Result<void> read_language_tables(std::span<const RuleFile> files, std::string_view file_name,
                                  const sources::Names& keys, const ReadLanguageTable& read) {
  const RuleFile* file = last_rule_file(files, file_name);
  if (file == nullptr) return {};
  auto document = formats::parse_toml(file->path, file->bytes);
  if (!document) return fail(std::move(document.error()));
  sources::CheckedToml toml(*document);
  for (const formats::TomlMember& language : document->root().members) {
    if (!toml.is(language.value, formats::TomlValue::Kind::table, language.key)) continue;
    toml.only(language.value, keys);
    read(language.key, toml, language.value);
  }
  if (toml.error()) return fail(*toml.error());
  return {};
}

}  // namespace testigo::app
