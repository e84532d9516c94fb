#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"

namespace testigo {

// The independent axes on which a text is judged (DESIGN §3).
enum class Axis : std::uint8_t {
  tag,
  polarity,
  act,
  stage,
  intent,
  service,
  cycle,
  theme,
  recovery,
};
inline constexpr std::size_t axis_count = 9;

enum class Tag : std::uint8_t { advocacy, complaint, mixed, question, other };
enum class Polarity : std::uint8_t { positive, negative, mixed, neutral };
enum class Act : std::uint8_t {
  recommend,
  warn,
  praise,
  complain,
  ask,
  compare,
  suggest,
  request,
  reply,
  promote,
  report,
};
enum class Stage : std::uint8_t { pre_zmot, zmot, fmot, amot, smot, umot };
enum class Intent : std::uint8_t { buy, repurchase, churn, switch_to };
enum class Recovery : std::uint8_t { none, claimed };
enum class Degree : std::uint8_t { very_pain, pain, none, glory, very_glory };

// The names of an axis' values, in the order of their numbers; "tag" → {"advocacy", …}.
// `theme` has the built-in themes only: brands add their own, which get the numbers after these.
[[nodiscard]] std::span<const std::string_view> value_names(Axis axis);
[[nodiscard]] std::string_view axis_name(Axis axis);
[[nodiscard]] std::optional<Axis> parse_axis(std::string_view name);

// The number of a value by name on an axis; stages also by their aliases (<zmot, tmot, lmot).
[[nodiscard]] std::optional<std::uint8_t> parse_value(Axis axis, std::string_view name);

[[nodiscard]] std::string_view to_string(Tag tag);
[[nodiscard]] std::string_view to_string(Polarity polarity);
[[nodiscard]] std::string_view to_string(Act act);
[[nodiscard]] std::string_view to_string(Stage stage);
[[nodiscard]] std::string_view to_string(Intent intent);
[[nodiscard]] std::string_view to_string(Recovery recovery);
[[nodiscard]] std::string_view to_string(Degree degree);

// Half-open range of byte offsets into a post's text or title, as given.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// What a reason looked at; `sums` are those of the other rules (rules/README.md: <both>).
enum class Field : std::uint8_t { text, title, rating, sums };
[[nodiscard]] std::string_view to_string(Field field);

// Why a verdict is what it is. Per axis and value, contributions sum to that value's logit. Its names
// are views, since a text has dozens of reasons: Verdict::names says how long they live.
struct Reason {
  Axis axis = Axis::tag;
  std::string_view value;  // the axis' value that it speaks for, by name
  std::string_view rule;   // "ro.lex.dezamagit": stable, greps to one line of the rules
  Field field = Field::text;
  std::optional<TextSpan> span;  // the words that fired it; a bias or a rating has none
  double contribution = 0.0;     // after intensifiers and negation

  friend bool operator==(const Reason&, const Reason&) = default;
};

// A theme, service moment or cycle step with the polarity of the clause it stands in.
struct Facet {
  std::string name;
  Polarity polarity = Polarity::neutral;

  friend bool operator==(const Facet&, const Facet&) = default;
};

// What a text says of one of several brands it names.
struct Target {
  std::string brand;  // the string as given
  Tag tag = Tag::other;
  double score = 0.0;  // [-1, 1]

  friend bool operator==(const Target&, const Target&) = default;
};

// A length of time that the text claims, "waited three weeks".
struct ClaimedDuration {
  std::int64_t seconds = 0;
  std::string of;  // what it measures: "waiting", "using", "other"
  TextSpan span;

  friend bool operator==(const ClaimedDuration&, const ClaimedDuration&) = default;
};

// What the rules say of one text. The axes are empty where the language is not en, es or ro, or
// where there is no text: such a post is counted as unclassified.
struct Verdict {
  std::string language = "und";  // BCP 47
  std::optional<Tag> tag;
  std::optional<Polarity> polarity;
  double score = 0.0;       // tanh(sum of polarity contributions / 4), in [-1, 1]
  double confidence = 0.0;  // of the tag: calibrated softmax, in [0, 1]
  std::optional<Act> act;
  std::optional<Stage> stage;
  std::optional<Intent> intent;
  Degree degree = Degree::none;
  Recovery recovery = Recovery::none;
  std::vector<Facet> themes;
  std::vector<Facet> service;
  std::vector<Facet> cycle;
  std::vector<Target> targets;
  std::vector<ClaimedDuration> durations;
  std::vector<Reason> why;  // only where asked for: title, text, as the words stand; then the rest
  // Keeps what the reasons' names are part of: the rules that judged, or the texts that were read
  // from a store. Shared, so that a copy of the verdict is as good as the verdict; a reason that is
  // copied out of `why` needs the verdict to stay. Null where the names are literals.
  std::shared_ptr<const void> names;
};

}  // namespace testigo
