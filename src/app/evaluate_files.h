#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "classify/classifier.h"
#include "classify/evaluate.h"
#include "core/result.h"
#include "formats/json.h"

namespace testigo::app {

// The label of a row: a word, or the entry for `axis` of an object that has one for each axis.
[[nodiscard]] std::optional<std::string> label_of(const formats::JsonValue& row,
                                                  const std::string& axis);

// Which set a file belongs to: its folder, or its own name where it lies in none.
[[nodiscard]] std::string set_of(const std::string& file);

struct AnsweredFiles {
  std::vector<classify::LabelledAnswer> rows;
  std::size_t unlabelled = 0;  // left out: they have no label on the axis
};

// Reads labelled JSONL files (id, text, label; perhaps lang, rating, object_a, object_b) and
// answers each text by the text alone: neither rating nor language is given to the classifier.
// `group` of a row is its file's folder for "set", its lang for "language", else "".
// A label may be an object with an entry per axis ({"tag","act",…}): `axis`, which is one of
// parse_evaluation_axis, picks one, and rows without it are left out.
// Errc::malformed names file and line, also of a label that the axis does not know; not_found where
// no row has a label.
[[nodiscard]] Result<AnsweredFiles> answer_labelled_files(const classify::Classifier& classifier,
                                                          const std::vector<std::string>& files,
                                                          const std::string& group_by,
                                                          const std::string& axis);

}  // namespace testigo::app
