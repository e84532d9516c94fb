#pragma once

#include "formats/json_writer.h"
#include "insight/quote.h"

namespace testigo::render {

// {id, text, language, source, url, evidence, day}.
void append_quote(formats::JsonWriter& json, const insight::Quote& quote);

}  // namespace testigo::render
