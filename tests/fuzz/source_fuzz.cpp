// Any bytes as a source's description: refused with the line, or a source whose requests, and
// whatever follows from a small answer, can be made.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extract/extract.h"
#include "sources/plan.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view file = "rules/sources/acme.toml";

void check_refusal(const Error& error) {
  expect(!error.what.empty());
  expect(error.where.starts_with(file) && text::is_valid_utf8(error.where));
}

// Each of its own parameters with a value, so that whatever it asks for can be asked.
sources::Watch watch_for(const sources::Source& source) {
  sources::Watch watch;
  watch.key = "acme/x";
  watch.brand_name = "Acme";
  watch.terms = {"acme cloud"};
  for (const auto& [name, parameter] : source.parameters)
    if (parameter.defaults.empty()) watch.parameters[name] = {"https://acme.example"};
  return watch;
}

void check_answer(const sources::Source& source, const sources::Watch& watch,
                  const PageRequest& request, std::string_view body) {
  static const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");
  const auto spec = sources::extractor_for(source, watch, request);
  expect(spec.has_value());
  Page page;
  page.url = request.url;
  page.body = std::string(body);
  const auto extraction = extract::extract_page(page, *spec, now);
  if (!extraction) return;
  for (const Post& post : extraction->posts) expect(text::is_valid_utf8(post.text));
  (void)sources::follow(source, watch, request, *extraction);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto source = sources::load_source(file, bytes);
  if (!source) {
    check_refusal(source.error());
    return 0;
  }
  expect(source->id.value == "acme" && !source->steps.empty());
  const sources::Watch watch = watch_for(*source);
  const auto requests = sources::plan(*source, watch, *parse_iso8601("2026-11-25T12:00:00Z"));
  if (!requests) return 0;
  for (const std::string_view body :
       {R"({"items":[{"id":1,"text":"<p>fine","at":"2026-01-01"}],"next":"2"})",
        "<ul><li id=r1><b>Ana</b><p>Fine.</ul><a rel=next href=/2>2</a>"})
    check_answer(*source, watch, requests->front(), body);
  return 0;
}
