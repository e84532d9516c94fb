#include "cli/command.h"

#include <charconv>

namespace testigo::cli {

bool Arguments::has(std::string_view name) const { return given_.contains(std::string(name)); }

std::optional<std::string> Arguments::value(std::string_view name) const {
  const auto found = given_.find(std::string(name));
  if (found == given_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::string Arguments::value_or(std::string_view name, std::string_view otherwise) const {
  return value(name).value_or(std::string(otherwise));
}

std::vector<std::string> Arguments::values(std::string_view name) const {
  const auto found = given_.find(std::string(name));
  return found == given_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::int64_t> Arguments::number(std::string_view name, std::int64_t otherwise,
                                       std::int64_t least, std::int64_t most) const {
  const auto text = value(name);
  if (!text) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc() && end == text->data() + text->size();
  if (!whole || number < least || number > most)
    return fail(Errc::malformed,
                "\"" + *text + "\" is no whole number from " + std::to_string(least) + " to " +
                    std::to_string(most),
                std::string(name));
  return number;
}

}  // namespace testigo::cli
