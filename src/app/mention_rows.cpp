#include "app/mention_rows.h"

#include "core/digest.h"

namespace testigo::app {
namespace {

using render::Value;
using render::value_of;

template <class Enum>
Value name_of(const std::optional<Enum>& value) {
  return value ? Value(std::string(to_string(*value))) : Value();
}

Value time_of(const std::optional<UtcTime>& time) {
  return time ? Value(to_iso8601(*time)) : Value();
}

Value key_of(const std::optional<PostId>& post) {
  return post ? Value(show_key(post->value)) : Value();
}

}  // namespace

std::vector<std::string> mention_columns() {
  return {"id",       "post",   "brand",        "source",       "url",      "parent",
          "author",   "item",   "location",     "app_version",  "posted_at", "collected_at",
          "gone_at",  "language", "rating",     "rating_best",  "title",    "text",
          "tag",      "polarity", "score",      "confidence",   "act",      "stage",
          "intent",   "degree", "reach",        "owner_reply_at", "copy_of", "corrected",
          "evidence"};
}

std::vector<Value> mention_values(const store::MentionRow& row) {
  return {show_key(row.id.value),
          show_key(row.post.value),
          row.brand.value,
          row.source.value,
          value_of(row.url),
          key_of(row.parent),
          value_of(row.author),
          value_of(row.item),
          value_of(row.location),
          value_of(row.app_version),
          time_of(row.posted_at),
          to_iso8601(row.collected_at),
          time_of(row.gone_at),
          row.language,
          value_of(row.rating),
          value_of(row.rating_best),
          value_of(row.title),
          row.text,
          name_of(row.tag),
          name_of(row.polarity),
          value_of(row.score),
          value_of(row.confidence),
          name_of(row.act),
          name_of(row.stage),
          name_of(row.intent),
          name_of(row.degree),
          value_of(row.reach),
          time_of(row.owner_reply_at),
          key_of(row.copy_of),
          row.corrected,
          value_of(row.evidence)};
}

}  // namespace testigo::app
