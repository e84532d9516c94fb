#include "app/import_warc.h"

#include <algorithm>

#include "app/unique_ids.h"
#include "fetch/bot_wall.h"
#include "fetch/page_policy.h"
#include "fetch/transfer.h"
#include "formats/canonical_url.h"
#include "formats/encoding_sniff.h"
#include "sources/plan.h"
#include "text/normalize.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

constexpr std::size_t max_decoded_bytes = 64u << 20;  // as a crawl's
constexpr std::string_view agent = "testigo";
constexpr std::string_view pages_source = "pages";
constexpr std::string_view feed_source = "feed";

// "https://hn.algolia.com" of "https://hn.algolia.com/api?q={term}"; "" where the host is a
// variable.
std::string fixed_origin(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return {};
  const std::size_t end = std::min(url.find('/', host + 3), url.size());
  const std::string_view origin = url.substr(0, end);
  return origin.find('{') == std::string_view::npos ? std::string(origin) : std::string();
}

bool is_of_host(std::string_view url, const std::string& origin) {
  const auto host = [](std::string_view address) {
    const std::size_t begin = address.find("://");
    address.remove_prefix(begin == std::string_view::npos ? 0 : begin + 3);
    return address.substr(0, std::min(address.find('/'), address.size()));
  };
  return origin.empty() || host(url) == host(origin);
}

bool is_page_record(const archive::WarcRecord& record) {
  const std::string_view url = record.target_uri();
  return (record.type() == "response" || record.type() == "resource") &&
         (url.starts_with("http://") || url.starts_with("https://"));
}

// Some tools keep what they decoded under the headers of what was sent.
bool is_decoded_already(const Page& page) {
  const std::string_view sent = page.body_as_sent;
  const std::size_t first = sent.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool is_markup = first != std::string_view::npos &&
                         (sent[first] == '<' || sent[first] == '{' || sent[first] == '[');
  return is_markup && find_header(page.headers, "Content-Encoding") &&
         !fetch::decode_page(page, max_decoded_bytes);
}

// The coding is no more; what it was stands where other tools put it, and a replay reads the same.
void keep_as_it_stands(Page& page) {
  for (Header& header : page.headers)
    if (text::equal_ignoring_case(header.name, "Content-Encoding"))
      header.name = "X-Archive-Orig-Content-Encoding";
}

// Which built-in source reads a page of that type, where none was named.
std::string_view source_for(const Page& page) {
  const std::string type =
      formats::media_type(find_header(page.headers, "Content-Type").value_or(""));
  if (type == "text/html" || type == "application/xhtml+xml") return pages_source;
  const bool feed = type.ends_with("+xml") || type == "text/xml" || type == "application/xml" ||
                    type == "application/feed+json";
  return feed ? feed_source : "";
}

}  // namespace

Result<ArchivePages> ArchivePages::make(const RuleBook& book,
                                        const std::optional<SourceId>& source) {
  ArchivePages pages(book);
  pages.any_ = !source;
  std::vector<SourceId> wanted = {SourceId(std::string(pages_source)),
                                  SourceId(std::string(feed_source))};
  if (source) wanted = {*source};
  for (const SourceId& id : wanted) {
    const auto found = book.sources.find(id);
    if (found != book.sources.end()) {
      pages.sources_.push_back(&found->second);
      continue;
    }
    std::vector<std::string_view> known;
    for (const auto& [name, one] : book.sources) known.push_back(name.value);
    const auto meant = text::did_you_mean(id.value, known);
    return fail(Errc::malformed,
                "an archive's pages are read by a source, and there is no \"" + id.value + "\"" +
                    (meant ? "; did you mean \"" + std::string(*meant) + "\"?"
                           : "; testigo source list names them"),
                "--source");
  }
  return pages;
}

// What the step of a source that fits a page best reads in it: the one with most posts.
std::optional<extract::Extraction> ArchivePages::extract_by(const sources::Source& source,
                                                            const Page& page) const {
  sources::Watch watch;
  watch.key = "import/" + source.id.value;
  std::optional<extract::Extraction> best;
  for (const sources::Step& step : source.steps) {
    if (!is_of_host(page.url, fixed_origin(step.url))) continue;
    PageRequest request;
    request.source = source.id;
    request.step = step.name;
    request.url = request.archive_url = page.url;
    const auto spec = sources::extractor_for(source, watch, request);
    if (!spec) continue;
    auto extraction = extract::extract_page(page, *spec, page.fetched_at);
    if (extraction && (!best || extraction->posts.size() > best->posts.size()))
      best = std::move(*extraction);
  }
  return best;
}

Result<std::optional<ArchivePages::Reading>> ArchivePages::read(const archive::WarcRecord& record,
                                                                UtcTime now) const {
  const std::optional<Reading> nothing;
  if (!is_page_record(record)) return nothing;
  auto page = archive::page_of(record);
  if (!page) return fail(std::move(page.error()));
  if (page->status != 0 && (page->status < 200 || page->status > 299)) return nothing;
  if (page->status == 0) page->status = 200;  // a resource record has no status of its own
  page->fetched_at = record.date().value_or(now);
  const std::string_view name = source_for(*page);
  const sources::Source* source = sources_.front();
  if (any_) {
    const auto fits =
        std::find_if(sources_.begin(), sources_.end(),
                     [&](const sources::Source* one) { return one->id.value == name; });
    if (fits == sources_.end()) return nothing;
    source = *fits;
  }
  if (is_decoded_already(*page)) keep_as_it_stands(*page);
  auto decoded = fetch::decode_page(std::move(*page), max_decoded_bytes);
  if (!decoded) return fail(std::move(decoded.error()));
  if (fetch::bot_wall(*decoded) || fetch::page_policy(*decoded, agent).refuses_storage() ||
      !source->terms.store)
    return nothing;
  auto extraction = extract_by(*source, *decoded);
  if (!extraction) return nothing;
  Reading reading{std::move(*decoded), source->id, std::move(extraction->posts),
                  std::move(extraction->drift), source->about_brand};
  for (Post& post : reading.posts) {
    clean_addresses(post, book_->tracking);
    if (source->id.value == pages_source || source->id.value == feed_source)
      make_ids_unique(post, book_->tracking);
  }
  return reading;
}

}  // namespace testigo::app
