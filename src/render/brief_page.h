#pragma once

#include <string>

#include "insight/brief.h"
#include "render/document.h"

namespace testigo::render {

// The content editor's page: questions to answer, highest priority first, then what to amplify and
// whom to answer.
[[nodiscard]] Document brief_document(const insight::Brief& brief, std::string_view brand_name);

// The same for programs: one object, with keys brand, since, until, today, questions,
// topics_in_all, topics [{priority, demand, lack_of_advocacy, complaint_weight, format, themes,
// questions, askers, advocacy, complaints, asked [quote], in_favour [quote], against [quote], fix
// {theme, complaints, quote} or null}], amplify [{quotability, quote}], unanswered, answer
// [{urgency, themes, quote}]. quote: {id, text, language, source, url, evidence, day}.
[[nodiscard]] std::string brief_json(const insight::Brief& brief);

}  // namespace testigo::render
