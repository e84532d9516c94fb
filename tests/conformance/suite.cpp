#include "suite.h"

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "formats/inflate.h"

namespace testigo::conformance {
namespace {

constexpr std::size_t max_file_bytes = 100u << 20;  // far above any saved page

constexpr std::array<std::pair<std::string_view, Kind>, 10> suite_names = {{
    {"robots", Kind::robots},
    {"urls", Kind::urls},
    {"dates", Kind::dates},
    {"ratings", Kind::ratings},
    {"charsets", Kind::charsets},
    {"feeds", Kind::feeds},
    {"sitemaps", Kind::sitemaps},
    {"structured", Kind::structured},
    {"pagination", Kind::pagination},
    {"content", Kind::content},
}};

std::optional<Kind> kind_by_name(std::string_view name) {
  const std::string_view suite = name.substr(0, name.find('/'));
  for (const auto& [known, kind] : suite_names)
    if (suite == known) return kind;
  return std::nullopt;
}

// Of cases that hand in a file: what they expect tells what they ask.
std::optional<Kind> kind_by_expectation(const Case& row) {
  const auto expects = [&row](std::string_view member) {
    return row.has("/expect/" + std::string(member));
  };
  if (expects("reviews") || expects("aggregates")) return Kind::structured;
  if (expects("urls") || expects("sitemaps")) return Kind::sitemaps;
  if (expects("next") || expects("prev")) return Kind::pagination;
  if (expects("text") || expects("with") || expects("comments")) return Kind::content;
  if (expects("encoding") && row.has("/input/content_type")) return Kind::charsets;
  if (row.has("/input/headers")) return Kind::feeds;
  return std::nullopt;
}

}  // namespace

const formats::JsonValue* Case::find(std::string_view pointer) const {
  return formats::find(row, pointer);
}

std::string Case::text(std::string_view pointer) const {
  const formats::JsonValue* value = find(pointer);
  return value ? value->to_text().value_or("") : "";
}

Result<std::string> Case::packed_file(std::string_view member) const {
  const std::string name = text("/input/" + std::string(member));
  if (name.empty()) return fail(Errc::not_found, "names no file", this->name());
  const std::filesystem::path path = folder / name;
  std::ifstream stream(path, std::ios::binary);
  if (!stream || std::filesystem::is_directory(path))
    return fail(Errc::not_found, "cannot be read", path.string());
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

Result<std::string> Case::file(std::string_view member) const {
  auto bytes = packed_file(member);
  if (!bytes || !text("/input/" + std::string(member)).ends_with(".gz")) return bytes;
  return formats::decode_content("gzip", *bytes, max_file_bytes);
}

std::optional<Kind> kind_of(const Case& row) {
  if (row.has("/input/robots_file") || row.text("/input/kind") == "status") return Kind::robots;
  if (row.has("/input/op")) return Kind::urls;
  if (row.has("/input/text") && row.has("/input/now")) return Kind::dates;
  if (const auto kind = kind_by_name(row.name())) return kind;
  if (row.has("/input/html") || row.has("/input/text")) return Kind::ratings;
  return kind_by_expectation(row);
}

}  // namespace testigo::conformance
