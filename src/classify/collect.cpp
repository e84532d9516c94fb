#include "classify/collect.h"

#include <algorithm>
#include <map>

namespace testigo::classify {
namespace {

bool is_language_name(std::string_view name) {
  return (name.size() == 2 || name.size() == 3) &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_id(std::string_view id) {
  const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  return plain && std::count(id.begin(), id.end(), '.') >= 2 && id.front() != '.' &&
         id.back() != '.';
}

std::string place(const PlacedRow& row) {
  return std::string(row.file->path) + ":" + std::to_string(row.row.line);
}

class Collector {
 public:
  Collected run(std::span<const RulesFile> files) {
    for (const RulesFile& file : files) {
      const TableName name = table_name(file.path);
      if (name.kind != TableKind::none) read(file, name);
    }
    for (auto& [id, row] : by_id_) {
      if (row.row.cell(weight_column).text != "off") out_.rules.push_back(std::move(row));
    }
    return std::move(out_);
  }

 private:
  void read(const RulesFile& file, const TableName& name) {
    int section = -1;
    std::string_view before;
    for (Row& row : read_table(file.bytes)) {
      PlacedRow placed{&file, name.language, name.kind, std::move(row)};
      switch (name.kind) {
        case TableKind::links:
          out_.links.push_back(std::move(placed));
          break;
        case TableKind::classes:
          out_.classes.push_back(std::move(placed));
          break;
        case TableKind::examples:
          out_.examples.push_back(std::move(placed));
          break;
        case TableKind::rules:
        case TableKind::pictures:
          check_order(placed, section, before);
          take_rule(std::move(placed));
          break;
        case TableKind::none:
          break;
      }
    }
  }

  void check_order(const PlacedRow& row, int& section, std::string_view& before) {
    const std::string_view id = row.row.cell(id_column).text;
    if (row.row.section == section && id < before) {
      Finding finding = row.finding(1, "'" + std::string(id) + "' stands after '" +
                                           std::string(before) + "'; sort the section by id");
      finding.warning = true;
      out_.findings.push_back(std::move(finding));
    }
    section = row.row.section;
    before = id;
  }

  void take_rule(PlacedRow row) {
    if (!has_columns(row)) return;
    const std::string id(row.row.cell(id_column).text);
    if (id.empty() || !is_id(id)) {
      out_.findings.push_back(row.finding(
          1,
          "'" + id +
              "' is no id; write <lang>.<kind>.<name> in small ASCII letters, digits and hyphens"));
      return;
    }
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) {
      by_id_.emplace(id, std::move(row));
    } else if (row.file->overlay && !same_layer(found->second, row)) {
      found->second = std::move(row);
    } else {
      out_.findings.push_back(row.finding(1, "the id '" + id + "' stands at " +
                                                 place(found->second) +
                                                 " already; give one of them another name"));
    }
  }

  // Two files of one overlay may not both define an id, nor may two built-in ones.
  static bool same_layer(const PlacedRow& a, const PlacedRow& b) {
    return a.file->overlay == b.file->overlay;
  }

  bool has_columns(const PlacedRow& row) {
    const std::size_t count = row.row.cells.size();
    if (count == rule_columns) return true;
    // A line that only switches a rule off may end after its weight.
    if (count > weight_column && row.row.cell(weight_column).text == "off") return true;
    const std::size_t at = std::min<std::size_t>(count, rule_columns);
    out_.findings.push_back(
        row.finding(row.row.cell(at).column,
                    "a rule has 7 columns parted by tabs (id axis value weight pattern support "
                    "provenance), this line has " +
                        std::to_string(count)));
    return false;
  }

  Collected out_;
  std::map<std::string, PlacedRow> by_id_;
};

}  // namespace

TableName table_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || !path.ends_with(".tsv")) return {};
  const std::string_view name = path.substr(slash + 1);
  std::string_view folder = path.substr(0, slash);
  if (const std::size_t parent = folder.rfind('/'); parent != std::string_view::npos) {
    folder.remove_prefix(parent + 1);
  }
  if (folder != "shared" && !is_language_name(folder)) return {};
  if (name == "links.tsv") return {TableKind::links, folder};
  if (name == "classes.tsv") return {TableKind::classes, folder};
  if (name == "examples.tsv") return {TableKind::examples, folder};
  if (name == "emoji.tsv" || name == "emoticons.tsv") return {TableKind::pictures, folder};
  return {TableKind::rules, folder};
}

Collected collect(std::span<const RulesFile> files) { return Collector().run(files); }

}  // namespace testigo::classify
