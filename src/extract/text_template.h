#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/found.h"

namespace testigo::extract {

// A text with variables and selectors in braces, cut up once: "https://x.example/{lang}/{/id}".
class TextTemplate {
 public:
  TextTemplate(std::string_view text, const std::map<std::string, std::string>& variables);

  // In their order, a selector each time that it stands there.
  [[nodiscard]] const std::vector<std::string>& selectors() const { return selectors_; }

  // The text with the values of the selectors, each told by its place among them. Nothing where a
  // variable or selector has no value, or where nothing at all comes out.
  [[nodiscard]] std::optional<std::string> fill(
      const std::function<Found(std::size_t selector)>& value) const;

 private:
  bool lacks_variable_ = false;
  std::vector<std::string> words_{""};  // before, between and after the selectors
  std::vector<std::string> selectors_;
};

// A template's text, where it is filled in once only.
[[nodiscard]] std::optional<std::string> fill_template(
    std::string_view text, const std::map<std::string, std::string>& variables,
    const std::function<Found(std::string_view selector)>& look_up);

}  // namespace testigo::extract
