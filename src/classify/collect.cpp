#include "classify/collect.h"

#include <algorithm>
#include <set>

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

bool is_of_rules(TableKind kind) { return kind == TableKind::rules || kind == TableKind::pictures; }

std::string place(const PlacedRow& row) {
  return std::string(row.file->path) + ":" + std::to_string(row.row.line);
}

std::size_t lines_of(std::span<const RulesFile> files) {
  std::ptrdiff_t lines = 0;
  for (const RulesFile& file : files) {
    if (is_of_rules(table_name(file.path).kind))
      lines += std::count(file.bytes.begin(), file.bytes.end(), '\n') + 1;
  }
  return static_cast<std::size_t>(lines);
}

class Collector {
 public:
  Collected run(std::span<const RulesFile> files) {
    rows_.reserve(lines_of(files));
    for (const RulesFile& file : files) {
      const TableName name = table_name(file.path);
      if (is_of_rules(name.kind) && name.language != "shared") languages_.insert(name.language);
    }
    for (const RulesFile& file : files) read(file, table_name(file.path));
    choose();
    return std::move(out_);
  }

 private:
  void read(const RulesFile& file, const TableName& name) {
    if (name.kind == TableKind::none || name.kind == TableKind::examples) return;
    int section = -1;
    std::string_view before;
    TableReader table(file.bytes);
    PlacedRow placed{&file, name.language, name.kind, {}};
    while (table.next(placed.row)) {
      if (name.kind == TableKind::links) {
        out_.links.push_back(placed);
      } else if (name.kind == TableKind::classes) {
        out_.classes.push_back(placed);
      } else {
        check_order(placed, section, before);
        if (is_rule(placed)) rows_.push_back(placed);
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

  bool is_rule(const PlacedRow& row) {
    if (!has_columns(row)) return false;
    const std::string_view id = row.row.cell(id_column).text;
    if (!id.empty() && is_id(id)) {
      check_language(row);
      check_support(row);
      return true;
    }
    out_.findings.push_back(
        row.finding(1, "'" + std::string(id) +
                           "' is no id; write <lang>.<kind>.<name> in small ASCII letters, digits "
                           "and hyphens"));
    return false;
  }

  void warn(const PlacedRow& row, int column, std::string what) {
    out_.findings.push_back(row.finding(column, std::move(what)));
    out_.findings.back().warning = true;
  }

  // An id that begins with a language is of that one's folder: elsewhere it would take the place of
  // that language's rule.
  void check_language(const PlacedRow& row) {
    const std::string_view id = row.row.cell(id_column).text;
    const std::string_view first = id.substr(0, id.find('.'));
    if (row.language == "shared" || first == row.language || !languages_.contains(first)) return;
    warn(row, 1,
         "'" + std::string(id) + "' is named as a rule of " + std::string(first) +
             ", but stands among those of " + std::string(row.language) + "; name it " +
             std::string(row.language) + std::string(id.substr(first.size())));
  }

  void check_support(const PlacedRow& row) {
    const Cell support = row.row.cell(support_column);
    const bool is_count = std::all_of(support.text.begin(), support.text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (row.row.cell_count <= support_column || support.text == "-") return;
    if (is_count && !support.text.empty()) return;
    warn(row, support.column,
         "'" + std::string(support.text) +
             "' is no support; write how many texts are behind a learnt weight, or -");
  }

  // Of the rows of each id the one that counts.
  void choose() {
    struct Named {
      std::string_view id;
      const PlacedRow* row;  // in rows_: as they were read
    };
    std::vector<Named> named;
    named.reserve(rows_.size());
    for (const PlacedRow& row : rows_) named.push_back({row.row.cell(id_column).text, &row});
    std::stable_sort(named.begin(), named.end(),
                     [](const Named& a, const Named& b) { return a.id < b.id; });
    out_.rules.reserve(named.size());
    for (std::size_t i = 0; i < named.size();) {
      const PlacedRow* row = named[i].row;
      const std::string_view id = named[i].id;
      bool is_off = switches_off(*row);
      while (++i < named.size() && named[i].id == id) {
        is_off = is_off && switches_off(*named[i].row);
        row = &stronger(*row, *named[i].row);
      }
      if (!switches_off(*row))
        out_.rules.push_back(*row);
      else if (is_off)
        warn(*row, 1,
             "there is no rule '" + std::string(id) +
                 "' to switch off; testigo rules list shows those that there are");
    }
  }

  const PlacedRow& stronger(const PlacedRow& before, const PlacedRow& row) {
    if (row.file->overlay && !same_layer(before, row)) return row;
    const std::string id(row.row.cell(id_column).text);
    out_.findings.push_back(row.finding(1, "the id '" + id + "' stands at " + place(before) +
                                               " already; give one of them another name"));
    return before;
  }

  static bool switches_off(const PlacedRow& row) {
    return row.row.cell(weight_column).text == "off";
  }

  // Two files of one overlay may not both define an id, nor may two built-in ones.
  static bool same_layer(const PlacedRow& a, const PlacedRow& b) {
    return a.file->overlay == b.file->overlay;
  }

  bool has_columns(const PlacedRow& row) {
    const std::size_t count = row.row.cell_count;
    if (count == rule_columns) return true;
    // A line that only switches a rule off may end after its weight.
    if (count > weight_column && switches_off(row)) return true;
    const std::size_t at = std::min<std::size_t>(count, rule_columns);
    out_.findings.push_back(
        row.finding(row.row.cell(at).column,
                    "a rule has 7 columns parted by tabs (id axis value weight pattern support "
                    "provenance), this line has " +
                        std::to_string(count)));
    return false;
  }

  Collected out_;
  std::set<std::string_view> languages_;  // that have tables
  std::vector<PlacedRow> rows_;
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

std::vector<PlacedRow> collect_examples(std::span<const RulesFile> files) {
  std::vector<PlacedRow> examples;
  for (const RulesFile& file : files) {
    const TableName name = table_name(file.path);
    if (name.kind != TableKind::examples) continue;
    TableReader table(file.bytes);
    PlacedRow placed{&file, name.language, name.kind, {}};
    while (table.next(placed.row)) examples.push_back(placed);
  }
  return examples;
}

}  // namespace testigo::classify
