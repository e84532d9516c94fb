#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "insight/quote.h"
#include "render/terminal.h"

namespace testigo::render {

// A page of headings, lines and quotes, written once and shown in three ways.
struct Block {
  enum class Kind : std::uint8_t {
    heading,  // level 2 or 3: the title is level 1
    line,     // a paragraph of our own words, in which names from elsewhere may stand
    item,     // one of a list
    quote,    // somebody's words, with the way back to them
  };
  Kind kind = Kind::line;
  int level = 2;
  std::string text;
  insight::Quote quote;
};

class Document {
 public:
  Document(std::string title, std::string language)
      : title_(std::move(title)), language_(std::move(language)) {}

  void heading(int level, std::string text);
  void line(std::string text);
  void item(std::string text);
  void quote(insight::Quote quote);

  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }

 private:
  std::string title_;
  std::string language_;  // BCP 47, of our own words
  std::vector<Block> blocks_;
};

// A quote longer than this is cut, with "…": the whole is behind its id and its link.
inline constexpr std::size_t most_quote_columns = 400;

// Text from elsewhere is made harmless in each: controls in all, markup where it would act.
[[nodiscard]] std::string to_terminal(const Document& document, const Terminal& terminal);
[[nodiscard]] std::string to_markdown(const Document& document);
// A whole page of one file: no script, nothing loaded from elsewhere, and a policy that forbids
// both (its one style sheet is named there by its hash). Links lead to http and https only.
[[nodiscard]] std::string to_html(const Document& document);

}  // namespace testigo::render
