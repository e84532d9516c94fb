#include "serve/demo_site.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <optional>

#include "core/digest.h"
#include "formats/date.h"
#include "serve/demo_catalogue.h"
#include "serve/demo_encoding.h"
#include "serve/demo_layout.h"
#include "serve/demo_pages.h"
#include "serve/demo_posts.h"

namespace testigo::serve {
namespace {

using render::operator""_html;

constexpr std::string_view busy_once = "shop/ro/brumiva-lumo";
constexpr std::string_view gzipped = "shop/es/brumiva-aero-2";
constexpr std::string_view mislabelled = "shop/es/kestrona-purebox";

// Crawl-delay is a twentieth of a second so that the demo ends in seconds; outside, whole seconds
// are usual, and are obeyed by the same code.
constexpr std::string_view robots_head =
    "User-agent: *\n"
    "Disallow: /private/\n"
    "Disallow: /search\n"
    "Crawl-delay: 0.05\n"
    "\n"
    "Sitemap: ";

Response text_answer(int status, std::string body) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

Response redirect(int status, std::string_view to) {
  Response response = text_answer(status, "");
  response.headers.push_back({"Location", std::string(to)});
  return response;
}

Response busy() {
  Response response = text_answer(503, "Back in a second.\n");
  response.headers.push_back({"Retry-After", "1"});
  return response;
}

// A client's word for us goes into links, so only what a host and port can hold is taken.
std::string origin_of(const Request& request) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  const std::string_view host = find_header(request.headers, "Host").value_or("");
  const bool usable = !host.empty() && host.find_first_not_of(allowed) == std::string_view::npos;
  return "http://" + std::string(usable ? host : "127.0.0.1");
}

// 0, which no page has, for what is no number.
std::size_t page_number(const Request& request) {
  const std::string_view text = find_parameter(request, "page").value_or("1");
  std::size_t page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc() && end == text.data() + text.size() ? page : 0;
}

std::string_view trimmed(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path;
}

// Pages that say they are not to be kept, and one that robots.txt closes: what stands on them must
// never turn up in a store.
std::optional<Response> closed_page(const DemoWeb& web, std::string_view path) {
  const bool by_meta = path == "shop/preview/aero-3";
  const bool by_header = path == "shop/preview/lumo-2";
  if (!by_meta && !by_header && path != "private/staff-reviews") return std::nullopt;
  Head head;
  head.title = "Not for keeping";
  head.canonical = web.origin + "/" + std::string(path);
  head.noindex = by_meta;
  head.json_ld =
      R"({"@context":"https://schema.org","@type":"Product","name":"Brumiva Aero 3","review":)"
      R"([{"@type":"Review","@id":"#secret","author":{"@type":"Person","name":"Insider"},)"
      R"("reviewBody":"The Brumiva Aero 3 is a secret until spring.","datePublished":"2026-01-01"}]})";
  Response response{200, {{"Content-Type", std::string(html_type)}}, layout(head, {})};
  if (by_header) response.headers.push_back({"X-Robots-Tag", "noindex, noarchive"});
  return response;
}

std::optional<Response> redirection(std::string_view path) {
  if (path == "shop/go/aero") return redirect(301, "/shop/en/brumiva-aero-2");
  if (path == "shop/go/outlet") return redirect(302, "/shop/go/outlet-2");
  if (path == "shop/go/outlet-2") return redirect(302, "/shop/go/outlet");
  return std::nullopt;
}

std::optional<Document> document_at(const DemoWeb& web, std::string_view path, std::size_t page) {
  if (auto document = home_page(web, path)) return document;
  if (auto document = shop_page(web, path, page)) return document;
  if (auto document = forum_page(web, path, page)) return document;
  if (auto document = article_page(web, path)) return document;
  if (auto document = feed(web, path)) return document;
  return sitemap(web, path);
}

bool wants_gzip(const Request& request) {
  const auto accepted = find_header(request.headers, "Accept-Encoding");
  return !accepted || accepted->find("gzip") != std::string_view::npos;
}

Response encode(Document document, std::string_view path, const Request& request) {
  Response response{200, {{"Content-Type", document.type}}, std::move(document.body)};
  if (path == mislabelled) response.body = to_windows_1252(response.body);
  if (path == gzipped) {
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (wants_gzip(request)) {
      response.body = gzip_stored(response.body);
      response.headers.push_back({"Content-Encoding", "gzip"});
    }
  }
  return response;
}

// RFC 9110 §13.1: If-None-Match, and only without it If-Modified-Since.
bool unchanged(const Request& request, std::string_view tag, UtcTime modified) {
  if (const auto known = find_header(request.headers, "If-None-Match"))
    return *known == "*" || known->find(tag) != std::string_view::npos;
  const auto since = find_header(request.headers, "If-Modified-Since");
  const auto time = since ? formats::parse_date(*since, modified) : std::nullopt;
  return time && std::chrono::floor<std::chrono::seconds>(modified) <= *time;
}

Response with_validators(Response response, UtcTime modified, const Request& request) {
  const std::string tag = "\"" + to_hex(sha256(response.body)).substr(0, 16) + "\"";
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Last-Modified", http_date(modified)});
  if (unchanged(request, tag, modified)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace

struct DemoSite::State {
  DemoPlaces first;   // as first written
  DemoPlaces second;  // with every edit made
  UtcTime opened{};
  std::atomic<bool> advanced = false;
  mutable std::atomic<bool> was_busy = false;

  DemoWeb web(const Request& request) const {
    return {advanced ? second : first, origin_of(request), opened};
  }
};

DemoSite::DemoSite(std::unique_ptr<State> state) : state_(std::move(state)) {}
DemoSite::DemoSite(DemoSite&&) noexcept = default;
DemoSite& DemoSite::operator=(DemoSite&&) noexcept = default;
DemoSite::~DemoSite() = default;

Result<DemoSite> DemoSite::load(std::span<const EmbeddedFile> files, UtcTime now) {
  constexpr std::string_view path = "data/demo/posts.jsonl";
  const auto file = std::find_if(files.begin(), files.end(),
                                 [=](const EmbeddedFile& each) { return each.path == path; });
  if (file == files.end())
    return fail(Errc::not_found, "the demo's posts are missing", std::string(path));
  auto places = read_demo_posts(file->bytes, now);
  if (!places) return fail(std::move(places).error());
  auto state = std::make_unique<State>();
  state->second = with_edits(*places);
  state->first = std::move(*places);
  state->opened = std::chrono::floor<std::chrono::days>(now) - std::chrono::days(200);
  return DemoSite(std::move(state));
}

void DemoSite::advance() { state_->advanced = true; }

Response DemoSite::answer(const Request& request) const {
  const std::string_view path = trimmed(request.path);
  if (request.method == "POST" && path == "demo/advance") {
    state_->advanced = true;
    return text_answer(200, "The edited reviews now stand in their second wording.\n");
  }
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = text_answer(405, "This web is read with GET.\n");
    refused.headers.push_back({"Allow", "GET, HEAD"});
    return refused;
  }
  const DemoWeb web = state_->web(request);
  if (path == "robots.txt")
    return text_answer(200, std::string(robots_head) + web.origin + "/sitemap.xml\n");
  if (path == "api/reviews") return review_api(web, request);
  if (path == busy_once && !state_->was_busy.exchange(true)) return busy();
  if (auto response = redirection(path)) return *response;
  if (auto response = closed_page(web, path)) return *response;
  auto document = document_at(web, path, page_number(request));
  if (!document) return text_answer(404, "There is no such page.\n");
  const UtcTime modified = document->modified;
  return with_validators(encode(std::move(*document), path, request), modified, request);
}

}  // namespace testigo::serve
