#include "classify/compile.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <set>
#include <tuple>

#include "classify/identification.h"
#include "classify/language_compiler.h"
#include "classify/link_table.h"
#include "classify/pictures.h"
#include "classify/rule_row.h"
#include "core/digest.h"

namespace testigo::classify {
namespace {

bool makes_verdicts(const RulesFile& file) {
  const TableName name = table_name(file.path);
  return (name.kind != TableKind::none && name.kind != TableKind::examples) ||
         file.path.ends_with("/switches.toml") || file.path == "switches.toml";
}

std::string heading_of(const RulesFile& file) {
  const std::string_view base = file.path.substr(file.path.rfind('/') + 1);
  return std::string(file.overlay ? "1 " : "0 ") + std::string(table_name(file.path).language) +
         "/" + std::string(base) + " " + std::to_string(file.bytes.size()) + "\n";
}

// "sha256:…" over the files that make verdicts, whatever folder they lie in.
std::string hash_of(std::span<const RulesFile> files) {
  std::vector<std::pair<std::string, std::string_view>> headed;
  for (const RulesFile& file : files)
    if (makes_verdicts(file)) headed.emplace_back(heading_of(file), file.bytes);
  std::sort(headed.begin(), headed.end());
  std::vector<std::string_view> parts;
  for (const auto& [heading, bytes] : headed) parts.insert(parts.end(), {heading, bytes});
  return labelled_digest(parts);
}

class Compiler {
 public:
  Compiler(std::span<const RulesFile> files, Samples samples)
      : files_(files), collected_(collect(files)), with_samples_(samples == Samples::yes) {
    static std::atomic<std::uint64_t> serials{0};
    out_.serial = ++serials;
    out_.hash = hash_of(files);
    for (const RulesFile& file : files) out_.paths.emplace_back(file.path);
    findings_ = collected_.findings;
  }

  Compilation run() {
    declare_themes();
    lay_out_slots();
    read_heads();
    LinkTable table = compile_links(collected_.links, out_);
    out_.links = std::move(table.links);
    take(std::move(table.findings));
    collect_symbols();
    compile_languages();
    compile_identification();
    const auto place = [](const Finding& f) { return std::tie(f.path, f.line, f.column); };
    std::stable_sort(findings_.begin(), findings_.end(),
                     [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
    name_rows();
    return {std::make_shared<const CompiledRules>(std::move(out_)), std::move(findings_),
            std::move(samples_)};
  }

 private:
  void declare_themes() {
    for (const std::string_view name : value_names(Axis::theme)) out_.themes.emplace_back(name);
    for (const PlacedRow& row : collected_.rules) {
      if (row.row.cell(axis_column).text != "declare") continue;
      const Cell name = row.row.cell(pattern_column);
      if (row.row.cell(value_column).text != "theme" || name.text.empty()) {
        findings_.push_back(
            row.finding(row.row.cell(value_column).column,
                        "only a theme can be declared: id, declare, theme, 1, its name"));
      } else if (std::find(out_.themes.begin(), out_.themes.end(), name.text) ==
                 out_.themes.end()) {
        out_.themes.emplace_back(name.text);
      }
    }
  }

  void lay_out_slots() {
    for (std::uint8_t index = 0; index < axis_count; ++index) {
      const auto axis = static_cast<Axis>(index);
      out_.first_slot[index] = static_cast<ValueSlot>(out_.slot_names.size());
      const auto add = [&](std::string_view value) { out_.slot_names.push_back({axis, value}); };
      if (axis == Axis::theme) {
        std::for_each(out_.themes.begin(), out_.themes.end(), add);
      } else {
        std::for_each(value_names(axis).begin(), value_names(axis).end(), add);
      }
      if (has_none(index)) add("none");
    }
    out_.first_slot[axis_count] = static_cast<ValueSlot>(out_.slot_names.size());
  }

  void read_heads() {
    heads_.reserve(collected_.rules.size());
    out_.rows.reserve(collected_.rules.size());
    std::size_t letters = 0;
    for (const PlacedRow& row : collected_.rules) letters += row.row.raw.size();
    out_.letters.reserve(letters);
    for (const PlacedRow& row : collected_.rules) {
      auto read = read_head(row, out_.themes);
      if (Finding* finding = std::get_if<Finding>(&read)) {
        findings_.push_back(std::move(*finding));
        continue;
      }
      keep(row);
      heads_.push_back(
          {&row, std::get<RuleHead>(read), static_cast<std::uint32_t>(out_.rows.size() - 1)});
    }
  }

  // The row as it is written, for lists of rules.
  void keep(const PlacedRow& row) {
    const std::string_view raw = row.row.raw;
    out_.rows.push_back(
        {{static_cast<std::uint32_t>(out_.letters.size()), static_cast<std::uint32_t>(raw.size())},
         static_cast<std::uint32_t>(row.file - files_.data()),
         row.row.line});
    out_.letters.insert(out_.letters.end(), raw.begin(), raw.end());
  }

  // When all rows are kept: letters move until then.
  void name_rows() {
    out_.ids.reserve(out_.rows.size());
    for (std::size_t i = 0; i < out_.rows.size(); ++i) {
      const std::string_view written = out_.written(i);
      out_.ids.push_back(written.substr(0, written.find('\t')));
    }
  }

  // The folders with rules to judge by; one that only tells its language apart is not of them.
  [[nodiscard]] std::vector<std::string> languages() const {
    std::set<std::string> names;
    for (const HeadedRow& row : heads_) {
      if (row.row->language != "shared" && row.head.kind != RuleHead::Kind::language) {
        names.emplace(row.row->language);
      }
    }
    return {names.begin(), names.end()};
  }

  void take(std::vector<Finding> findings) {
    std::move(findings.begin(), findings.end(), std::back_inserter(findings_));
  }

  void collect_symbols() {
    for (const HeadedRow& row : heads_) {
      if (row.row->kind != TableKind::pictures) continue;
      for (Picture& picture : read_pictures(row.row->row.cell(pattern_column).text)) {
        if (picture.is_symbol) out_.symbols.push_back(std::move(picture.key));
      }
    }
  }

  // Side by side: a program that is asked for one text waits for this more than for anything else.
  void compile_languages() {
    const std::vector<std::string> all = languages();
    if (all.empty()) return;
    const auto compiled = [&](const std::string& language) {
      return compile_language(
          {language, all, heads_, collected_.classes, language == all.front(), with_samples_},
          out_);
    };
    std::vector<std::future<CompiledLanguage>> others;
    for (std::size_t i = 1; i < all.size(); ++i)
      others.push_back(std::async(std::launch::async, compiled, std::cref(all[i])));
    CompiledLanguage first = compiled(all.front());
    for (std::future<CompiledLanguage>& other : others) other.wait();
    take(std::move(first));
    for (std::future<CompiledLanguage>& other : others) take(other.get());
  }

  void take(CompiledLanguage made) {
    if (with_samples_) samples_[made.rules.language] = std::move(made.samples);
    out_.languages.push_back(std::move(made.rules));
    take(std::move(made.findings));
  }

  void compile_identification() {
    IdentificationBuilder builder;
    for (const HeadedRow& row : heads_) {
      if (row.head.kind != RuleHead::Kind::language) continue;
      const auto wrong = builder.add(row.row->row.cell(value_column).text,
                                     row.row->row.cell(pattern_column).text, row.head.weight);
      if (wrong)
        findings_.push_back(row.row->finding(row.row->row.cell(pattern_column).column, *wrong));
    }
    out_.identification = std::move(builder).build();
  }

  std::span<const RulesFile> files_;
  Collected collected_;
  CompiledRules out_;
  std::vector<HeadedRow> heads_;
  std::vector<Finding> findings_;
  bool with_samples_;
  std::map<std::string, std::vector<RuleSample>> samples_;
};

}  // namespace

Compilation compile(std::span<const RulesFile> files, Samples samples) {
  return Compiler(files, samples).run();
}

}  // namespace testigo::classify
