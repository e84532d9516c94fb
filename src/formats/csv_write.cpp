#include <charconv>

#include "formats/csv.h"

namespace testigo::formats {
namespace {

bool is_number(std::string_view field) {
  if (field.substr(0, 1) == "+") field.remove_prefix(1);
  double value = 0;
  const char* last = field.data() + field.size();
  const auto result = std::from_chars(field.data(), last, value);
  return result.ec == std::errc() && result.ptr == last;
}

// OWASP's list of first characters that spreadsheets take for a formula.
bool is_formula(std::string_view field) {
  return !field.empty() && std::string_view("=+-@\t\r").find(field[0]) != std::string_view::npos &&
         !is_number(field);
}

void append_field(std::string& out, std::string_view field, char delimiter) {
  const std::string_view guard = is_formula(field) ? "'" : "";
  const bool quote = field.find_first_of("\"\r\n") != std::string_view::npos ||
                     field.find(delimiter) != std::string_view::npos ||
                     (!field.empty() && (field.front() == ' ' || field.back() == ' '));
  if (!quote) {
    out.append(guard).append(field);
    return;
  }
  out.append("\"").append(guard);
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

template <class Fields>
std::string make_row(const Fields& fields, char delimiter) {
  std::string out;
  bool first = true;
  for (const auto& field : fields) {
    if (!first) out += delimiter;
    first = false;
    append_field(out, field, delimiter);
  }
  return out + "\r\n";
}

}  // namespace

std::string csv_row(std::span<const std::string_view> fields, char delimiter) {
  return make_row(fields, delimiter);
}

std::string csv_row(std::span<const std::string> fields, char delimiter) {
  return make_row(fields, delimiter);
}

}  // namespace testigo::formats
