#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/rule_book.h"
#include "core/result.h"
#include "insight/journey.h"

namespace testigo::app {

// By what a framework's moments gather mentions.
enum class JourneyAxis : std::uint8_t { stage, service, cycle, degree };

// By language: "en", "es", "ro".
using NameInLanguages = std::map<std::string, std::string, std::less<>>;

// A framework of the marketing literature, as rules/moments.toml has it.
struct Framework {
  std::string id;
  NameInLanguages name;
  std::string about;
  JourneyAxis axis = JourneyAxis::stage;
  std::vector<insight::MomentSpec> moments;
  std::vector<NameInLanguages> names;  // of the moments
};

class Moments {
 public:
  // The user's file takes the place of the built-in one. Errc::malformed with its place: an unknown
  // key, axis or value, a value in two moments, moments of several axes, a name without English.
  [[nodiscard]] static Result<Moments> load(std::span<const RuleFile> files);

  [[nodiscard]] std::span<const Framework> frameworks() const { return frameworks_; }
  // Errc::not_found, with the nearest one and the list.
  [[nodiscard]] Result<const Framework*> find(std::string_view id) const;
  // The heading of what no moment names.
  [[nodiscard]] const NameInLanguages& other() const { return other_; }

 private:
  std::vector<Framework> frameworks_;
  NameInLanguages other_;
};

// The name in a language, else in English.
[[nodiscard]] std::string_view name_in(const NameInLanguages& names, std::string_view language);

}  // namespace testigo::app
