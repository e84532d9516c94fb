// The author's own words of any text are sound, never more than the text and never nothing of it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/embedded.h"
#include "extract/own_words.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

extract::OwnWords built_in() {
  extract::OwnWords words;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with("rules/shared/texts/"))
      expect(words.add(file.path, file.bytes).has_value());
  expect(!words.rows().empty());
  return words;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const extract::OwnWords words = built_in();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = extract::plain_text(bytes, extract::Markup::none);
  const std::string own = words.of(text);
  expect(text::is_valid_utf8(own));
  expect(own.size() <= text.size());
  expect(own.empty() || !text.empty());  // a feed's frame alone holds no own words
  expect(!words.of("A kettle boils.\n\n" + text).empty());
  // As HTML: what a text does not quote is no more than the text.
  const std::string valid = text::replace_invalid(bytes);
  if (extract::has_usual_quotes(valid))
    expect(text::is_valid_utf8(extract::html_text_without(valid, extract::usual_quotes)));
  return 0;
}
