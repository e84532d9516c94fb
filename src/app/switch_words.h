#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/brand_book.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "insight/switches.h"
#include "store/read_switching.h"

namespace testigo::app {

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

// From which brand to which a post's author goes (either end may be open), or prefers to; nothing
// where one that does not go does not take sides.
//
// Of a post that says its author switches: the brands that its own words name (by their queries)
// and that stand after such words are where the author goes to or comes from. Where only one end is
// said, the other is the post's other brand, if it has just one (a review of it, a thread about
// it), else open. A name without such a word is where the author goes, if none else is and the text
// does not speak of elsewhere; one that is denied is no end. Where neither end is said, and of
// another post: from the one brand that it blames to the one that it praises.
[[nodiscard]] std::optional<insight::Crossing> crossing_of(const store::SwitchingPost& post,
                                                           const BrandBook& brands,
                                                           const SwitchWords& words);

}  // namespace testigo::app
