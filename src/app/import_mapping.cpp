#include "app/import_mapping.h"

#include <algorithm>

#include "app/column_head.h"
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

// Columns by the form in which they are compared.
class ColumnBook {
 public:
  explicit ColumnBook(Columns columns) : columns_(columns) {
    for (const std::string& column : columns) {
      keys_.push_back(column.starts_with('/') ? column : column_key(column));
      bare_keys_.push_back(column.starts_with('/') ? column
                                                   : column_key(read_column_head(column).name));
    }
  }

  // Whether there is a column of one of the names that "|" parts.
  [[nodiscard]] bool has_one_of(std::string_view names) const {
    while (true) {
      const std::size_t end = names.find('|');
      if (find(std::string(names.substr(0, end)))) return true;
      if (end == std::string_view::npos) return false;
      names.remove_prefix(end + 1);
    }
  }

  // The column that a preset's name means; a pointer itself, a template with columns for its names.
  [[nodiscard]] std::optional<std::string> find(const std::string& name) const {
    if (name.starts_with('=')) return filled_in(name);
    if (name.starts_with('/')) return find_pointer(name);
    const bool prefix = name.ends_with('*');
    const std::string key = column_key(prefix ? name.substr(0, name.size() - 1) : name);
    for (const std::vector<std::string>* keys : {&keys_, &bare_keys_})
      if (const auto at = prefix ? place_of_beginning(key, *keys) : place_of(key, *keys))
        return columns_[*at];
    return std::nullopt;
  }

  // What of a name that means no column is none: of a template the first name that is not there.
  [[nodiscard]] std::string unknown_in(const std::string& name) const {
    if (!name.starts_with('=')) return name;
    for (std::size_t at = name.find('{'); at != std::string::npos; at = name.find('{', at + 1)) {
      std::string inner = name.substr(at + 1, name.find('}', at) - at - 1);
      if (!find(inner)) return inner;
    }
    return name;
  }

 private:
  static std::optional<std::size_t> place_of(const std::string& key,
                                             const std::vector<std::string>& keys) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    if (found == keys.end()) return std::nullopt;
    return static_cast<std::size_t>(found - keys.begin());
  }

  // Of several that begin so the shortest: the others tell more about it ("How likely … us? -
  // Group").
  static std::optional<std::size_t> place_of_beginning(const std::string& key,
                                                       const std::vector<std::string>& keys) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (keys[i].starts_with(key) && (!best || keys[i].size() < keys[*best].size())) best = i;
    return best;
  }

  // "/a" is the key a of a JSON row, and "/a/b" is within it.
  [[nodiscard]] std::optional<std::string> find_pointer(const std::string& pointer) const {
    const std::string key = pointer.substr(1, pointer.find('/', 1) - 1);
    const auto found = std::find(columns_.begin(), columns_.end(), key);
    if (found == columns_.end()) return std::nullopt;
    return pointer;
  }

  // Nothing where one of the names is no column's.
  [[nodiscard]] std::optional<std::string> filled_in(std::string_view pattern) const {
    std::string out;
    for (std::size_t at = 0; (at = pattern.find('{')) != std::string_view::npos;) {
      const std::size_t end = pattern.find('}', at);
      if (end == std::string_view::npos) return std::nullopt;
      const auto column = find(std::string(pattern.substr(at + 1, end - at - 1)));
      if (!column) return std::nullopt;
      out.append(pattern.substr(0, at + 1)).append(*column).append(1, '}');
      pattern.remove_prefix(end + 1);
    }
    return out.append(pattern);
  }

  Columns columns_;
  std::vector<std::string> keys_;
  std::vector<std::string> bare_keys_;  // without what a head says of scale or zone
};

Result<const ImportPreset*> choose_preset(const ImportOptions& options,
                                          const ImportPresets& presets, const ColumnBook& columns) {
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
    const auto has = [&](const std::string& names) { return columns.has_one_of(names); };
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

// The columns that a preset's names for a field mean.
std::vector<std::string> columns_of(const std::vector<std::string>& names, const ColumnBook& book) {
  std::vector<std::string> taken;
  for (const std::string& name : names) {
    auto column = book.find(name);
    if (column && std::find(taken.begin(), taken.end(), *column) == taken.end())
      taken.push_back(std::move(*column));
  }
  return taken;
}

// The first column that has one of the names between words that may stand around it, "Customer
// Feedback", and that no other field has.
std::vector<std::string> column_around(const std::vector<std::string>& names,
                                       const std::string& field, const ImportPreset& preset,
                                       const ColumnBook& book, const ImportMapping& mapping) {
  const auto around = preset.around.find(field);
  if (around == preset.around.end()) return {};
  const auto is_taken = [&](const std::string& column) {
    return std::any_of(mapping.begin(), mapping.end(), [&](const auto& entry) {
      return std::find(entry.second.begin(), entry.second.end(), column) != entry.second.end();
    });
  };
  for (const std::string& name : names) {
    const bool is_alone =
        std::find(preset.alone.begin(), preset.alone.end(), name) != preset.alone.end();
    if (is_alone || name.find_first_of("/=*") != std::string::npos) continue;
    for (std::string words : around->second) {
      const auto column = book.find(words.replace(words.find('*'), 1, name));
      if (column && !is_taken(*column)) return {*column};
    }
  }
  return {};
}

Result<ImportMapping> map_fields(const ImportOptions& options, const ImportPreset& preset,
                                 const ColumnBook& book, Columns columns) {
  ImportMapping mapping;
  for (const auto& [field, name] : options.map) {
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
    if (auto taken = columns_of(names, book); !taken.empty()) mapping[field] = std::move(taken);
  }
  for (const auto& [field, names] : preset.fields) {
    if (mapping.contains(field)) continue;
    auto taken = column_around(names, field, preset, book, mapping);
    if (!taken.empty()) mapping[field] = std::move(taken);
  }
  return mapping;
}

std::vector<std::string> unused_columns(const ImportMapping& mapping, Columns columns) {
  std::vector<std::string> unused;
  for (const std::string& column : columns) {
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
  const ColumnBook book(columns);
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
