#pragma once

#include <string>
#include <vector>

#include "classify/classifier.h"
#include "classify/evaluate.h"
#include "core/result.h"

namespace testigo::app {

// Reads labelled JSONL files (id, text, label; perhaps lang, rating, object_a, object_b) and answers
// each text by the text alone: neither rating nor language is given to the classifier.
// `group` of a row is its file's folder for "set", its lang for "language", else "".
// A label may be an object with an entry per axis ({"tag","act",…}): `axis` picks one, and rows
// without it are left out.
// Errc::malformed names file and line.
[[nodiscard]] Result<std::vector<classify::LabelledAnswer>> answer_labelled_files(
    const classify::Classifier& classifier, const std::vector<std::string>& files,
    const std::string& group_by, const std::string& axis);

}  // namespace testigo::app
