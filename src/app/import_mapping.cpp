#include "app/import_mapping.h"

#include <algorithm>

#include "app/column_head.h"
#include "app/import_columns.h"
#include "app/import_rows.h"
#include "formats/toml.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

using Columns = std::span<const std::string>;

std::string listed(Columns names) {
  constexpr std::size_t shown = 40;
  std::string list;
  for (const std::string& name : names.first(std::min(names.size(), shown)))
    list += (list.empty() ? "" : ", ") + name;
  return names.size() > shown ? list + ", …" : list;
}

std::string suggestion(std::string_view word, Columns known, std::string_view otherwise) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto meant = text::did_you_mean(word, names);
  return meant ? "; did you mean \"" + std::string(*meant) + "\"?"
               : "; " + std::string(otherwise) + " " + listed(known);
}

Result<void> check_fields(const std::map<std::string, std::string>& map) {
  const std::vector<std::string>& known = import_fields();
  for (const auto& [field, column] : map)
    if (std::find(known.begin(), known.end(), field) == known.end())
      return fail(
          Errc::malformed,
          "there is no post field \"" + field + "\"" + suggestion(field, known, "there are"),
          "--map");
  return {};
}

Result<const ImportPreset*> choose_preset(const ImportOptions& options,
                                          const ImportPresets& presets,
                                          const ImportColumns& columns) {
  if (options.preset) {
    const auto found = presets.find(*options.preset);
    if (found != presets.end()) return &found->second;
    std::vector<std::string> names;
    for (const auto& [name, preset] : presets) names.push_back(name);
    return fail(Errc::malformed,
                "there is no preset \"" + *options.preset + "\"" +
                    suggestion(*options.preset, names, "there are"),
                "--preset");
  }
  const ImportPreset* best = nullptr;
  for (const auto& [name, preset] : presets) {
    const auto has = [&](const std::string& names) {
      return columns.find_one_of(names).has_value();
    };
    if (preset.known_by.empty() ||
        !std::all_of(preset.known_by.begin(), preset.known_by.end(), has))
      continue;
    if (best == nullptr || preset.known_by.size() > best->known_by.size()) best = &preset;
  }
  if (best != nullptr) return best;
  const auto generic = presets.find(generic_preset);
  if (generic == presets.end())
    return fail(Errc::not_found, "the rules hold no import/generic.toml");
  return &generic->second;
}

bool is_alone(const std::string& name, const ImportPreset& preset) {
  return std::find(preset.alone.begin(), preset.alone.end(), name) != preset.alone.end();
}

// The columns that a preset's names for a field mean: those that count alone, or the others.
std::vector<std::string> columns_of(const std::vector<std::string>& names,
                                    const ImportPreset& preset, const ImportColumns& book,
                                    bool alone) {
  std::vector<std::string> taken;
  for (const std::string& name : names) {
    auto column = is_alone(name, preset) == alone ? book.find(name) : std::nullopt;
    if (column && !book.is_object(*column) &&
        std::find(taken.begin(), taken.end(), *column) == taken.end())
      taken.push_back(std::move(*column));
  }
  return taken;
}

// The first column that has one of the names between words that may stand around it, "Customer
// Feedback", and that no other field has.
std::vector<std::string> column_around(const std::vector<std::string>& names,
                                       const std::string& field, const ImportPreset& preset,
                                       const ImportColumns& book, const ImportMapping& mapping) {
  const auto around = preset.around.find(field);
  if (around == preset.around.end()) return {};
  const auto is_taken = [&](const std::string& column) {
    return std::any_of(mapping.begin(), mapping.end(), [&](const auto& entry) {
      return std::find(entry.second.begin(), entry.second.end(), column) != entry.second.end();
    });
  };
  for (const std::string& name : names) {
    if (is_alone(name, preset) || name.find_first_of("/=*") != std::string::npos) continue;
    for (std::string words : around->second) {
      const auto column = book.find(words.replace(words.find('*'), 1, name));
      if (column && !is_taken(*column) && !book.is_object(*column)) return {*column};
    }
  }
  return {};
}

Result<ImportMapping> map_fields(const ImportOptions& options, const ImportPreset& preset,
                                 const ImportColumns& book, Columns columns) {
  ImportMapping mapping;
  for (const auto& [field, name] : options.map) {
    if (name.empty()) continue;  // "rating=": nowhere
    auto column = name.starts_with('/') ? std::optional(name) : book.find(name);
    if (!column) {
      const std::string unknown = book.unknown_in(name);
      return fail(
          Errc::malformed,
          "there is no column \"" + unknown + "\"" + suggestion(unknown, columns, "the file has"),
          options.file);
    }
    mapping[field] = {*column};
  }
  for (const auto& [field, names] : preset.fields) {
    if (options.map.contains(field)) continue;
    auto taken = columns_of(names, preset, book, false);
    if (!taken.empty()) mapping[field] = std::move(taken);
  }
  for (const auto& [field, names] : preset.fields) {
    if (options.map.contains(field)) continue;
    auto taken = mapping.contains(field) ? mapping[field]
                                         : column_around(names, field, preset, book, mapping);
    for (std::string& column : columns_of(names, preset, book, true))
      taken.push_back(std::move(column));
    if (!taken.empty()) mapping[field] = std::move(taken);
  }
  return mapping;
}

std::vector<std::string> unused_columns(const ImportMapping& mapping, Columns columns) {
  std::vector<std::string> unused;
  for (const std::string& column : columns) {
    if (column.starts_with('/')) continue;  // of a key that is looked at
    const auto takes = [&](const auto& entry) {
      return std::any_of(entry.second.begin(), entry.second.end(), [&](const std::string& taken) {
        return taken == column || taken == "/" + column || taken.starts_with("/" + column + "/") ||
               (taken.starts_with('=') && taken.find("{" + column + "}") != std::string::npos);
      });
    };
    if (std::none_of(mapping.begin(), mapping.end(), takes)) unused.push_back(column);
  }
  return unused;
}

// The scale that the head of the ratings' column states.
void heed_scale(ImportPlan& plan, const ImportOptions& options) {
  const auto ratings = plan.mapping.find("rating");
  const auto stated = ratings == plan.mapping.end()
                          ? std::nullopt
                          : read_column_head(ratings->second.front()).scale;
  if (options.rating_best || !stated) return;
  plan.rating_best = stated->best;
  plan.rating_worst = stated->worst.value_or(stated->best > 5.0 ? 0.0 : 1.0);
  plan.rating_best_said = true;
}

// The zones that the heads of dates state.
void heed_zones(ImportPlan& plan, const ImportOptions& options) {
  if (options.zone) return;
  for (const auto& [field, columns] : plan.mapping) {
    if (!is_date_field(field)) continue;
    for (const std::string& column : columns) {
      const std::size_t name = column.starts_with('/') ? column.rfind('/') + 1 : 0;
      if (auto zone = read_column_head(column.substr(name)).zone)
        plan.date_columns[column].zone = std::move(*zone);
    }
  }
}

}  // namespace

std::string_view to_string(ImportFormat format) {
  constexpr std::string_view names[] = {"csv", "jsonl", "mbox", "warc"};
  return names[static_cast<std::size_t>(format)];
}

std::optional<ImportFormat> parse_import_format(std::string_view name) {
  for (const auto format :
       {ImportFormat::csv, ImportFormat::jsonl, ImportFormat::mbox, ImportFormat::warc})
    if (to_string(format) == name) return format;
  return std::nullopt;
}

Result<ImportPlan> plan_import(const ImportOptions& options, const ImportPresets& presets,
                               ImportFormat format, Columns columns) {
  if (auto known = check_fields(options.map); !known) return fail(std::move(known.error()));
  const ImportColumns book(columns);
  auto preset = choose_preset(options, presets, book);
  if (!preset) return fail(std::move(preset.error()));
  auto mapping = map_fields(options, **preset, book, columns);
  if (!mapping) return fail(std::move(mapping.error()));
  const bool rating_will_do = (*preset)->text_optional && mapping->contains("rating");
  // A ticket may have no more than a subject.
  const bool title_will_do = (*preset)->name != generic_preset && mapping->contains("title");
  if (!mapping->contains("text") && !rating_will_do && !title_will_do)
    return fail(Errc::malformed,
                "no column looks like the text; say which with --map text=COLUMN, or what export "
                "it is with "
                "--preset (--presets lists them); the file has " +
                    listed(columns),
                options.file);
  ImportPlan plan;
  plan.format = format;
  plan.file = options.file;
  plan.preset = **preset;
  plan.unused = unused_columns(*mapping, columns);
  plan.mapping = std::move(*mapping);
  plan.source = options.source.value_or(plan.preset.source);
  plan.brand = options.brand;
  plan.rating_best = options.rating_best.value_or(plan.preset.rating_best.value_or(5.0));
  plan.rating_best_said = options.rating_best || plan.preset.rating_best;
  // Scales that go beyond five begin at zero, unless somebody says otherwise.
  const double worst = plan.rating_best > 5.0 ? 0.0 : 1.0;
  plan.rating_worst = options.rating_best ? worst : plan.preset.rating_worst.value_or(worst);
  plan.day_first = options.day_first ? options.day_first : plan.preset.day_first;
  const std::string zone =
      options.zone.value_or(plan.preset.zone.empty() ? options.configured_zone : plan.preset.zone);
  auto found = text::find_time_zone(zone);
  if (!found) return fail(found.error().code, found.error().what, "--zone");
  plan.zone = std::move(*found);
  heed_scale(plan, options);
  heed_zones(plan, options);
  return plan;
}

}  // namespace testigo::app
