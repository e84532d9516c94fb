#include "classify/learner.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "classify/bias_tuning.h"
#include "classify/collect.h"
#include "classify/learning_problem.h"
#include "classify/side_scores.h"

namespace testigo::classify {
namespace {

// What a text of this language is judged by. Tables that tell languages apart are not needed, and
// compiling them would take most of the time.
std::vector<RulesFile> files_of(std::span<const RulesFile> files, std::string_view language) {
  std::vector<RulesFile> out;
  for (const RulesFile& file : files) {
    const TableName name = table_name(file.path);
    const bool ours = name.language == language || name.language == "shared";
    const bool tells_apart = file.path.ends_with("/language.tsv");
    if (name.kind != TableKind::none && name.kind != TableKind::examples && ours && !tells_apart)
      out.push_back(file);
  }
  return out;
}

bool has_class_not(std::span<const RulesFile> files) {
  const Collected collected = collect(files);
  return std::any_of(collected.classes.begin(), collected.classes.end(),
                     [](const PlacedRow& row) { return row.row.cell(0).text == "not"; });
}

// Compiled rules that are kept: those of one fold at all penalties, a few megabytes each.
constexpr std::size_t most_loaded = 32;

double rounded(double weight) { return std::round(weight * 10) / 10; }

}  // namespace

Learner::Learner(LearningTask task, std::vector<RulesFile> files, Rules rules, TermIndex index)
    : task_(std::move(task)),
      files_(std::move(files)),
      rules_(std::move(rules)),
      index_(std::move(index)),
      has_neither_(sets_with_neither(task_.texts, task_.sets)) {}

Result<Learner> Learner::make(LearningTask task) {
  std::vector<RulesFile> files = files_of(task.files, task.origin.language);
  auto rules = load_rules(files);
  if (!rules) return fail(std::move(rules.error()));
  if (rules->compiled().find(task.origin.language) == nullptr)
    return fail(Errc::not_found, "there are no rules for this language", task.origin.language);
  TermIndex index =
      index_terms(*rules, task.origin.language, task.origin.axis, task.texts,
                  std::max<std::size_t>(task.least_texts / 3, 2), has_class_not(files));
  return Learner(std::move(task), std::move(files), *std::move(rules), std::move(index));
}

Rules Learner::with(std::span<const LearntRow> rows) const {
  return load(table_of(task_.origin, rows));
}

Rules Learner::load(const std::string& table) const {
  if (table == table_header) return rules_;
  if (const auto known = loaded_.find(table); known != loaded_.end()) return known->second;
  const std::string path = "rules/" + task_.origin.language + "/suggested.tsv";
  std::vector<RulesFile> files = files_;
  files.push_back({path, table, true});
  auto rules = load_rules(files);
  assert(rules && "rows that were learnt are rows that load");
  if (loaded_.size() >= most_loaded) loaded_.clear();
  loaded_.emplace(table, *rules);
  return *std::move(rules);
}

std::vector<LearntRow> Learner::learn(std::span<const std::uint32_t> chosen, double penalty) const {
  const std::vector<TermOdds> odds = term_odds(index_, task_.texts, chosen, task_.sets);
  std::vector<LearntRow> rows = learn_round(CandidateRound::words, chosen, odds, penalty, {});
  std::vector<LearntRow> phrases =
      learn_round(CandidateRound::phrases, chosen, odds, penalty, rows);
  std::move(phrases.begin(), phrases.end(), std::back_inserter(rows));
  add_biases(rows, chosen);
  return rows;
}

// Words that speak for a side lift it in every text that holds one of them; the biases make up for
// it.
void Learner::add_biases(std::vector<LearntRow>& rows,
                         std::span<const std::uint32_t> chosen) const {
  const BiasTuner tuner(with(rows), task_.origin.language, task_.origin.axis, task_.texts, chosen,
                        has_neither_);
  const BiasShift shift = tuner.best();
  const auto support = static_cast<std::uint32_t>(chosen.size());
  if (shift.adverse != 0) rows.push_back({"-", Side::adverse, shift.adverse, support});
  if (shift.neither != 0) rows.push_back({"-", Side::neither, shift.neither, support});
}

std::vector<LearntRow> Learner::learn_round(CandidateRound round,
                                            std::span<const std::uint32_t> chosen,
                                            std::span<const TermOdds> odds, double penalty,
                                            std::span<const LearntRow> before) const {
  const std::vector<Candidate> candidates =
      find_candidates(index_, odds, round, task_.least_texts, task_.sets);
  if (candidates.empty() || std::isinf(penalty)) return {};
  const std::string known = table_of(task_.origin, before);
  const LearningProblem problem = make_problem(
      {load(known), load(known + candidate_rows(task_.origin, candidates)), task_.origin.language,
       task_.origin.axis, task_.texts, chosen, task_.sets, candidates});
  const std::vector<double> weights = fit_weights(problem.fit, penalty, greatest_weight);
  std::vector<LearntRow> rows;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (weights[i] < least_weight || !problem.usable[i]) continue;
    const double weight = rounded(weights[i] + problem.hidden[i]);
    if (weight == 0) continue;
    rows.push_back(
        {candidates[i].pattern, candidates[i].odds.side, weight, candidates[i].odds.texts});
  }
  return rows;
}

}  // namespace testigo::classify
