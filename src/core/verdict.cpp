#include "core/verdict.h"

#include <algorithm>

namespace testigo {
namespace {

using namespace std::string_view_literals;

constexpr std::array axis_names = {"tag"sv,     "polarity"sv, "act"sv,   "stage"sv,   "intent"sv,
                                   "service"sv, "cycle"sv,    "theme"sv, "recovery"sv};
static_assert(axis_names.size() == axis_count);

constexpr std::array tag_names = {"advocacy"sv, "complaint"sv, "mixed"sv, "question"sv, "other"sv};
constexpr std::array polarity_names = {"positive"sv, "negative"sv, "mixed"sv, "neutral"sv};
constexpr std::array act_names = {"recommend"sv, "warn"sv,    "praise"sv,  "complain"sv,
                                  "ask"sv,       "compare"sv, "suggest"sv, "request"sv,
                                  "reply"sv,     "promote"sv, "report"sv};
constexpr std::array stage_names = {"pre_zmot"sv, "zmot"sv, "fmot"sv, "amot"sv, "smot"sv, "umot"sv};
constexpr std::array intent_names = {"buy"sv, "repurchase"sv, "churn"sv, "switch"sv};
constexpr std::array service_names = {"first_impression"sv, "response_time"sv, "resolution"sv,
                                      "follow_up"sv,        "empathy"sv,       "consistency"sv,
                                      "reachability"sv,     "feedback"sv,      "anticipation"sv,
                                      "staff"sv};
constexpr std::array cycle_names = {"references"sv, "first_contact"sv, "needs"sv,
                                    "negotiation"sv, "closing"sv, "farewell"sv, "after_sales"sv};
constexpr std::array theme_names = {
    "price"sv,   "quality"sv, "delivery"sv, "returns"sv, "billing"sv, "app"sv,     "performance"sv,
    "safety"sv,  "packaging"sv, "privacy"sv, "onboarding"sv, "staff"sv, "support"sv,
    "availability"sv, "content"sv, "design"sv, "battery"sv, "sound"sv, "screen"sv, "food"sv,
    "room"sv, "location"sv};
constexpr std::array recovery_names = {"none"sv, "claimed"sv};
constexpr std::array degree_names = {"very_pain"sv, "pain"sv, "none"sv, "glory"sv,
                                     "very_glory"sv};
constexpr std::array field_names = {"text"sv, "title"sv, "rating"sv, "sums"sv};

template <class Names, class Value>
std::string_view name_of(const Names& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

std::string_view unaliased_stage(std::string_view name) {
  if (name == "<zmot") return "pre_zmot";
  if (name == "tmot" || name == "lmot") return "umot";
  return name;
}

std::optional<std::uint8_t> index_in(std::span<const std::string_view> names,
                                     std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - names.begin());
}

}  // namespace

std::span<const std::string_view> value_names(Axis axis) {
  switch (axis) {
    case Axis::tag: return tag_names;
    case Axis::polarity: return polarity_names;
    case Axis::act: return act_names;
    case Axis::stage: return stage_names;
    case Axis::intent: return intent_names;
    case Axis::service: return service_names;
    case Axis::cycle: return cycle_names;
    case Axis::theme: return theme_names;
    case Axis::recovery: return recovery_names;
  }
  return {};
}

std::string_view axis_name(Axis axis) { return name_of(axis_names, axis); }

std::optional<Axis> parse_axis(std::string_view name) {
  const auto index = index_in(axis_names, name);
  if (!index) return std::nullopt;
  return static_cast<Axis>(*index);
}

std::optional<std::uint8_t> parse_value(Axis axis, std::string_view name) {
  return index_in(value_names(axis), axis == Axis::stage ? unaliased_stage(name) : name);
}

std::string_view to_string(Tag tag) { return name_of(tag_names, tag); }
std::string_view to_string(Polarity polarity) { return name_of(polarity_names, polarity); }
std::string_view to_string(Act act) { return name_of(act_names, act); }
std::string_view to_string(Stage stage) { return name_of(stage_names, stage); }
std::string_view to_string(Intent intent) { return name_of(intent_names, intent); }
std::string_view to_string(Recovery recovery) { return name_of(recovery_names, recovery); }
std::string_view to_string(Degree degree) { return name_of(degree_names, degree); }
std::string_view to_string(Field field) { return name_of(field_names, field); }

}  // namespace testigo
