#include "app/import_preset.h"

#include <algorithm>
#include <filesystem>

#include "extract/number.h"
#include "formats/toml.h"
#include "sources/checked_toml.h"
#include "text/fold.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

using formats::TomlMember;
using formats::TomlValue;
using sources::CheckedToml;
using Kind = TomlValue::Kind;

const TomlValue* table_at(CheckedToml& toml, const TomlValue& root, std::string_view key) {
  const TomlValue* table = root.find(key);
  return table != nullptr && toml.is(*table, Kind::table, key) ? table : nullptr;
}

void check_field(CheckedToml& toml, const TomlValue& at, const std::string& field) {
  const std::vector<std::string>& known = import_fields();
  if (std::find(known.begin(), known.end(), field) == known.end())
    toml.wrong(at, sources::unknown_name("field", field, {known.begin(), known.end()}));
}

void read_fields(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "fields");
  if (table == nullptr)
    return toml.wrong(root, "[fields] is missing: say which column is the text");
  for (const TomlMember& member : table->members) {
    check_field(toml, member.value, member.key);
    preset.fields[member.key] = toml.strings(*table, member.key);
  }
  if (!preset.fields.contains("text"))
    toml.wrong(*table, "[fields] names no text: say which column it is, text = \"comment\"");
}

void read_around(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "around");
  if (table == nullptr) return;
  for (const TomlMember& member : table->members) {
    if (member.key == "alone") {
      preset.alone = toml.strings(*table, member.key);
      continue;
    }
    check_field(toml, member.value, member.key);
    preset.around[member.key] = toml.strings(*table, member.key);
    for (const std::string& words : preset.around[member.key])
      if (std::count(words.begin(), words.end(), '*') != 1)
        toml.wrong(member.value,
                   "\"" + words + "\" must have one * where the name stands, as \"review *\"");
  }
}

void read_rating(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "rating");
  if (table == nullptr) return;
  toml.only(*table, {"best", "worst", "none"});
  preset.rating_best = toml.real(*table, "best");
  preset.rating_worst = toml.real(*table, "worst");
  preset.rating_none = toml.real(*table, "none");
  if (preset.rating_best && preset.rating_worst && *preset.rating_best <= *preset.rating_worst)
    toml.wrong(*table, "\"best\" must be above \"worst\"");
}

void read_values(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "values");
  if (table == nullptr) return;
  for (const TomlMember& field : table->members) {
    check_field(toml, field.value, field.key);
    for (const auto& [word, ours] : toml.pairs(*table, field.key)) {
      if (field.key == "rating" && !ours.empty() && !extract::parse_number(ours))
        toml.wrong(*field.value.find(word), "\"" + ours + "\" is no number: say how many " + word +
                                                " is on the rating's scale, such as \"5\"");
      preset.values[field.key][text::fold(word)] = ours;
    }
  }
}

void read_rows(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "rows");
  if (table == nullptr) return;
  toml.only(*table, {"list", "skip_if", "html", "bbcode", "own_words", "mask_addresses",
                     "id_parameter", "text_optional", "nps"});
  preset.list = toml.string(*table, "list");
  if (!preset.list.empty() && preset.list[0] != '/')
    toml.wrong(*table->find("list"), "\"list\" must be a JSON Pointer, such as \"/reviews\"");
  preset.skip_if = toml.strings(*table, "skip_if");
  for (const std::string& condition : preset.skip_if)
    if (condition.find('=') == std::string::npos)
      toml.wrong(*table->find("skip_if"), "\"" + condition + "\" is not COLUMN=WORD");
  preset.html = toml.strings(*table, "html");
  for (const std::string& field : preset.html) check_field(toml, *table->find("html"), field);
  preset.bbcode = toml.strings(*table, "bbcode");
  for (const std::string& field : preset.bbcode) check_field(toml, *table->find("bbcode"), field);
  preset.own_words = toml.boolean(*table, "own_words", false);
  preset.mask_addresses = toml.boolean(*table, "mask_addresses", false);
  preset.id_parameter = toml.string(*table, "id_parameter");
  preset.text_optional = toml.boolean(*table, "text_optional", false);
  preset.nps = toml.boolean(*table, "nps", false);
}

void read_dates(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "dates");
  if (table == nullptr) return;
  toml.only(*table, {"order", "zone"});
  const std::string order = toml.string(*table, "order");
  if (order == "day_first" || order == "month_first") {
    preset.day_first = order == "day_first";
  } else if (!order.empty()) {
    toml.wrong(*table->find("order"), "\"order\" must be day_first or month_first");
  }
  preset.zone = toml.string(*table, "zone");
  if (preset.zone.empty()) return;
  if (auto zone = text::find_time_zone(preset.zone); !zone)
    toml.wrong(*table->find("zone"), zone.error().what);
}

void read_translation(CheckedToml& toml, const TomlValue& root, ImportPreset& preset) {
  const TomlValue* table = table_at(toml, root, "translation");
  if (table == nullptr) return;
  toml.only(*table, {"original", "translated"});
  preset.original_mark = toml.string(*table, "original");
  preset.translated_mark = toml.string(*table, "translated");
}

}  // namespace

const std::vector<std::string>& import_fields() {
  static const std::vector<std::string> fields = {
      "app_version", "author", "edited_at", "id",     "item",        "lang",
      "location",    "parent", "posted_at", "rating", "rating_best", "reach",
      "replied_at",  "reply",  "text",      "title",  "url"};
  return fields;
}

std::string column_key(std::string_view name) {
  std::string key;
  const std::string folded = text::fold(name);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::string_view two = std::string_view(folded).substr(i, 2);
    const char c = folded[i];
    if (two == "¿" || two == "¡")
      ++i;
    else if ((c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      key += c;
  }
  // "#" and the like have nothing else to be known by.
  return key.empty() ? std::string(name) : key;
}

Result<ImportPreset> load_import_preset(std::string_view file, std::string_view bytes) {
  auto document = formats::parse_toml(file, bytes);
  if (!document) return fail(std::move(document.error()));
  CheckedToml toml(*document);
  const TomlValue& root = document->root();
  ImportPreset preset;
  preset.file = file;
  preset.name = std::filesystem::path(preset.file).stem().string();
  toml.only(root, {"title", "about", "terms", "source", "about_brand", "known_by", "fields",
                   "around", "rating", "values", "rows", "dates", "translation"});
  preset.title = toml.required(root, "title");
  preset.about = toml.string(root, "about");
  preset.terms = toml.string(root, "terms");
  preset.source = SourceId(toml.string(root, "source", preset.name));
  preset.about_brand = toml.boolean(root, "about_brand", false);
  preset.known_by = toml.strings(root, "known_by");
  read_fields(toml, root, preset);
  read_around(toml, root, preset);
  read_rating(toml, root, preset);
  read_values(toml, root, preset);
  read_rows(toml, root, preset);
  read_dates(toml, root, preset);
  read_translation(toml, root, preset);
  if (toml.error()) return fail(*toml.error());
  return preset;
}

}  // namespace testigo::app
