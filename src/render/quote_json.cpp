#include "render/quote_json.h"

#include "core/digest.h"

namespace testigo::render {

void append_quote(formats::JsonWriter& json, const insight::Quote& quote) {
  json.begin_object()
      .field("id", show_key(quote.mention.value))
      .field("text", quote.text)
      .field("language", quote.language)
      .field("source", quote.source.value)
      .field("url", quote.url)
      .field("evidence", quote.evidence)
      .field("day", to_string(quote.day));
  if (quote.look_alikes > 0) json.field("look_alikes", quote.look_alikes);
  json.end_object();
}

}  // namespace testigo::render
