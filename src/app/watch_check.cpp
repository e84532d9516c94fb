#include "app/watch_check.h"

#include "sources/value_check.h"

namespace testigo::app {
namespace {

Result<void> check_watch(const WatchSettings& watch, const RuleBook& book) {
  const auto source = book.sources.find(watch.source);
  if (source == book.sources.end()) return {};
  for (const auto& [name, values] : watch.parameters) {
    if (auto fault = sources::value_fault(source->second, name, values))
      return fail(Errc::malformed, *std::move(fault), watch.value_where.at(name));
  }
  return {};
}

}  // namespace

Result<void> check_watches(const Configuration& configuration, const RuleBook& book) {
  for (const BrandSettings& brand : configuration.brands) {
    for (const WatchSettings& watch : brand.watches)
      if (auto checked = check_watch(watch, book); !checked) return checked;
  }
  return {};
}

}  // namespace testigo::app
