// Any answer to a JSON source gives posts of sound text, each item a post or left out, the same
// twice.
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

constexpr std::string_view description = R"(title = "Acme talk"
format = "json"
[parameters.site]
default = ["https://talk.example"]
[request]
url = "{+site}/api"
query = { cursor = "{cursor}" }
[paging]
kind = "cursor"
cursor = "/next"
total = "/total"
more = "/more"
[items]
list = ["/items", ""]
children = "/replies"
required = ["id", "text"]
html = ["text"]
skip_if = ["/deleted"]
scope = "{site}"
[items.fields]
id = ["/id", "/ID"]
author = "/author/name"
text = ["/text", "/body/rendered"]
title = "/title"
posted_at = ["/date", "/ts"]
url = ["/url", "{site}/p/{/id}"]
rating = "/rating"
reach = "/likes"
[[step]]
name = "thread"
for_each = "/items"
variables = { id = "/id" }
format = "json"
[step.request]
url = "{+site}/t/{id}"
[step.items]
list = "/posts"
[step.items.fields]
id = "/id"
text = "lines:/content,/text,/title"
item = "of:names,ids=/parent"
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sources::Source source = *sources::load_source("rules/sources/x.toml", description);
  sources::Watch watch;
  watch.key = "acme/x";
  watch.brand_name = "Acme";
  static const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");
  static const PageRequest entry = sources::plan(source, watch, now)->front();
  static const extract::ExtractorSpec spec = *sources::extractor_for(source, watch, entry);
  Page page;
  page.url = entry.url;
  page.body.assign(reinterpret_cast<const char*>(data), size);
  const auto extraction = extract::extract_page(page, spec, now);
  expect(extraction == extract::extract_page(page, spec, now));
  if (!extraction) return 0;
  expect(extraction->posts.size() + extraction->left_out == extraction->items);
  expect(extraction->items <= extract::max_items_per_page);
  for (const Post& post : extraction->posts) {
    expect(post.external_id.has_value());
    expect(text::is_valid_utf8(post.text));
    expect(!post.rating || post.rating->value <= post.rating->best);
  }
  const auto following = sources::follow(source, watch, entry, *extraction);
  for (const PageRequest& request : following.requests) expect(!request.standing);
  return 0;
}
