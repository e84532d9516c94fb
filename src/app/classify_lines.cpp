#include "app/classify_lines.h"

#include <algorithm>
#include <atomic>
#include <istream>
#include <optional>
#include <ostream>
#include <thread>
#include <vector>

#include "app/judge.h"
#include "app/language_code.h"
#include "app/switch_ends.h"
#include "formats/json.h"
#include "render/verdict_json.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

using formats::JsonValue;

constexpr std::size_t batch_bytes = 1024 * 1024;  // lines handed to the threads at once, per thread

// The fields of one input object, copied out of it by reference.
struct Input {
  std::string id_json;
  const std::string* text = nullptr;
  const std::string* title = nullptr;
  const std::string* language = nullptr;
  std::optional<Rating> rating;
  std::vector<std::string> brands;
};

// The string at `key`: absent and null are both "not said".
Result<const std::string*> optional_text(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  if (!value->is_string())
    return fail(Errc::malformed, "\"" + std::string(key) + "\" must be a string");
  return value->as_string();
}

Result<std::optional<Rating>> optional_rating(const JsonValue& object) {
  const JsonValue* value = object.find("rating");
  if (value == nullptr || value->is_null()) return std::optional<Rating>();
  Rating rating;
  if (const auto number = value->as_double()) {
    rating.value = *number;
    return std::optional(rating);
  }
  const JsonValue* stars = value->find("value");
  if (stars == nullptr || !stars->as_double())
    return fail(Errc::malformed, "\"rating\" must be {\"value\",\"best\",\"worst\"} of numbers");
  rating.value = *stars->as_double();
  for (const auto& [key, field] : {std::pair{"best", &rating.best}, {"worst", &rating.worst}})
    if (const JsonValue* bound = value->find(key); bound != nullptr && bound->as_double())
      *field = *bound->as_double();
  return std::optional(rating);
}

Result<std::vector<std::string>> brands_of(const JsonValue& object) {
  std::vector<std::string> brands;
  const JsonValue* value = object.find("brands");
  if (value == nullptr || value->is_null()) return brands;
  if (!value->is_array()) return fail(Errc::malformed, "\"brands\" must be an array of strings");
  for (const JsonValue& brand : value->items()) {
    if (!brand.is_string()) return fail(Errc::malformed, "\"brands\" must be an array of strings");
    brands.push_back(*brand.as_string());
  }
  return brands;
}

Result<Input> read_input(const JsonValue& object) {
  Input input;
  if (!object.is_object()) return fail(Errc::malformed, "the line is no JSON object");
  auto text = optional_text(object, "text");
  if (!text) return fail(std::move(text.error()));
  if (*text == nullptr) return fail(Errc::malformed, "\"text\" is missing");
  input.text = *text;
  auto title = optional_text(object, "title");
  if (!title) return fail(std::move(title.error()));
  input.title = *title;
  auto language = optional_text(object, "lang");
  if (!language) return fail(std::move(language.error()));
  input.language = *language;
  auto rating = optional_rating(object);
  if (!rating) return fail(std::move(rating.error()));
  input.rating = *rating;
  auto brands = brands_of(object);
  if (!brands) return fail(std::move(brands.error()));
  input.brands = std::move(*brands);
  return input;
}

std::string id_of(const JsonValue& object) {
  const JsonValue* id = object.find("id");
  return id == nullptr ? std::string() : formats::to_json(*id);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// From which of the brands that the text names to which of them its author goes.
std::optional<classify::BrandSwitch> switch_told(const classify::ClassifyInput& task,
                                                 const Verdict& verdict, const SwitchWords& words) {
  if (!tells_of_leaving(verdict) || verdict.targets.size() < 2) return std::nullopt;
  Configuration names;
  store::SwitchingPost said;
  std::vector<std::uint16_t> places;  // in the input, by place in `said`
  for (std::size_t i = 0; i < task.brands.size(); ++i) {
    const std::string& name = task.brands[i];
    const bool named = std::any_of(verdict.targets.begin(), verdict.targets.end(),
                                   [&](const Target& target) { return target.brand == name; });
    if (!named) continue;
    BrandSettings& brand = names.brands.emplace_back();
    brand.id = BrandId(name);
    brand.name = name;
    std::string phrase = name;
    std::replace(phrase.begin(), phrase.end(), '"', ' ');
    brand.query = '"' + phrase + '"';
    said.brands.push_back({brand.id, MentionId(), {}});
    places.push_back(static_cast<std::uint16_t>(i));
  }
  said.language = verdict.language;
  if (task.title) said.title = std::string(*task.title);
  said.text = std::string(task.text);
  const auto goes = switch_by_words(said, verdict.score, BrandBook(names), words);
  if (!goes) return std::nullopt;
  return classify::BrandSwitch{places[goes->from], places[goes->to]};
}

struct NumberedLine {
  std::string text;
  std::size_t number = 0;
};

// Reads lines until about `bytes` are there; empty at the end of the input.
std::vector<NumberedLine> read_batch(std::istream& in, std::size_t bytes, std::size_t& number) {
  std::vector<NumberedLine> batch;
  std::size_t held = 0;
  std::string line;
  while (held < bytes && std::getline(in, line)) {
    ++number;
    if (is_blank(line)) continue;
    held += line.size() + 64;
    batch.push_back({std::move(line), number});
    line.clear();
  }
  return batch;
}

}  // namespace

ClassifiedLine classify_line(const classify::Classifier& classifier, std::string_view line,
                             std::size_t number, const ClassifyLinesOptions& options) {
  if (line.size() > max_line_bytes)
    return {render::error_json(number, {}, "the line is longer than 64 MiB"), true};
  if (!text::is_valid_utf8(line))
    return {render::error_json(number, {}, "the line is not valid UTF-8"), true};
  auto object = formats::parse_json(line);
  if (!object) return {render::error_json(number, {}, object.error().what), true};
  const std::string id = id_of(*object);
  auto input = read_input(*object);
  if (!input) return {render::error_json(number, id, input.error().what), true};

  classify::ClassifyInput task;
  task.text = *input->text;
  if (input->title != nullptr) task.title = *input->title;
  std::string said;  // "": the text tells
  if (options.language != "auto") {
    task.language = options.language;
  } else if (input->language != nullptr) {
    said = language_tag_of(*input->language);
    task.language = said;
  }
  task.rating = input->rating;
  task.brands = input->brands;
  Verdict verdict = classifier.classify(task, options.explain);
  if (options.switches != nullptr) task.goes = switch_told(task, verdict, *options.switches);
  if (task.goes) verdict = classifier.classify(task, options.explain);
  if (verdict.confidence < options.min_confidence) return {};
  render::VerdictFrame frame;
  frame.id_json = id;
  frame.text = task.text;
  frame.title = task.title.value_or("");
  frame.rules = classifier.rules().hash();
  frame.explain = options.explain;
  return {render::verdict_json(verdict, frame), false};
}

std::size_t classify_lines(const classify::Classifier& classifier, std::istream& in,
                           std::ostream& out, const ClassifyLinesOptions& options) {
  const unsigned jobs = std::max(1U, options.jobs);
  std::size_t number = 0;
  std::size_t failures = 0;
  while (true) {
    const std::vector<NumberedLine> batch = read_batch(in, jobs * batch_bytes, number);
    if (batch.empty()) break;
    std::vector<ClassifiedLine> answers(batch.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < batch.size(); i = next++)
        answers[i] = classify_line(classifier, batch[i].text, batch[i].number, options);
    };
    {
      std::vector<std::jthread> helpers;
      for (unsigned i = 1; i < jobs; ++i) helpers.emplace_back(work);
      work();
    }
    for (const ClassifiedLine& answer : answers) {
      failures += answer.failed ? 1 : 0;
      if (!answer.json.empty()) out << answer.json << '\n';
    }
  }
  out.flush();
  return failures;
}

}  // namespace testigo::app
