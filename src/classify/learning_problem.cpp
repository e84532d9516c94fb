#include "classify/learning_problem.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "classify/voices.h"

namespace testigo::classify {
namespace {

constexpr std::uint32_t no_candidate = UINT32_MAX;
constexpr std::string_view candidate_kind = ".candidate.";

// Silenced words that come to less than this need no making up for.
constexpr double negligible = 0.3;

std::uint32_t candidate_of(std::string_view id) {
  const std::size_t at = id.find(candidate_kind);
  if (at == std::string_view::npos) return no_candidate;
  const std::string_view digits = id.substr(at + candidate_kind.size());
  std::uint32_t number = no_candidate;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

double towards(Side side, const SideSums& says) {
  const double good = says[0] - says[1];
  if (side == Side::favourable) return good;
  return side == Side::adverse ? -good : says[2] - (std::abs(good));
}

class ProblemMaker {
 public:
  explicit ProblemMaker(const LearningInput& input)
      : input_(input),
        without_(input.without.compiled(), *input.without.compiled().find(input.language),
                 input.axis),
        with_(input.with.compiled(), *input.with.compiled().find(input.language), input.axis),
        axis_(index_of(input.axis == LearntAxis::polarity ? Axis::polarity : Axis::tag)) {
    for (const std::string_view id : input.with.compiled().ids)
      candidates_.push_back(candidate_of(id));
    out_.fit.columns.resize(input.candidates.size());
    out_.fit.sets = input.sets;
    silenced_.resize(input.candidates.size());
    hits_.resize(input.candidates.size());
  }

  LearningProblem run() {
    for (const std::uint32_t text : input_.chosen) read(input_.texts[text]);
    for (std::size_t i = 0; i < input_.candidates.size(); ++i) {
      const Side side = input_.candidates[i].odds.side;
      const double mean = hits_[i] == 0 ? 0.0 : silenced_[i] / hits_[i];
      out_.hidden.push_back(side == Side::neither ? 0.0 : mean);
      out_.usable.push_back(side != Side::neither || std::abs(mean) < negligible);
    }
    add_hidden();
    return std::move(out_);
  }

 private:
  void read(const LabelledText& text) {
    without_.read(text.text);
    with_.read(text.text);
    const auto row = static_cast<std::uint32_t>(out_.fit.rows.size());
    SideSums sums = with_.biases();
    for (const Voice& voice : with_.voices()) {
      const std::uint32_t candidate = candidates_[voice.row];
      if (candidate == no_candidate) {
        for (std::size_t side = 0; side < sums.size(); ++side) sums[side] += voice.says[side];
      } else {
        note(candidate, row, voice);
      }
    }
    // Whoever is a question or other is neither, by whichever of the two is more.
    out_.fit.rows.push_back({{sums[0], sums[1], std::max(sums[2], sums[3])}, text.side, text.set});
  }

  void note(std::uint32_t candidate, std::uint32_t row, const Voice& voice) {
    FitColumn& column = out_.fit.columns[candidate];
    if (column.empty() || column.back().row != row) column.push_back({row, {}});
    for (std::size_t side = 0; side < side_count; ++side)
      column.back().unit[side] += static_cast<float>(voice.says[side]);
    ++hits_[candidate];
    const Side side = input_.candidates[candidate].odds.side;
    for (const Voice& word : without_.voices()) {
      const bool within = word.begin >= voice.begin && word.end <= voice.end;
      if (within && word.axis == axis_) silenced_[candidate] += towards(side, word.says);
    }
  }

  // Each candidate stands in for what it silences, whatever more it is found to say.
  void add_hidden() {
    for (std::size_t i = 0; i < out_.hidden.size(); ++i) {
      if (out_.hidden[i] == 0) continue;
      for (const FitEntry& entry : out_.fit.columns[i])
        for (std::size_t side = 0; side < side_count; ++side)
          out_.fit.rows[entry.row].offset[side] += out_.hidden[i] * entry.unit[side];
    }
  }

  const LearningInput& input_;
  VoiceReader without_;
  VoiceReader with_;
  std::uint8_t axis_;
  std::vector<std::uint32_t> candidates_;  // by row of the rules with candidates
  std::vector<double> silenced_;
  std::vector<double> hits_;
  LearningProblem out_;
};

}  // namespace

LearningProblem make_problem(const LearningInput& input) { return ProblemMaker(input).run(); }

std::string candidate_rows(const LearntOrigin& origin, std::span<const Candidate> candidates) {
  std::string out;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    out += origin.language + std::string(candidate_kind) + std::to_string(i) + "\t" +
           std::string(axis_name(origin.axis)) + "\t" +
           std::string(value_name(origin.axis, candidates[i].odds.side)) + "\t1\t" +
           candidates[i].pattern + "\t-\t-\n";
  }
  return out;
}

}  // namespace testigo::classify
