#include "app/labelled_texts.h"

#include <algorithm>
#include <functional>

#include "app/evaluate_files.h"
#include "app/json_rows.h"
#include "app/language_code.h"
#include "classify/language.h"
#include "store/read.h"

namespace testigo::app {
namespace {

using formats::JsonValue;

std::optional<double> number_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  return value == nullptr ? std::nullopt : value->as_double();
}

// The stars brought to [0, 1].
std::optional<double> share_of(double value, double worst, double best) {
  if (!(best > worst) || value < worst || value > best) return std::nullopt;
  return (value - worst) / (best - worst);
}

std::optional<double> stars_of(const JsonValue& row) {
  constexpr double worst = 1;  // where a scale is not told, five stars are meant
  constexpr double best = 5;
  const JsonValue* rating = row.find("rating");
  if (rating == nullptr) return std::nullopt;
  if (const auto number = rating->as_double()) return share_of(*number, worst, best);
  const auto value = number_at(*rating, "value");
  if (!value) return std::nullopt;
  return share_of(*value, number_at(*rating, "worst").value_or(worst),
                  number_at(*rating, "best").value_or(best));
}

// "" where a row does not say, or names none.
std::string told_language(const JsonValue& row) {
  const JsonValue* language = row.find("lang");
  if (language == nullptr || language->as_string() == nullptr) return {};
  return language_code_of(*language->as_string());
}

std::optional<classify::Side> side_of(const JsonValue& row, classify::LearntAxis axis) {
  const auto label = label_of(row, std::string(classify::axis_name(axis)));
  if (label) return classify::side_of_label(axis, *label);
  const auto stars = stars_of(row);
  return stars ? std::optional(classify::side_of_stars(*stars)) : std::nullopt;
}

}  // namespace

void LabelledTexts::add(const std::string& set, std::string language, std::string text,
                        classify::Side side) {
  if (only_ && language != *only_) return;
  if (count_ >= max_learning_texts || bytes_ + text.size() > max_learning_bytes) {
    full_ = true;
    return;
  }
  ++count_;
  bytes_ += text.size();
  LanguageTexts& of_language = texts_[language];
  const auto found = std::find(of_language.sets.begin(), of_language.sets.end(), set);
  const auto number = static_cast<std::uint32_t>(found - of_language.sets.begin());
  if (found == of_language.sets.end()) of_language.sets.push_back(set);
  of_language.texts.push_back({std::move(text), side, number});
}

Result<void> LabelledTexts::read_file(const std::string& path) {
  const std::string set = set_of(path);
  return for_each_json_row(
      path, [&](const JsonValue& row, const std::string& where) -> Result<void> {
        const JsonValue* text = row.find("text");
        if (text == nullptr || text->as_string() == nullptr)
          return fail(Errc::malformed, "a row has \"text\", and \"label\" or \"rating\"", where);
        const auto side = side_of(row, axis_);
        if (!side) {
          if (mute_rows_++ == 0) first_mute_ = where;
          return {};
        }
        const std::string& words = *text->as_string();
        const std::string told = told_language(row);
        add(set, told.empty() ? classify::identify_language(rules_, words).language : told, words,
            *side);
        of_files_.insert(std::hash<std::string>()(words));
        return {};
      });
}

Result<void> LabelledTexts::read_store(store::Store& store) {
  store::MentionFilter filter;
  filter.shares_only = true;
  filter.limit = 0;
  return store::for_each_mention(store, filter, [this](const store::MentionRow& row) {
    if (!row.rating) return true;
    const auto share = share_of(*row.rating, 1, row.rating_best.value_or(5));
    if (share && !of_files_.contains(std::hash<std::string>()(row.text)))
      add(row.source.value, row.language, row.text, classify::side_of_stars(*share));
    return !full_;
  });
}

}  // namespace testigo::app
