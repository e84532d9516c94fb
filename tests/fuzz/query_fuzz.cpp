#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query/fts.h"

// Whatever is typed: an error, or a query that reads back as itself once its brackets are written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testigo::query;
  const auto query = parse_query({reinterpret_cast<const char*>(data), size});
  if (!query) return 0;
  const auto again = parse_query(show(query->root));
  if (again && !(again->root == query->root)) std::abort();
  const Matcher matcher(*query);
  const Document document("Acme Cloud", query->text);
  for (const Hit& hit : matcher.hits(document, {}))
    if (hit.span.begin > hit.span.end || hit.span.end > query->text.size() + 10) std::abort();
  (void)compile_fts(*query);
  return 0;
}
