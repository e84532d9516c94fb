#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::app {

struct RuleFile;

// rules/switches.toml: the words before a brand's name that say whether a customer goes there.
class SwitchWords {
 public:
  // The user's file takes the place of the built-in one. Errc::malformed with its place.
  [[nodiscard]] static Result<SwitchWords> load(std::span<const RuleFile> files);

  enum class Direction : std::uint8_t { to, from, nowhere };  // nowhere: "not to Acme", "not Acme"
  // What the folded words right before a name say, in a text of that language.
  [[nodiscard]] std::optional<Direction> before_name(std::span<const std::string_view> words,
                                                     std::string_view language) const;
  // Whether the folded words of its clause behind a name deny it: "Acme was not considered".
  [[nodiscard]] bool denied_after(std::span<const std::string_view> words,
                                  std::string_view language) const;
  // Whether folded words speak of a place that they do not name: "to another provider".
  [[nodiscard]] bool speaks_of_elsewhere(std::span<const std::string_view> words,
                                         std::string_view language) const;

 private:
  struct Phrase {
    std::vector<std::string> words;
    Direction direction = Direction::to;
  };
  struct OneLanguage {
    std::vector<std::string> between;
    std::vector<Phrase> phrases;  // longest first
    std::vector<std::string> negators;
    std::vector<std::vector<std::string>> elsewhere;
  };
  [[nodiscard]] const OneLanguage* table_of(std::string_view language) const;
  std::map<std::string, OneLanguage, std::less<>> languages_;
};

}  // namespace testigo::app
