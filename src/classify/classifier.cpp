#include "classify/classifier.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "classify/compiled.h"
#include "classify/durations.h"
#include "classify/effects.h"
#include "classify/facets.h"
#include "classify/hashtags.h"
#include "classify/identification.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "classify/tally.h"
#include "classify/targets.h"
#include "text/language_tag.h"

namespace testigo::classify {
namespace {

constexpr double score_scale = 4.0;  // DESIGN §3: score = tanh(sum of polarity contributions / 4)

// Scores from which pain and glory are great (journey maps show five steps).
constexpr double some_degree = 0.25;
constexpr double great_degree = 0.75;

// Stars contradict the words where these speak so loudly against them.
constexpr double contradiction_sum = 1.0;
constexpr double low_rating = 0.3;
constexpr double high_rating = 0.7;
constexpr double both_steps = 20.0;  // that one of a sum is parted into, for `<both>`

// Buffers that a thread keeps between texts.
struct Scratch {
  std::uint64_t serial = 0;  // of the rules that the tokenizers were made for
  text::Tokenizer text;
  text::Tokenizer title;
  Hashtags hashtags;
  Matcher matcher;
  Scopes scopes;
  Tally tally;
  Facets facets;
  Targets targets;
  std::vector<Outcome> outcomes;
};

Scratch& scratch_for(const CompiledRules& rules) {
  static thread_local Scratch scratch;
  if (scratch.serial != rules.serial) {
    const std::vector<std::string_view> symbols(rules.symbols.begin(), rules.symbols.end());
    scratch.text = text::Tokenizer(symbols);
    scratch.title = text::Tokenizer(symbols);
    scratch.serial = rules.serial;
  }
  return scratch;
}

// One text's way to its verdict.
class Judgement {
 public:
  Judgement(const CompiledRules& rules, const ClassifyInput& input, bool explain)
      : rules_(rules), input_(input), explain_(explain), scratch_(scratch_for(rules)) {}

  Verdict run() {
    const auto text_tokens = scratch_.text.tokenize(input_.text);
    const auto title_tokens = scratch_.title.tokenize(input_.title.value_or(std::string_view()));
    if (text_tokens.empty() && title_tokens.empty()) return verdict_;
    identify(text_tokens, title_tokens);
    language_ = rules_.find(verdict_.language);
    if (language_ == nullptr) return verdict_;
    const auto is_mention = [](const text::Token& token) {
      return token.kind == text::TokenKind::mention;
    };
    is_addressed_ = !text_tokens.empty() && is_mention(text_tokens.front());
    mentions_ = std::any_of(text_tokens.begin(), text_tokens.end(), is_mention);
    scratch_.tally.reset(rules_.slot_count(), explain_);
    scratch_.facets.reset(rules_.slot_count());
    scratch_.targets.reset(input_.brands.size(), input_.goes);
    read(Field::title, scratch_.title, title_tokens);
    read(Field::text, scratch_.text, text_tokens);
    add_fields();
    decide();
    if (explain_) verdict_.why = scratch_.tally.reasons(rules_);
    return std::move(verdict_);
  }

 private:
  void identify(std::span<const text::Token> text_tokens,
                std::span<const text::Token> title_tokens) {
    if (input_.language && !input_.language->empty() && input_.language != "und") {
      verdict_.language = std::string(*input_.language);
      return;
    }
    const bool has_text = !text_tokens.empty();
    verdict_.language = identify_tokens(rules_, has_text ? scratch_.text : scratch_.title,
                                        has_text ? text_tokens : title_tokens,
                                        has_text ? input_.text : input_.title.value_or(""),
                                        text::known_language(input_.stated_language.value_or("")))
                            .language;
  }

  void read(Field field, const text::Tokenizer& tokenizer, std::span<const text::Token> given) {
    if (given.empty()) return;
    const auto tokens = scratch_.hashtags.cut(language_->automaton, tokenizer, given);
    const Reading reading{&rules_, language_, tokens, field};
    const std::vector<BrandAt> brands = find_brands(input_.brands, tokenizer, tokens);
    Matcher& matcher = scratch_.matcher;
    matcher.run(*language_, tokenizer, tokens, brands);
    scratch_.scopes.read(tokens, matcher.modifiers(), matcher.hits());
    scratch_.outcomes.clear();
    Effects effects(reading, matcher, scratch_.scopes, scratch_.tally);
    for (std::size_t hit = 0; hit < matcher.hits().size(); ++hit) {
      scratch_.outcomes.push_back(effects.enter(hit));
    }
    scratch_.facets.note(reading, scratch_.scopes, scratch_.outcomes);
    scratch_.targets.note(reading, scratch_.scopes, brands, matcher.modifiers(), scratch_.outcomes);
    if (field == Field::text) {
      verdict_.durations =
          find_durations(reading, tokenizer, scratch_.scopes, matcher.units(), scratch_.outcomes);
    }
  }

  [[nodiscard]] double logit(Axis axis, std::size_t value) const {
    return scratch_.tally.logit(rules_.slot(index_of(axis), static_cast<std::uint16_t>(value)));
  }
  [[nodiscard]] double logit(Tag tag) const {
    return logit(Axis::tag, static_cast<std::size_t>(tag));
  }
  [[nodiscard]] double logit(Polarity polarity) const {
    return logit(Axis::polarity, static_cast<std::size_t>(polarity));
  }

  [[nodiscard]] double polarity_sum() const {
    return logit(Polarity::positive) - logit(Polarity::negative);
  }

  void enter(const FieldRule& field, double amount, Field origin) {
    scratch_.tally.speak_for(Origin(field.rule.row, origin));
    scratch_.tally.add(rules_.slot(field.rule.axis, field.rule.value), amount);
  }
  // With what it says of other values.
  void enter_linked(const FieldRule& field, Field origin) {
    const double amount = field.rule.weight;
    enter(field, amount, origin);
    if (field.rule.value >= rules_.value_count(field.rule.axis)) return;
    for (const Link& link : rules_.links_of(When::plain, field.rule.axis, field.rule.value))
      scratch_.tally.add(link.slot, amount * link.factor);
  }

  // The star rating brought to [0, 1]; nothing where its scale is no scale.
  [[nodiscard]] std::optional<double> stars() const {
    if (!input_.rating || !(input_.rating->best > input_.rating->worst)) return std::nullopt;
    const double share = (input_.rating->value - input_.rating->worst) /
                         (input_.rating->best - input_.rating->worst);
    if (!std::isfinite(share)) return std::nullopt;
    return std::clamp(share, 0.0, 1.0);
  }

  [[nodiscard]] bool stars_contradict(double share) const {
    return (share <= low_rating && polarity_sum() > contradiction_sum) ||
           (share >= high_rating && polarity_sum() < -contradiction_sum);
  }

  // The lesser of the two opposite sums of an axis, for `<both>`; rounded, so that the same amounts
  // come again in many texts.
  [[nodiscard]] double both(std::uint8_t axis) const {
    const bool tags = axis == index_of(Axis::tag);
    const double a = tags ? logit(Tag::advocacy) : logit(Polarity::positive);
    const double b = tags ? logit(Tag::complaint) : logit(Polarity::negative);
    return std::max(0.0, std::round(std::min(a, b) * both_steps) / both_steps);
  }

  [[nodiscard]] bool names_theme() const {
    const std::size_t none = rules_.value_count(index_of(Axis::theme));
    return highest(Axis::theme, none) != none;
  }

  void add_fields() {
    const auto share = stars();
    const bool contradiction = share && stars_contradict(*share);
    for (const FieldRule& field : language_->fields) {
      const double weight = field.rule.weight;
      switch (field.kind) {
        case FieldRule::Kind::bias:
          enter(field, weight, Field::text);
          break;
        case FieldRule::Kind::addressed:
          if (is_addressed_ && names_theme()) enter(field, weight, Field::text);
          break;
        case FieldRule::Kind::mentions:
          if (mentions_) enter(field, weight, Field::text);
          break;
        case FieldRule::Kind::rating:
          if (share && *share >= field.low && *share <= field.high)
            enter_linked(field, Field::rating);
          break;
        case FieldRule::Kind::by_brand:
          if (input_.by_brand) enter_linked(field, Field::text);
          break;
        case FieldRule::Kind::contradiction:
          if (contradiction) enter(field, weight, Field::rating);
          break;
        case FieldRule::Kind::both:
          break;
      }
    }
    for (const FieldRule& field : language_->boths)
      enter(field, field.rule.weight * both(field.rule.axis), Field::sums);
  }

  // The value with the highest sum; `otherwise` wins where nothing is above it.
  [[nodiscard]] std::size_t highest(Axis axis, std::size_t otherwise) const {
    const std::uint8_t index = index_of(axis);
    const auto sums = scratch_.tally.logits(rules_.slot(index, 0), rules_.value_count(index));
    std::size_t best = otherwise;
    double best_sum = logit(axis, otherwise);
    for (std::size_t value = 0; value < sums.size(); ++value) {
      if (sums[value] <= best_sum) continue;
      best = value;
      best_sum = sums[value];
    }
    return best;
  }

  template <class Value>
  [[nodiscard]] std::optional<Value> highest_or_none(Axis axis) const {
    const std::size_t none = rules_.value_count(index_of(axis));
    const std::size_t best = highest(axis, none);
    if (best == none) return std::nullopt;
    return static_cast<Value>(best);
  }

  [[nodiscard]] double confidence() const {
    const double top = logit(*verdict_.tag) / language_->temperature;
    double sum = 0.0;
    for (std::size_t value = 0; value < rules_.value_count(index_of(Axis::tag)); ++value) {
      sum += std::exp(logit(Axis::tag, value) / language_->temperature - top);
    }
    return 1.0 / sum;
  }

  [[nodiscard]] Degree degree() const {
    const bool felt = verdict_.tag == Tag::advocacy || verdict_.tag == Tag::complaint ||
                      verdict_.tag == Tag::mixed;
    if (!felt) return Degree::none;
    if (verdict_.score <= -great_degree) return Degree::very_pain;
    if (verdict_.score <= -some_degree) return Degree::pain;
    if (verdict_.score >= great_degree) return Degree::very_glory;
    if (verdict_.score >= some_degree) return Degree::glory;
    return Degree::none;
  }

  void decide() {
    verdict_.tag = static_cast<Tag>(highest(Axis::tag, static_cast<std::size_t>(Tag::other)));
    verdict_.polarity =
        static_cast<Polarity>(highest(Axis::polarity, static_cast<std::size_t>(Polarity::neutral)));
    verdict_.score = std::tanh(polarity_sum() / score_scale);
    verdict_.confidence = confidence();
    verdict_.act = static_cast<Act>(highest(Axis::act, static_cast<std::size_t>(Act::report)));
    verdict_.stage = highest_or_none<Stage>(Axis::stage);
    verdict_.intent = highest_or_none<Intent>(Axis::intent);
    verdict_.recovery =
        static_cast<Recovery>(highest(Axis::recovery, static_cast<std::size_t>(Recovery::none)));
    verdict_.degree = degree();
    // A service moment is judged with the whole text where its clause is silent; a theme is not.
    verdict_.themes = scratch_.facets.list(rules_, scratch_.tally, Axis::theme, Polarity::neutral);
    verdict_.service =
        scratch_.facets.list(rules_, scratch_.tally, Axis::service, *verdict_.polarity);
    verdict_.cycle = scratch_.facets.list(rules_, scratch_.tally, Axis::cycle, *verdict_.polarity);
    verdict_.targets = scratch_.targets.list(input_.brands, verdict_);
  }

  const CompiledRules& rules_;
  const ClassifyInput& input_;
  const bool explain_;
  Scratch& scratch_;
  const LanguageRules* language_ = nullptr;
  bool is_addressed_ = false;  // the text begins with @name: it is written to somebody
  bool mentions_ = false;      // @name stands anywhere in it
  Verdict verdict_;
};

}  // namespace

Classifier::Classifier(Rules rules) : rules_(std::move(rules)) {}

Verdict Classifier::classify(const ClassifyInput& input, bool explain) const {
  Verdict verdict = Judgement(rules_.compiled(), input, explain).run();
  if (!verdict.why.empty()) verdict.names = rules_.shared();
  return verdict;
}

}  // namespace testigo::classify
