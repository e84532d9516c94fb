#include "classify/language_compiler.h"

#include <algorithm>

#include "classify/class_table.h"
#include "classify/parts.h"
#include "classify/pictures.h"

namespace testigo::classify {
namespace {

// So many words of their own most rules have at least: room that will be needed.
constexpr std::size_t words_a_rule = 2;

class LanguageCompiler {
 public:
  LanguageCompiler(const LanguageSources& sources, const CompiledRules& layout)
      : sources_(sources), layout_(layout) {
    out_.rules.language = sources.language;
  }

  CompiledLanguage run() {
    std::vector<HeadedRow> own;
    for (const HeadedRow& row : sources_.rows) {
      if (belongs(*row.row)) own.push_back(row);
    }
    reserve(own.size() * words_a_rule);
    for (const HeadedRow& row : own) {
      if (row.head.kind == RuleHead::Kind::unit) add_unit(row);
    }
    classes_.finish_units();
    add_classes(sources_.classes);
    for (const HeadedRow& row : own) add_rule(row);
    out_.rules.automaton = std::move(builder_).build();
    return std::move(out_);
  }

 private:
  void reserve(std::size_t words) {
    sets_.reserve(words);
    reader_.reserve(words);
    builder_.reserve(words);
  }

  // A shared row is of all languages, unless its id begins with one.
  bool belongs(const PlacedRow& row) const {
    if (row.language != "shared") return row.language == sources_.language;
    const std::string_view id = row.row.cell(id_column).text;
    const std::string_view first = id.substr(0, id.find('.'));
    const auto& all = sources_.all_languages;
    return first == sources_.language || std::find(all.begin(), all.end(), first) == all.end();
  }

  // A shared row is compiled for each language; what is wrong with it is said once.
  void report(const PlacedRow& row, const PatternError& error) {
    if (row.language == "shared" && !sources_.reports_shared) return;
    const Cell pattern =
        row.row.cell(row.kind == TableKind::classes ? std::size_t{1} : std::size_t{pattern_column});
    out_.findings.push_back(row.finding(pattern.column + static_cast<int>(error.at), error.what));
  }

  std::vector<Sequence> picture_sequences(std::string_view pattern) {
    std::vector<AtomId> atoms;
    for (const Picture& picture : read_pictures(pattern)) atoms.push_back(sets_.word(picture.key));
    return {{Element{Element::Kind::one_of, 1, 1, sets_.intern(atoms)}}};
  }

  void add_unit(const HeadedRow& row) {
    const auto unit = static_cast<Unit>(row.head.value);
    auto parsed = reader_.read_class(row.row->row.cell(pattern_column).text, classes_.lookup());
    if (const PatternError* error = std::get_if<PatternError>(&parsed))
      return report(*row.row, *error);
    const auto& ways = std::get<std::vector<Sequence>>(parsed);
    const bool of_words = std::any_of(ways.begin(), ways.end(),
                                      [](const Sequence& way) { return way.size() > 1; });
    // Numbers of several words would multiply the ways of every pattern with <num> or <duration>.
    if (unit != Unit::part && !(unit == Unit::number && of_words)) classes_.add_unit(unit, ways);
    if (unit == Unit::number || unit == Unit::article || unit == Unit::part) {
      auto& values = unit == Unit::part ? out_.rules.parts : out_.rules.numbers;
      for (const std::string& words : spelled_out(ways, sets_)) values[words] = row.head.weight;
    }
    if (unit == Unit::duration) add_to_automaton(row, {ways});
  }

  void add_classes(std::span<const PlacedRow> rows) {
    for (const PlacedRow& row : rows) {
      if (row.language != out_.rules.language && row.language != "shared") continue;
      auto parsed = reader_.read_class(row.row.cell(1).text, classes_.lookup());
      if (const PatternError* error = std::get_if<PatternError>(&parsed)) {
        report(row, *error);
      } else {
        classes_.define(row.row.cell(0).text, std::get<std::vector<Sequence>>(std::move(parsed)));
      }
    }
  }

  void add_rule(const HeadedRow& row) {
    const std::string_view pattern = row.row->row.cell(pattern_column).text;
    switch (row.head.kind) {
      case RuleHead::Kind::calibration:
        out_.rules.temperature = row.head.weight;
        return;
      case RuleHead::Kind::unit:
      case RuleHead::Kind::language:
      case RuleHead::Kind::declare:
        return;
      case RuleHead::Kind::modifier:
        if (is_mark(row.head.value)) return add_mark(row);
        break;
      case RuleHead::Kind::axis:
        if (const auto field = field_rule(row, pattern)) {
          const bool both = field->kind == FieldRule::Kind::both;
          (both ? out_.rules.boths : out_.rules.fields).push_back(*field);
          return;
        }
        break;
    }
    if (row.row->kind == TableKind::pictures) {
      return add_to_automaton(row, {picture_sequences(row.row->row.cell(pattern_column).text)});
    }
    auto parsed = reader_.read_pattern(pattern, classes_.lookup());
    if (const PatternError* error = std::get_if<PatternError>(&parsed))
      return report(*row.row, *error);
    add_to_automaton(row, std::get<Parts>(parsed));
  }

  static bool is_mark(std::uint16_t value) {
    const auto modifier = static_cast<Modifier>(value);
    return modifier == Modifier::caps || modifier == Modifier::elongated ||
           modifier == Modifier::quoted;
  }

  Rule rule_of(const HeadedRow& row) const {
    const bool none = row.head.none;
    const std::size_t value =
        none ? layout_.value_count(row.head.axis) : std::size_t{row.head.value};
    return {row.index, row.head.axis, static_cast<std::uint16_t>(value), row.head.weight};
  }

  void add_mark(const HeadedRow& row) {
    out_.rules.rules.push_back(rule_of(row));
    out_.rules.marks[row.head.value] = static_cast<std::uint32_t>(out_.rules.rules.size() - 1);
  }

  void add_to_automaton(const HeadedRow& row, const Parts& parts) {
    out_.rules.rules.push_back(rule_of(row));
    const auto rule = static_cast<std::uint32_t>(out_.rules.rules.size() - 1);
    builder_.add(parts, rule);
    if (!sources_.with_samples) return;
    for (std::string& sample : samples_of(written_out(parts), sets_))
      out_.samples.push_back({rule, std::move(sample)});
  }

  std::optional<FieldRule> field_rule(const HeadedRow& row, std::string_view pattern) const {
    const Rule rule = rule_of(row);
    if (pattern == "-" || pattern == "<always>")
      return FieldRule{FieldRule::Kind::bias, rule, 0, 0};
    if (pattern == "<both>") return FieldRule{FieldRule::Kind::both, rule, 0, 0};
    if (pattern == "<addressed>") return FieldRule{FieldRule::Kind::addressed, rule, 0, 0};
    if (pattern == "<mentions>") return FieldRule{FieldRule::Kind::mentions, rule, 0, 0};
    if (pattern == "<by-brand>") return FieldRule{FieldRule::Kind::by_brand, rule, 0, 0};
    if (pattern == "<rating-contradicts>")
      return FieldRule{FieldRule::Kind::contradiction, rule, 0, 0};
    constexpr std::string_view prefix = "<rating ";
    if (!pattern.starts_with(prefix) || !pattern.ends_with('>')) return std::nullopt;
    const std::string_view range =
        pattern.substr(prefix.size(), pattern.size() - prefix.size() - 1);
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto low = read_number(range.substr(0, dash));
    const auto high = read_number(range.substr(dash + 1));
    if (!low || !high) return std::nullopt;
    return FieldRule{FieldRule::Kind::rating, rule, *low, *high};
  }

  const LanguageSources& sources_;
  const CompiledRules& layout_;
  CompiledLanguage out_;
  AtomSets sets_;
  PatternReader reader_{sets_};
  ClassTable classes_{sets_};
  AutomatonBuilder builder_{sets_};
};

}  // namespace

CompiledLanguage compile_language(const LanguageSources& sources, const CompiledRules& layout) {
  return LanguageCompiler(sources, layout).run();
}

}  // namespace testigo::classify
