#include "extract/text_template.h"

#include <algorithm>
#include <utility>

namespace testigo::extract {
namespace {

bool is_a_variable(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

TextTemplate::TextTemplate(std::string_view text,
                           const std::map<std::string, std::string>& variables) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    const std::size_t close = text.find('}', open);
    words_.back() += text.substr(0, open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    if (is_a_variable(inside)) {
      const auto variable = variables.find(std::string(inside));
      lacks_variable_ = lacks_variable_ || variable == variables.end() || variable->second.empty();
      if (!lacks_variable_) words_.back() += variable->second;
    } else {
      selectors_.emplace_back(inside);
      words_.emplace_back();
    }
    text.remove_prefix(close + 1);
  }
}

std::optional<std::string> TextTemplate::fill(
    const std::function<Found(std::size_t selector)>& value) const {
  if (lacks_variable_) return std::nullopt;
  constexpr std::size_t usual_value = 32;
  std::string out;
  out.reserve(words_.front().size() + selectors_.size() * usual_value);
  out += words_.front();
  for (std::size_t i = 0; i < selectors_.size(); ++i) {
    const Found found = value(i);
    if (found.is_missing() || found.kind() == Found::Kind::other) return std::nullopt;
    out += found.text();
    out += words_[i + 1];
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> fill_template(
    std::string_view text, const std::map<std::string, std::string>& variables,
    const std::function<Found(std::string_view selector)>& look_up) {
  const TextTemplate filled(text, variables);
  return filled.fill([&](std::size_t i) { return look_up(filled.selectors()[i]); });
}

}  // namespace testigo::extract
