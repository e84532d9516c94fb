#include "classify/sides.h"

#include <algorithm>

namespace testigo::classify {
namespace {

using namespace std::string_view_literals;

constexpr std::array polarity_names = {"positive"sv, "negative"sv, "neutral"sv};
constexpr std::array tag_names = {"advocacy"sv, "complaint"sv, "other"sv};

// Two stars of five and fewer speak against, four and more for (shared/fields.tsv cuts alike).
constexpr double low_stars = 0.3;
constexpr double high_stars = 0.7;

}  // namespace

std::optional<LearntAxis> parse_learnt_axis(std::string_view name) {
  if (name == "polarity") return LearntAxis::polarity;
  if (name == "tag") return LearntAxis::tag;
  return std::nullopt;
}

std::string_view axis_name(LearntAxis axis) {
  return axis == LearntAxis::polarity ? "polarity" : "tag";
}

std::string_view value_name(LearntAxis axis, Side side) {
  const auto index = static_cast<std::size_t>(side);
  return axis == LearntAxis::polarity ? polarity_names[index] : tag_names[index];
}

std::optional<Side> side_of_label(LearntAxis axis, std::string_view label) {
  for (std::size_t i = 0; i < side_count; ++i) {
    if (label == polarity_names[i]) return static_cast<Side>(i);
    if (axis == LearntAxis::tag && label == tag_names[i]) return static_cast<Side>(i);
  }
  if (axis == LearntAxis::tag && (label == "question" || label == "answer")) return Side::neither;
  return std::nullopt;
}

Side side_of_stars(double share) {
  if (share <= low_stars) return Side::adverse;
  return share >= high_stars ? Side::favourable : Side::neither;
}

Side side_of_verdict(LearntAxis axis, const Verdict& verdict) {
  if (axis == LearntAxis::polarity) {
    if (verdict.polarity == Polarity::positive) return Side::favourable;
    return verdict.polarity == Polarity::negative ? Side::adverse : Side::neither;
  }
  if (verdict.tag == Tag::mixed) return verdict.score > 0 ? Side::favourable : Side::adverse;
  if (verdict.tag == Tag::advocacy) return Side::favourable;
  return verdict.tag == Tag::complaint ? Side::adverse : Side::neither;
}

std::array<ValueSlot, side_count + 1> slots_of(const CompiledRules& rules, LearntAxis axis) {
  const auto slot = [&](auto value) {
    const Axis of = axis == LearntAxis::polarity ? Axis::polarity : Axis::tag;
    return rules.slot(index_of(of), static_cast<std::uint16_t>(value));
  };
  if (axis == LearntAxis::polarity)
    return {slot(Polarity::positive), slot(Polarity::negative), slot(Polarity::neutral),
            slot(Polarity::mixed)};
  return {slot(Tag::advocacy), slot(Tag::complaint), slot(Tag::other), slot(Tag::question)};
}

}  // namespace testigo::classify
