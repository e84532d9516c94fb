#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/asking_words.h"
#include "core/ids.h"
#include "core/result.h"
#include "insight/phrases.h"
#include "insight/trend.h"
#include "store/store.h"
#include "text/time_zone.h"

namespace testigo::app {

struct PhraseRequest {
  BrandId brand;
  std::string brand_name;  // its words are no news
  std::optional<SourceId> source;
  insight::DayRange window;
  text::TimeZone zone;
};

// What people say of the brand in the window that they did not say in the equally long one before,
// each with the sentence of the newest text. Of each period the newest most_phrase_texts are read.
[[nodiscard]] Result<std::vector<insight::QuotedPhrase>> quoted_phrases(
    store::Store& store, const AskingWords& words, const PhraseRequest& request);
inline constexpr std::size_t most_phrase_texts = 5'000;

}  // namespace testigo::app
