#include "classify/suggest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "classify/voices.h"
#include "text/utf8.h"

namespace testigo::classify {
namespace {

// What a row must gain, in nats for each unit of weight, from bold to wary; the last lets none in,
// so that what the biases do is not put down to the rows.
constexpr std::array tried_penalties = {1.5,  3.0,  6.0,
                                        12.0, 24.0, std::numeric_limits<double>::infinity()};

// The wariest penalty that is as good as the best but for this is taken: fewer rows to read.
constexpr double as_good = 0.001;

constexpr std::size_t most_wrong = 3;
constexpr std::size_t line_bytes = 140;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash ^ hash >> 31;
}

std::string one_line(std::string_view text) {
  std::string out(text.substr(0, text::char_border(text, line_bytes)));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out.size() < text.size() ? out + "…" : out;
}

class Suggester {
 public:
  Suggester(const Learner& learner, const SuggestOptions& options)
      : learner_(learner),
        options_(options),
        has_neither_(sets_with_neither(task().texts, task().sets)),
        penalties_(tried_penalties.begin(), tried_penalties.end()) {
    if (options.penalty) penalties_ = {*options.penalty, penalties_.back()};
    for (std::uint32_t text = 0; text < task().texts.size(); ++text) all_.push_back(text);
  }

  Suggestions run() {
    cross_validate();
    if (options_.leave_out && task().sets > 1) leave_out();
    list(learner_.learn(all_, out_.penalty));
    return std::move(out_);
  }

 private:
  using Texts = std::vector<std::uint32_t>;

  [[nodiscard]] const LearningTask& task() const { return learner_.task(); }

  [[nodiscard]] std::vector<Side> judge(std::span<const LearntRow> rows, const Texts& texts) const {
    const Classifier classifier(learner_.with(rows));
    return answers(classifier, task().origin.language, task().origin.axis, task().texts, texts,
                   has_neither_);
  }

  // Parts the texts in those that `held` names and the others.
  template <class Held>
  [[nodiscard]] std::pair<Texts, Texts> part(const Held& held) const {
    std::pair<Texts, Texts> out;
    for (const std::uint32_t text : all_) (held(text) ? out.first : out.second).push_back(text);
    return out;
  }

  void cross_validate() {
    const std::vector<SetScore> before = score_sets(task().texts, judge({}, all_), has_neither_);
    out_.tried.emplace_back(0.0, mean_of(before));
    std::vector<std::vector<Side>> given(penalties_.size());
    for (std::vector<Side>& of_penalty : given) of_penalty.resize(all_.size());
    for (std::size_t fold = 0; fold < options_.folds; ++fold) {
      const auto [held, learnt] = part([&](std::uint32_t text) {
        return hash_of(task().texts[text].text) % options_.folds == fold;
      });
      for (std::size_t p = 0; p < penalties_.size(); ++p) {
        const std::vector<Side> sides = judge(learner_.learn(learnt, penalties_[p]), held);
        for (std::size_t i = 0; i < held.size(); ++i) given[p][held[i]] = sides[i];
      }
    }
    std::vector<std::vector<SetScore>> scores;
    for (std::size_t p = 0; p < penalties_.size(); ++p) {
      scores.push_back(score_sets(task().texts, given[p], has_neither_));
      out_.tried.emplace_back(penalties_[p], mean_of(scores.back()));
    }
    const std::size_t best = wariest();
    out_.penalty = penalties_[best];
    for (std::uint32_t set = 0; set < task().sets; ++set)
      out_.sets.push_back({before[set], scores[best][set].macro_f1, std::nullopt});
  }

  [[nodiscard]] std::size_t wariest() const {
    if (options_.penalty) return 0;
    double best = 0;
    for (std::size_t p = 0; p < penalties_.size(); ++p)
      best = std::max(best, out_.tried[p + 1].second);
    std::size_t chosen = 0;
    for (std::size_t p = 0; p < penalties_.size(); ++p)
      if (out_.tried[p + 1].second >= best - as_good) chosen = p;
    return chosen;
  }

  void leave_out() {
    for (std::uint32_t set = 0; set < task().sets; ++set) {
      const auto [held, learnt] =
          part([&](std::uint32_t text) { return task().texts[text].set == set; });
      const std::vector<Side> sides = judge(learner_.learn(learnt, out_.penalty), held);
      std::vector<LabelledText> texts;
      for (const std::uint32_t text : held) texts.push_back({{}, task().texts[text].side, 0});
      out_.sets[set].left_out = score_sets(texts, sides, {has_neither_[set]}).front().macro_f1;
    }
  }

  // Where each row fires, and where it is wrong there.
  void list(const std::vector<LearntRow>& rows) {
    std::unordered_map<std::string, std::size_t> number;
    for (const LearntRow& row : rows) {
      Suggestion suggestion;
      suggestion.row = row;
      suggestion.id = learnt_id(task().origin, row);
      if (number.emplace(suggestion.id, out_.rows.size()).second) out_.rows.push_back(suggestion);
    }
    const Rules rules = learner_.with(rows);
    const CompiledRules& compiled = rules.compiled();
    VoiceReader reader(compiled, *compiled.find(task().origin.language), task().origin.axis);
    for (const LabelledText& text : task().texts) {
      reader.read(text.text);
      for (const Voice& voice : reader.voices()) {
        const auto found = number.find(std::string(compiled.ids[voice.row]));
        if (found != number.end()) note(out_.rows[found->second], voice, text);
      }
    }
    for (Suggestion& row : out_.rows)
      row.precision = row.fires == 0 ? 0.0 : row.precision / static_cast<double>(row.fires);
    std::stable_sort(out_.rows.begin(), out_.rows.end(),
                     [](const Suggestion& a, const Suggestion& b) {
                       const auto evidence = [](const Suggestion& s) {
                         return std::abs(s.row.weight) * s.row.support;
                       };
                       return evidence(a) > evidence(b);
                     });
  }

  static void note(Suggestion& row, const Voice& voice, const LabelledText& text) {
    const auto most = std::max_element(voice.says.begin(), voice.says.begin() + side_count);
    const bool right = static_cast<Side>(most - voice.says.begin()) == text.side;
    ++row.fires;
    row.precision += right ? 1 : 0;
    if (!right && row.wrong.size() < most_wrong) row.wrong.push_back(one_line(text.text));
  }

  const Learner& learner_;
  const SuggestOptions& options_;
  std::vector<bool> has_neither_;
  std::vector<double> penalties_;
  Texts all_;
  Suggestions out_;
};

}  // namespace

Result<Suggestions> suggest(const LearningTask& task, const SuggestOptions& options) {
  auto learner = Learner::make(task);
  if (!learner) return fail(std::move(learner.error()));
  return Suggester(*learner, options).run();
}

}  // namespace testigo::classify
