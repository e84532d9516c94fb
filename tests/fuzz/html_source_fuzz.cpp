// Any page read by an HTML source, and the same page read for its reviews, gives posts of sound
// text and links of its own site, the same twice.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extract/extract.h"
#include "extract/page_reading.h"
#include "sources/plan.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view forum = R"(title = "Acme forum"
format = "html"
[request]
url = "https://forum.example/t/1"
[paging]
kind = "link"
total = "//*[@class='count']"
[items]
list = "//article | //li[@class='post']"
required = ["id", "text"]
html = ["text"]
quotes = ".//blockquote"
[items.fields]
id = ["@id", "=p{@data-id}"]
author = ".//a[@class='author']"
text = [".//p", "."]
posted_at = [".//time/@datetime", ".//time"]
rating = "stars:.//span"
url = ".//a/@href"
)";

constexpr std::string_view shop = R"(title = "Acme shop"
format = "page"
[request]
url = "https://forum.example/t/1"
[paging]
kind = "link"
[discover]
links = true
feeds = true
comment_feeds = ["comment"]
)";

const sources::Watch watch{"acme/x", {}, "Acme", {}, {}};
const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

// The main text and the comments of whatever the page is.
void check_content(const Page& page) {
  extract::PageWants wants;
  wants.text = true;
  const auto reading = extract::read_page(page.body, page.url, page.headers, wants);
  if (!reading) return;
  expect(text::is_valid_utf8(reading->text));
  const extract::PageArticle& article = reading->article;
  for (const auto* part : {&article.title, &article.author, &article.date})
    expect(!*part || text::is_valid_utf8(**part));
  for (const extract::PageComment& comment : reading->comments)
    expect(text::is_valid_utf8(comment.text));
}

void check(const sources::Source& source, const Page& page) {
  const PageRequest entry = sources::plan(source, watch, now)->front();
  const auto spec = sources::extractor_for(source, watch, entry);
  const auto extraction = extract::extract_page(page, *spec, now);
  expect(extraction == extract::extract_page(page, *spec, now));
  if (!extraction) return;
  expect(extraction->items >= extraction->posts.size() + extraction->left_out);
  for (const Post& post : extraction->posts) {
    expect(text::is_valid_utf8(post.text));
    expect(!post.title || text::is_valid_utf8(*post.title));
  }
  const auto following = sources::follow(source, watch, entry, *extraction);
  for (const PageRequest& request : following.requests)
    expect(request.url.starts_with("https://forum.example/") ||
           request.url.find("forum.example") != std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sources::Source by_xpath = *sources::load_source("rules/sources/x.toml", forum);
  static const sources::Source by_markup = *sources::load_source("rules/sources/y.toml", shop);
  Page page;
  page.url = "https://forum.example/t/1";
  page.headers = {{"Content-Type", "text/html"}};
  // Charsets are html_fuzz's business: telling them costs more than all that is tried here.
  page.body = text::replace_invalid({reinterpret_cast<const char*>(data), size});
  check(by_xpath, page);
  check(by_markup, page);
  check_content(page);
  return 0;
}
