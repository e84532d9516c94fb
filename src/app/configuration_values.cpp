#include "app/configuration_values.h"

#include <utility>

#include "app/configuration.h"

namespace testigo::app {

using formats::TomlDocument;
using formats::TomlValue;

Result<void> set_text(const TomlDocument& document, const TomlValue& table, std::string_view key,
                      std::string& field) {
  auto text = document.optional_string(table, key);
  if (!text) return fail(std::move(text.error()));
  if (*text) field = std::move(**text);
  return {};
}

Result<void> set_interval(const TomlDocument& document, const TomlValue& table,
                          std::string_view key, std::chrono::seconds& field) {
  auto text = document.optional_string(table, key);
  if (!text) return fail(std::move(text.error()));
  if (!*text) return {};
  const auto interval = parse_interval(**text);
  if (!interval)
    return fail(Errc::malformed,
                "\"" + **text + "\" is no length of time; write \"30m\", \"6h\", \"1d\" or \"2w\"",
                document.where(*table.find(key)));
  field = *interval;
  return {};
}

}  // namespace testigo::app
