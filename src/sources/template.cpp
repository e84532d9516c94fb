#include "sources/template.h"

#include <algorithm>

#include "formats/url.h"

namespace testigo::sources {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// RFC 3986 §2.2, and the % of triplets that are already there (RFC 6570 §3.2.3).
bool is_reserved(unsigned char c) {
  return std::string_view(":/?#[]@!$&'()*+,;=%").find(static_cast<char>(c)) !=
         std::string_view::npos;
}

std::string encode(std::string_view text, bool keep_reserved) {
  std::string out;
  out.reserve(text.size());
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (is_unreserved(byte) || (keep_reserved && is_reserved(byte))) {
      out += character;
    } else {
      out += '%';
      out += hex_digits[byte >> 4];
      out += hex_digits[byte & 15];
    }
  }
  return out;
}

std::string json_escape(std::string_view text) {
  std::string out;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex_digits[byte >> 4];
      out += hex_digits[byte & 15];
    } else {
      out += character;
    }
  }
  return out;
}

// One {name} or {+name}; an empty name means that a brace stands for itself.
struct Expression {
  std::string_view name;
  bool reserved = false;
  std::size_t length = 0;  // with its braces
};

Expression expression_at(std::string_view text) {
  const std::size_t close = text.find('}');
  if (close == std::string_view::npos) return {};
  std::string_view name = text.substr(1, close - 1);
  const bool reserved = name.starts_with('+');
  if (reserved) name.remove_prefix(1);
  const bool good = !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
                    std::all_of(name.begin(), name.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                    });
  return good ? Expression{name, reserved, close + 1} : Expression{};
}

std::string escaped(std::string_view value, Escape escape, bool reserved) {
  switch (escape) {
    case Escape::percent:
      return encode(value, reserved);
    case Escape::json:
      if (reserved) return value.empty() ? "null" : '"' + json_escape(value) + '"';
      return json_escape(value);
    case Escape::none:
      break;
  }
  return std::string(value);
}

}  // namespace

std::vector<std::string> template_names(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const Expression found = expression_at(text.substr(at));
    if (found.name.empty() || std::find(names.begin(), names.end(), found.name) != names.end()) {
      continue;
    }
    names.emplace_back(found.name);
  }
  return names;
}

std::optional<std::string> expand(std::string_view text,
                                  const std::map<std::string, std::string>& values, Escape escape) {
  std::string out;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find('{'), text.size());
    out += text.substr(0, brace);
    text.remove_prefix(brace);
    if (text.empty()) break;
    const Expression found = expression_at(text);
    if (found.name.empty()) {
      out += '{';
      text.remove_prefix(1);
      continue;
    }
    const auto value = values.find(std::string(found.name));
    if (value == values.end()) return std::nullopt;
    out += escaped(value->second, escape, found.reserved);
    text.remove_prefix(found.length);
  }
  return out;
}

std::string write_step(std::string_view name, const std::map<std::string, std::string>& variables) {
  std::string out(name);
  char separator = '?';
  for (const auto& [key, value] : variables) {
    out += separator;
    out += formats::percent_encode(key) + '=' + formats::percent_encode(value);
    separator = '&';
  }
  return out;
}

StepState read_step(std::string_view step) {
  const std::size_t question = std::min(step.find('?'), step.size());
  StepState state{std::string(step.substr(0, question)), {}};
  step.remove_prefix(std::min(question + 1, step.size()));
  while (!step.empty()) {
    const std::string_view pair = step.substr(0, step.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    state.variables[formats::percent_decode(pair.substr(0, equals))] =
        formats::percent_decode(value);
    step.remove_prefix(std::min(pair.size() + 1, step.size()));
  }
  return state;
}

}  // namespace testigo::sources
