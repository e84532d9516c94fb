#include "app/import_key.h"

#include <filesystem>

#include "core/digest.h"

namespace testigo::app {

std::string import_key(const ImportOptions& options, const ImportPlan& plan) {
  std::error_code error;  // what cannot be told stays 0: the file was opened a moment ago
  const auto path = std::filesystem::weakly_canonical(options.file, error);
  const auto size = std::filesystem::file_size(options.file, error);
  const auto changed = std::filesystem::last_write_time(options.file, error);
  std::string reading = std::string(to_string(plan.format)) + " " + plan.preset.name + " " +
                        plan.zone.name + " " + std::to_string(plan.rating_best) + " " +
                        (plan.day_first.value_or(false) ? "day" : "month") + " " +
                        options.encoding.value_or("");
  for (const auto& [field, columns] : plan.mapping) {
    reading += "\n" + field;
    for (const std::string& column : columns) reading += "\t" + column;
  }
  return show_key(key_of({path.string(), std::to_string(size),
                          std::to_string(changed.time_since_epoch().count()), plan.source.value,
                          plan.brand.value_or(BrandId("")).value, reading}));
}

}  // namespace testigo::app
