#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "classify/candidates.h"
#include "classify/fit.h"
#include "classify/labelled_text.h"
#include "classify/learnt_row.h"
#include "classify/rules.h"
#include "core/result.h"

namespace testigo::classify {

// What is learnt from, all of one language. Views must outlive the learner.
struct LearningTask {
  std::span<const RulesFile> files;  // the rules in force; weights are learnt on top of them
  LearntOrigin origin;
  std::span<const LabelledText> texts;
  std::uint32_t sets = 1;
  std::size_t least_texts = 10;  // support of a learnt row
};

// Learns rows from any part of the task's texts (not from two threads at once), so that what is
// held out stays unseen: candidates and weights both come from the chosen texts alone.
class Learner {
 public:
  // Errc::malformed as load_rules says it; Errc::not_found where the language has no rules.
  [[nodiscard]] static Result<Learner> make(LearningTask task);

  // Words on top of the rules, then phrases on top of rules and words, then what the biases must
  // give or take for that (rows whose pattern is `-`).
  [[nodiscard]] std::vector<LearntRow> learn(std::span<const std::uint32_t> chosen,
                                             double penalty) const;

  // The language's rules with the rows among them.
  [[nodiscard]] Rules with(std::span<const LearntRow> rows) const;

  [[nodiscard]] const LearningTask& task() const { return task_; }

 private:
  Learner(LearningTask task, std::vector<RulesFile> files, Rules rules, TermIndex index);

  [[nodiscard]] Rules load(const std::string& table) const;
  [[nodiscard]] std::vector<LearntRow> learn_round(CandidateRound round,
                                                   std::span<const std::uint32_t> chosen,
                                                   std::span<const TermOdds> odds, double penalty,
                                                   std::span<const LearntRow> before) const;

  void add_biases(std::vector<LearntRow>& rows, std::span<const std::uint32_t> chosen) const;

  LearningTask task_;
  std::vector<RulesFile> files_;  // of the language, and the shared ones
  Rules rules_;                   // made of these
  // Rules by the table that was laid over these: the same ones come back for every penalty.
  // Compiling is what learning from few texts takes longest for.
  mutable std::map<std::string, Rules> loaded_;
  TermIndex index_;
  std::vector<bool> has_neither_;  // by set
};

// A learnt weight below this is left out; the greatest is that of a rule by hand.
inline constexpr double least_weight = 0.2;
inline constexpr double greatest_weight = 3.0;

}  // namespace testigo::classify
