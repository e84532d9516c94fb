#include "classify/compile.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <tuple>

#include "classify/class_table.h"
#include "classify/identification.h"
#include "classify/rule_row.h"
#include "core/digest.h"
#include "text/words.h"

namespace testigo::classify {
namespace {

struct HeadedRow {
  const PlacedRow* row = nullptr;
  RuleHead head;
  std::uint32_t index = 0;  // in CompiledRules::rows
};

RuleRow rule_row(const PlacedRow& placed) {
  const auto cell = [&](RuleColumn column) { return std::string(placed.row.cell(column).text); };
  return {cell(id_column),      cell(axis_column),    cell(value_column),
          cell(weight_column),  cell(pattern_column), cell(support_column),
          cell(provenance_column), std::string(placed.file->path), placed.row.line};
}

// "sha256:…" over the files that make verdicts, whatever folder they lie in.
std::string hash_of(std::span<const RulesFile> files) {
  std::vector<std::string> parts;
  for (const RulesFile& file : files) {
    const TableName name = table_name(file.path);
    if (name.kind == TableKind::none || name.kind == TableKind::examples) continue;
    const std::string_view base = file.path.substr(file.path.rfind('/') + 1);
    parts.push_back(std::string(file.overlay ? "1 " : "0 ") + std::string(name.language) + "/" +
                    std::string(base) + " " + std::to_string(file.bytes.size()) + "\n" +
                    std::string(file.bytes));
  }
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const std::string& part : parts) all += part;
  return labelled_digest(all);
}

class Compiler {
 public:
  explicit Compiler(std::span<const RulesFile> files) : collected_(collect(files)) {
    static std::atomic<std::uint64_t> serials{0};
    out_.serial = ++serials;
    out_.hash = hash_of(files);
    findings_ = collected_.findings;
  }

  Compilation run() {
    declare_themes();
    lay_out_slots();
    read_heads();
    compile_links();
    read_pictures();
    for (const std::string& language : languages()) compile_language(language);
    compile_identification();
    const auto place = [](const Finding& f) { return std::tie(f.path, f.line, f.column); };
    std::stable_sort(findings_.begin(), findings_.end(),
                     [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
    return {std::make_shared<const CompiledRules>(std::move(out_)), std::move(findings_)};
  }

 private:
  void declare_themes() {
    for (const std::string_view name : value_names(Axis::theme)) out_.themes.emplace_back(name);
    for (const PlacedRow& row : collected_.rules) {
      if (row.row.cell(axis_column).text != "declare") continue;
      const Cell name = row.row.cell(pattern_column);
      if (row.row.cell(value_column).text != "theme" || name.text.empty()) {
        findings_.push_back(row.finding(row.row.cell(value_column).column,
                                        "only a theme can be declared: id, declare, theme, 1, its name"));
      } else if (std::find(out_.themes.begin(), out_.themes.end(), name.text) == out_.themes.end()) {
        out_.themes.emplace_back(name.text);
      }
    }
  }

  void lay_out_slots() {
    ValueSlot next = 0;
    for (std::uint8_t axis = 0; axis < axis_count; ++axis) {
      out_.first_slot[axis] = next;
      const std::size_t values = axis == index_of(Axis::theme)
                                     ? out_.themes.size()
                                     : value_names(static_cast<Axis>(axis)).size();
      next = static_cast<ValueSlot>(next + values + (has_none(axis) ? 1 : 0));
    }
    out_.first_slot[axis_count] = next;
  }

  void read_heads() {
    for (const PlacedRow& row : collected_.rules) {
      auto read = read_head(row, out_.themes);
      if (Finding* finding = std::get_if<Finding>(&read)) {
        findings_.push_back(std::move(*finding));
        continue;
      }
      out_.rows.push_back(rule_row(row));
      heads_.push_back({&row, std::get<RuleHead>(read), static_cast<std::uint32_t>(out_.rows.size() - 1)});
    }
  }

  // The folders with rules to judge by; one that only tells its language apart is not of them.
  std::vector<std::string> languages() const {
    std::set<std::string> names;
    for (const HeadedRow& row : heads_) {
      if (row.row->language != "shared" && row.head.kind != RuleHead::Kind::language) {
        names.emplace(row.row->language);
      }
    }
    return {names.begin(), names.end()};
  }

  // A shared row is of all languages, unless its id begins with one.
  static bool belongs(const PlacedRow& row, const std::string& language, const std::vector<std::string>& all) {
    if (row.language != "shared") return row.language == language;
    const std::string_view id = row.row.cell(id_column).text;
    const std::string_view first = id.substr(0, id.find('.'));
    return first == language || std::find(all.begin(), all.end(), first) == all.end();
  }

  // --- links --------------------------------------------------------------------------------

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

  std::optional<LinkEnd> link_end(const PlacedRow& row, std::size_t column, std::string_view wildcard) {
    const Cell axis_cell = row.row.cell(column);
    const Cell value_cell = row.row.cell(column + 1);
    const auto axis = parse_axis(axis_cell.text);
    if (!axis) {
      findings_.push_back(row.finding(axis_cell.column, "there is no axis '" + std::string(axis_cell.text) + "'"));
      return std::nullopt;
    }
    if (value_cell.text == wildcard) return LinkEnd{index_of(*axis), std::nullopt};
    const auto value = find_value(index_of(*axis), value_cell.text, out_.themes);
    if (!value) {
      findings_.push_back(row.finding(value_cell.column, "'" + std::string(value_cell.text) + "' is no value of " +
                                                             std::string(axis_cell.text) + ", nor '" +
                                                             std::string(wildcard) + "'"));
      return std::nullopt;
    }
    return LinkEnd{index_of(*axis), value};
  }

  void compile_links() {
    out_.links.resize(when_count * out_.slot_count());
    std::vector<bool> specific(out_.links.size(), false);
    for (const bool wildcards : {false, true}) {
      for (const PlacedRow& row : collected_.links) compile_link(row, wildcards, specific);
    }
  }

  void compile_link(const PlacedRow& row, bool wildcards, std::vector<bool>& specific) {
    if ((row.row.cell(1).text == "*") != wildcards) return;
    const Cell when_cell = row.row.cell(2);
    const Cell factor_cell = row.row.cell(5);
    const auto when = when_of(when_cell.text);
    const auto factor = read_number(factor_cell.text);
    if (!when) {
      findings_.push_back(row.finding(when_cell.column, "'" + std::string(when_cell.text) + "' is none of plain, negated, question, conditional"));
      return;
    }
    if (!factor) {
      findings_.push_back(row.finding(factor_cell.column, "'" + std::string(factor_cell.text) + "' is no factor; write a number such as 0.7"));
      return;
    }
    const auto from = link_end(row, 0, "*");
    const auto to = link_end(row, 3, "=");
    if (!from || !to) return;
    if (!to->value && from->axis != to->axis) {
      findings_.push_back(row.finding(row.row.cell(4).column, "'=' keeps the value, so both axes must be the same"));
      return;
    }
    for (std::uint16_t value = 0; value < out_.value_count(from->axis); ++value) {
      if (from->value && *from->value != value) continue;
      const std::size_t at = static_cast<std::size_t>(*when) * out_.slot_count() + out_.slot(from->axis, value);
      // In a negation, question or condition, a row of the very value is in place of the general one.
      if (wildcards && *when != When::plain && specific[at]) continue;
      if (!wildcards) specific[at] = true;
      add_link(out_.links[at], {to->axis, to->value.value_or(value), *factor});
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

  // --- pictures -----------------------------------------------------------------------------

  static std::vector<std::string_view> pictures_of(const PlacedRow& row) {
    std::vector<std::string_view> out;
    std::string_view rest = row.row.cell(pattern_column).text;
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      if (space != 0) out.push_back(rest.substr(0, space));
      rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
    }
    return out;
  }

  // What the tokenizer does not see as one emoji by itself becomes a symbol that it keeps whole.
  static std::string key_of(std::string_view picture, bool& is_symbol) {
    text::Tokenizer plain;
    const auto tokens = plain.tokenize(picture);
    is_symbol = !(tokens.size() == 1 && tokens[0].kind == text::TokenKind::emoji &&
                  tokens[0].end - tokens[0].begin == picture.size());
    return is_symbol ? std::string(picture) : std::string(plain.folded(tokens[0]));
  }

  void read_pictures() {
    for (const HeadedRow& row : heads_) {
      if (row.row->kind != TableKind::pictures) continue;
      for (const std::string_view picture : pictures_of(*row.row)) {
        bool is_symbol = false;
        std::string key = key_of(picture, is_symbol);
        if (is_symbol) out_.symbols.push_back(std::move(key));
      }
    }
  }

  std::vector<Sequence> picture_sequences(const PlacedRow& row) {
    std::vector<Atom> atoms;
    for (const std::string_view picture : pictures_of(row)) {
      bool is_symbol = false;
      atoms.push_back({Atom::Kind::word, text::TokenKind::word, key_of(picture, is_symbol)});
    }
    return {{Element{Element::Kind::one_of, 1, 1, sets_->intern(std::move(atoms))}}};
  }

  // --- a language ---------------------------------------------------------------------------

  void compile_language(const std::string& language) {
    const std::vector<std::string> all = languages();
    LanguageRules made;
    made.language = language;
    AtomSets sets;
    PatternReader reader(sets);
    sets_ = &sets;
    reader_ = &reader;
    AutomatonBuilder builder(sets);
    std::vector<HeadedRow> own;
    for (const HeadedRow& row : heads_) {
      if (belongs(*row.row, language, all)) own.push_back(row);
    }
    ClassTable classes(first_language_ == language || first_language_.empty(), sets);
    first_language_ = first_language_.empty() ? language : first_language_;
    for (const HeadedRow& row : own) {
      if (row.head.kind == RuleHead::Kind::unit) add_unit(row, classes, made, builder);
    }
    classes.finish_units();
    add_classes(language, classes);
    for (const HeadedRow& row : own) add_rule(row, classes, made, builder);
    made.automaton = std::move(builder).build();
    out_.languages.push_back(std::move(made));
  }

  // A shared row is compiled for each language; what is wrong with it is said once.
  void report(const PlacedRow& row, const PatternError& error, const ClassTable& classes) {
    if (row.language == "shared" && !classes.is_first_language()) return;
    const Cell pattern = row.row.cell(row.kind == TableKind::classes ? std::size_t{1} : std::size_t{pattern_column});
    findings_.push_back(row.finding(pattern.column + static_cast<int>(error.at), error.what));
  }

  void add_unit(const HeadedRow& row, ClassTable& classes, LanguageRules& made, AutomatonBuilder& builder) {
    const auto unit = static_cast<Unit>(row.head.value);
    auto parsed = reader_->read_class(row.row->row.cell(pattern_column).text, classes.lookup());
    if (const PatternError* error = std::get_if<PatternError>(&parsed)) return report(*row.row, *error, classes);
    const auto& ways = std::get<std::vector<Sequence>>(parsed);
    classes.add_unit(unit, ways);
    if (unit == Unit::number || unit == Unit::article) {
      for (const std::string& words : spelled_out(ways, *sets_)) made.numbers[words] = row.head.weight;
    }
    if (unit == Unit::duration) add_to_automaton(row, ways, made, builder);
  }

  void add_classes(const std::string& language, ClassTable& classes) {
    for (const PlacedRow& row : collected_.classes) {
      if (row.language != language && row.language != "shared") continue;
      auto parsed = reader_->read_class(row.row.cell(1).text, classes.lookup());
      if (const PatternError* error = std::get_if<PatternError>(&parsed)) {
        report(row, *error, classes);
      } else {
        classes.define(row.row.cell(0).text, std::get<std::vector<Sequence>>(std::move(parsed)));
      }
    }
  }

  void add_rule(const HeadedRow& row, const ClassTable& classes, LanguageRules& made, AutomatonBuilder& builder) {
    const std::string_view pattern = row.row->row.cell(pattern_column).text;
    switch (row.head.kind) {
      case RuleHead::Kind::calibration: made.temperature = row.head.weight; return;
      case RuleHead::Kind::unit: case RuleHead::Kind::language: case RuleHead::Kind::declare: return;
      case RuleHead::Kind::modifier:
        if (is_mark(row.head.value)) return add_mark(row, made);
        break;
      case RuleHead::Kind::axis:
        if (const auto field = field_rule(row, pattern)) {
          made.fields.push_back(*field);
          return;
        }
        break;
    }
    if (row.row->kind == TableKind::pictures) {
      return add_to_automaton(row, picture_sequences(*row.row), made, builder);
    }
    auto parsed = reader_->read_pattern(pattern, classes.lookup());
    if (const PatternError* error = std::get_if<PatternError>(&parsed)) return report(*row.row, *error, classes);
    add_to_automaton(row, std::get<std::vector<Sequence>>(parsed), made, builder);
  }

  static bool is_mark(std::uint16_t value) {
    const auto modifier = static_cast<Modifier>(value);
    return modifier == Modifier::caps || modifier == Modifier::elongated || modifier == Modifier::quoted;
  }

  Rule rule_of(const HeadedRow& row) const {
    const bool none = row.head.none;
    const std::size_t value = none ? out_.value_count(row.head.axis) : std::size_t{row.head.value};
    return {row.index, row.head.axis, static_cast<std::uint16_t>(value), row.head.weight};
  }

  void add_mark(const HeadedRow& row, LanguageRules& made) const {
    made.rules.push_back(rule_of(row));
    made.marks[row.head.value] = static_cast<std::uint32_t>(made.rules.size() - 1);
  }

  void add_to_automaton(const HeadedRow& row, const std::vector<Sequence>& ways, LanguageRules& made,
                        AutomatonBuilder& builder) const {
    made.rules.push_back(rule_of(row));
    for (const Sequence& way : ways) builder.add(way, static_cast<std::uint32_t>(made.rules.size() - 1));
  }

  std::optional<FieldRule> field_rule(const HeadedRow& row, std::string_view pattern) const {
    const Rule rule = rule_of(row);
    if (pattern == "-" || pattern == "<always>") return FieldRule{FieldRule::Kind::bias, rule, 0, 0};
    if (pattern == "<both>") return FieldRule{FieldRule::Kind::both, rule, 0, 0};
    if (pattern == "<by-brand>") return FieldRule{FieldRule::Kind::by_brand, rule, 0, 0};
    if (pattern == "<rating-contradicts>") return FieldRule{FieldRule::Kind::contradiction, rule, 0, 0};
    constexpr std::string_view prefix = "<rating ";
    if (!pattern.starts_with(prefix) || !pattern.ends_with('>')) return std::nullopt;
    const std::string_view range = pattern.substr(prefix.size(), pattern.size() - prefix.size() - 1);
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto low = read_number(range.substr(0, dash));
    const auto high = read_number(range.substr(dash + 1));
    if (!low || !high) return std::nullopt;
    return FieldRule{FieldRule::Kind::rating, rule, *low, *high};
  }

  void compile_identification() {
    IdentificationBuilder builder;
    for (const HeadedRow& row : heads_) {
      if (row.head.kind != RuleHead::Kind::language) continue;
      const auto wrong = builder.add(row.row->row.cell(value_column).text,
                                     row.row->row.cell(pattern_column).text, row.head.weight);
      if (wrong) findings_.push_back(row.row->finding(row.row->row.cell(pattern_column).column, *wrong));
    }
    out_.identification = std::move(builder).build();
  }

  Collected collected_;
  CompiledRules out_;
  std::vector<HeadedRow> heads_;
  std::vector<Finding> findings_;
  std::string first_language_;
  AtomSets* sets_ = nullptr;          // of the language that is being compiled
  PatternReader* reader_ = nullptr;
};

}  // namespace

const LanguageRules* CompiledRules::find(std::string_view language) const {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const LanguageRules& rules : languages) {
    if (rules.language == primary) return &rules;
  }
  return nullptr;
}

std::size_t CompiledRules::value_count(std::uint8_t axis) const {
  return static_cast<std::size_t>(first_slot[axis + 1u] - first_slot[axis]) - (has_none(axis) ? 1 : 0);
}

std::string_view CompiledRules::value_name(std::uint8_t axis, std::uint16_t value) const {
  if (value >= value_count(axis)) return "none";
  if (axis == index_of(Axis::theme)) return themes[value];
  return value_names(static_cast<Axis>(axis))[value];
}

Compilation compile(std::span<const RulesFile> files) { return Compiler(files).run(); }

}  // namespace testigo::classify
