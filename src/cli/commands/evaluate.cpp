#include <array>
#include <map>
#include <ostream>

#include "app/evaluate_files.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "formats/json_writer.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::cli {
namespace {

using classify::Evaluation;

std::string three(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

std::string for_people(const std::string& name, const Evaluation& evaluation,
                       const render::Terminal& terminal) {
  std::string out = name + ": " + std::to_string(evaluation.rows) + " rows, accuracy " +
                    three(evaluation.accuracy) + ", macro-F1 " + three(evaluation.macro_f1);
  if (evaluation.pearson) out += ", r " + three(*evaluation.pearson);
  out += "\n";
  render::Table table;
  table.columns = {{"class", render::Align::left, false},
                   {"labelled", render::Align::right, false},
                   {"precision", render::Align::right, false},
                   {"recall", render::Align::right, false},
                   {"F1", render::Align::right, false}};
  for (const classify::ClassScore& score : evaluation.classes)
    table.rows.push_back({{score.name},
                          {std::to_string(score.labelled)},
                          {three(score.precision)},
                          {three(score.recall)},
                          {three(score.f1)}});
  out += render::render_table(table, terminal);
  render::Table confusion;
  confusion.columns = {{"label", render::Align::left, false},
                       {"answer", render::Align::left, false},
                       {"rows", render::Align::right, false}};
  for (const auto& [pair, rows] : evaluation.confusion)
    confusion.rows.push_back({{pair.first}, {pair.second}, {std::to_string(rows)}});
  return out + render::render_table(confusion, terminal) + "\n";
}

void write_json(formats::JsonWriter& json, const std::string& name, const Evaluation& evaluation) {
  json.begin_object()
      .field("group", name)
      .field("rows", evaluation.rows)
      .field("accuracy", evaluation.accuracy)
      .field("macro_f1", evaluation.macro_f1)
      .field("pearson", evaluation.pearson);
  json.key("classes").begin_array();
  for (const classify::ClassScore& score : evaluation.classes)
    json.begin_object()
        .field("name", score.name)
        .field("labelled", score.labelled)
        .field("precision", score.precision)
        .field("recall", score.recall)
        .field("f1", score.f1)
        .end_object();
  json.end_array().key("confusion").begin_array();
  for (const auto& [pair, rows] : evaluation.confusion)
    json.begin_object()
        .field("label", pair.first)
        .field("answer", pair.second)
        .field("rows", rows)
        .end_object();
  json.end_array().end_object();
}

std::string calibration_table(const std::vector<classify::CalibrationBin>& bins,
                              const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"confidence", render::Align::left, false},
                   {"rows", render::Align::right, false},
                   {"mean", render::Align::right, false},
                   {"right", render::Align::right, false}};
  for (const classify::CalibrationBin& bin : bins)
    table.rows.push_back({{three(bin.from) + "–" + three(bin.to)},
                          {std::to_string(bin.rows)},
                          {three(bin.mean_confidence)},
                          {three(bin.accuracy)}});
  return render::render_table(table, terminal) + "a confidence, which is the tag's, is off by " +
         three(classify::calibration_error(bins)) + " on average\n";
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::string axis_word = arguments.value_or("--axis", "polarity");
  const auto axis = classify::parse_evaluation_axis(axis_word);
  if (!axis)
    return context.bad_usage({Errc::malformed,
                              "\"" + axis_word + "\" is none of polarity, sign, complaint, tag, "
                              "question, suggest, targets, act, stage, intent", "--axis"});
  const std::string by = arguments.value_or("--by", "");
  if (!by.empty() && by != "set" && by != "language")
    return context.bad_usage({Errc::malformed, "\"" + by + "\" is none of set, language", "--by"});
  auto book = context.rule_book_for_verdicts();
  if (!book) return context.bad_configuration(book.error());
  const classify::Classifier classifier((*book)->rules);
  auto answered = app::answer_labelled_files(classifier, arguments.values("FILE"), by, axis_word);
  if (!answered) return context.failed(answered.error());
  if (answered->unlabelled > 0)
    context.err() << "testigo: "
                  << render::counted(static_cast<std::int64_t>(answered->unlabelled), "row")
                  << " without a label of " << axis_word << " left out\n";

  std::map<std::string, std::vector<classify::LabelledAnswer>> groups;
  for (classify::LabelledAnswer& row : answered->rows) groups[row.group].push_back(std::move(row));
  formats::JsonWriter json;
  json.begin_array();
  for (const auto& [name, group] : groups) {
    const Evaluation evaluation = classify::evaluate(*axis, group);
    const std::string title = name.empty() ? axis_word : name;
    if (context.json()) {
      write_json(json, title, evaluation);
      continue;
    }
    context.out() << for_people(title, evaluation, context.terminal());
    if (arguments.has("--calibration"))
      context.out() << calibration_table(classify::calibration(*axis, group), context.terminal());
  }
  if (context.json()) context.out() << json.end_array().text() << '\n';
  return ExitCode::done;
}

}  // namespace

Command evaluate_command() {
  return {"evaluate",
          "classify",
          "Score the rules on labelled texts, text alone",
          {{"FILE", Arity::rest, "", "labelled JSONL: text, label, perhaps rating, lang", true, ""},
           {"--axis", Arity::value, "A", "polarity, sign, complaint, tag, question, suggest, targets, act, stage, intent", false, ""},
           {"--by", Arity::value, "B", "a score for each set (file's folder) or language", false, ""},
           {"--calibration", Arity::flag, "", "how often it is right at each confidence", false, ""}},
          {{"evaluate data/gold/en.jsonl --axis tag", "macro-F1, per class, and what is mistaken for what"}},
          run};
}

}  // namespace testigo::cli
