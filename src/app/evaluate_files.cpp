#include "app/evaluate_files.h"

#include <algorithm>
#include <filesystem>

#include "app/json_rows.h"

namespace testigo::app {
namespace {

using formats::JsonValue;

std::string text_at(const JsonValue& row, std::string_view key) {
  const JsonValue* value = row.find(key);
  return value == nullptr ? std::string() : value->to_text().value_or("");
}

classify::LabelledAnswer answer(const classify::Classifier& classifier, const JsonValue& row,
                                std::string label) {
  classify::LabelledAnswer out;
  out.id = text_at(row, "id");
  out.label = std::move(label);
  out.object_a = text_at(row, "object_a");
  out.object_b = text_at(row, "object_b");
  if (const JsonValue* rating = row.find("rating")) out.rating = rating->as_double();
  const std::string text = text_at(row, "text");
  std::vector<std::string> brands;
  if (!out.object_a.empty()) brands = {out.object_a, out.object_b};
  classify::ClassifyInput input;
  input.text = text;
  input.brands = brands;
  out.verdict = classifier.classify(input, false);
  return out;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

Error unknown_label(const std::string& label, const std::string& axis,
                    const std::vector<std::string>& known, const std::string& where) {
  return {Errc::malformed,
          "\"" + label + "\" is no label of " + axis + "; it is one of " + listed(known), where};
}

Error nothing_labelled(const std::vector<std::string>& files, const std::string& axis,
                       std::size_t rows) {
  const std::string what = rows == 0 ? "there are no rows" : "no row has a label of " + axis;
  return {Errc::not_found,
          what + ", so nothing is scored; \"label\" is a word of the axis, or an object with \"" +
              axis + "\"",
          listed(files)};
}

}  // namespace

std::optional<std::string> label_of(const JsonValue& row, const std::string& axis) {
  const JsonValue* label = row.find("label");
  if (label == nullptr) return std::nullopt;
  if (label->is_object()) label = label->find(axis);
  return label == nullptr ? std::nullopt : label->to_text();
}

std::string set_of(const std::string& file) {
  const std::filesystem::path path(file);
  const std::string folder = path.parent_path().filename().string();
  return folder.empty() ? path.stem().string() : folder;
}

Result<AnsweredFiles> answer_labelled_files(const classify::Classifier& classifier,
                                            const std::vector<std::string>& files,
                                            const std::string& group_by, const std::string& axis) {
  const auto known = classify::labels_of(*classify::parse_evaluation_axis(axis));
  AnsweredFiles out;
  for (const std::string& file : files) {
    auto read = for_each_json_row(
        file, [&](const JsonValue& row, const std::string& where) -> Result<void> {
          if (row.find("text") == nullptr || row.find("label") == nullptr)
            return fail(Errc::malformed, "a labelled row has \"text\" and \"label\"", where);
          auto label = label_of(row, axis);
          if (!label) {
            ++out.unlabelled;
            return {};
          }
          if (std::find(known.begin(), known.end(), *label) == known.end())
            return fail(unknown_label(*label, axis, known, where));
          out.rows.push_back(answer(classifier, row, std::move(*label)));
          if (group_by == "set") out.rows.back().group = set_of(file);
          if (group_by == "language") out.rows.back().group = text_at(row, "lang");
          return {};
        });
    if (!read) return fail(std::move(read.error()));
  }
  if (out.rows.empty()) return fail(nothing_labelled(files, axis, out.unlabelled));
  return out;
}

}  // namespace testigo::app
