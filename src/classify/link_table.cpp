#include "classify/link_table.h"

#include <optional>

#include "classify/rule_row.h"

namespace testigo::classify {
namespace {

class LinkCompiler {
 public:
  explicit LinkCompiler(const CompiledRules& layout) : layout_(layout) {}

  LinkTable run(std::span<const PlacedRow> rows) {
    out_.links.resize(when_count * layout_.slot_count());
    std::vector<bool> specific(out_.links.size(), false);
    for (const bool wildcards : {false, true}) {
      for (const PlacedRow& row : rows) add(row, wildcards, specific);
    }
    return std::move(out_);
  }

 private:
  static std::optional<When> when_of(std::string_view name) {
    if (name == "plain") return When::plain;
    if (name == "negated") return When::negated;
    if (name == "question") return When::question;
    if (name == "conditional") return When::conditional;
    return std::nullopt;
  }

  struct LinkEnd {
    std::uint8_t axis = 0;
    std::optional<std::uint16_t> value;  // empty: `*` or `=`
  };

  std::optional<LinkEnd> link_end(const PlacedRow& row, std::size_t column,
                                  std::string_view wildcard) {
    const Cell axis_cell = row.row.cell(column);
    const Cell value_cell = row.row.cell(column + 1);
    const auto axis = parse_axis(axis_cell.text);
    if (!axis) {
      out_.findings.push_back(
          row.finding(axis_cell.column, "there is no axis '" + std::string(axis_cell.text) + "'"));
      return std::nullopt;
    }
    if (value_cell.text == wildcard) return LinkEnd{index_of(*axis), std::nullopt};
    const auto value = find_value(index_of(*axis), value_cell.text, layout_.themes);
    if (!value) {
      out_.findings.push_back(
          row.finding(value_cell.column, "'" + std::string(value_cell.text) + "' is no value of " +
                                             std::string(axis_cell.text) + ", nor '" +
                                             std::string(wildcard) + "'"));
      return std::nullopt;
    }
    return LinkEnd{index_of(*axis), value};
  }

  void add(const PlacedRow& row, bool wildcards, std::vector<bool>& specific) {
    if ((row.row.cell(1).text == "*") != wildcards) return;
    const Cell when_cell = row.row.cell(2);
    const Cell factor_cell = row.row.cell(5);
    const auto when = when_of(when_cell.text);
    const auto factor = read_number(factor_cell.text);
    if (!when) {
      out_.findings.push_back(
          row.finding(when_cell.column, "'" + std::string(when_cell.text) +
                                            "' is none of plain, negated, question, conditional"));
      return;
    }
    if (!factor) {
      out_.findings.push_back(row.finding(
          factor_cell.column,
          "'" + std::string(factor_cell.text) + "' is no factor; write a number such as 0.7"));
      return;
    }
    const auto from = link_end(row, 0, "*");
    const auto to = link_end(row, 3, "=");
    if (!from || !to) return;
    if (!to->value && from->axis != to->axis) {
      out_.findings.push_back(row.finding(row.row.cell(4).column,
                                          "'=' keeps the value, so both axes must be the same"));
      return;
    }
    for (std::uint16_t value = 0; value < layout_.value_count(from->axis); ++value) {
      if (from->value && *from->value != value) continue;
      const std::size_t at =
          static_cast<std::size_t>(*when) * layout_.slot_count() + layout_.slot(from->axis, value);
      // In a negation, question or condition, a row of the very value is in place of the general
      // one.
      if (wildcards && *when != When::plain && specific[at]) continue;
      if (!wildcards) specific[at] = true;
      const std::uint16_t to_value = to->value.value_or(value);
      add_link(out_.links[at], {to->axis, to_value, layout_.slot(to->axis, to_value), *factor});
    }
  }

  static void add_link(std::vector<Link>& links, const Link& link) {
    for (Link& known : links) {
      if (known.axis == link.axis && known.value == link.value) {
        known.factor = link.factor;  // an overlay's row comes later
        return;
      }
    }
    links.push_back(link);
  }

  const CompiledRules& layout_;
  LinkTable out_;
};

}  // namespace

LinkTable compile_links(std::span<const PlacedRow> rows, const CompiledRules& layout) {
  return LinkCompiler(layout).run(rows);
}

}  // namespace testigo::classify
