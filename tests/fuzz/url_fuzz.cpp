// Parsing what was serialised gives the same URL, and canonicalising twice changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/canonical_url.h"
#include "formats/url.h"

using namespace testigo::formats;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

const TrackingParameters& tracking() {
  static const TrackingParameters parameters = [] {
    TrackingParameters made;
    expect(made.add("fuzz.tsv", "utm_*\t*\nref\texample.com\n").has_value());
    return made;
  }();
  return parameters;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto url = parse_url(text)) {
    const auto again = parse_url(url->href());
    expect(again.has_value());
    expect(again->href() == url->href());
  }
  static const Url base = parse_url("https://example.com/a/b?c#d").value();
  if (const auto url = parse_url(text, base)) expect(parse_url(url->href()).has_value());
  if (const auto once = canonical_url(text, tracking())) {
    const auto twice = canonical_url(*once, tracking());
    expect(twice.has_value());
    expect(*twice == *once);
  }
  return 0;
}
