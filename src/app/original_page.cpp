#include "app/original_page.h"

#include <algorithm>
#include <utility>

#include "archive/record_head.h"
#include "archive/warc_record.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "formats/inflate.h"

namespace testigo::app {
namespace {

Result<archive::WarcRecord> only_record(const Page& answer, std::size_t max_bytes) {
  auto member = formats::inflate_member(answer.body, max_bytes);
  if (!member) return fail(member.error().code, member.error().what, answer.url);
  std::string_view bytes = member->bytes;
  auto head = archive::parse_record_head(bytes);
  if (!head) return fail(head.error().code, head.error().what, answer.url);
  bytes.remove_prefix(head->bytes);
  if (head->block_bytes > bytes.size())
    return fail(Errc::malformed, "the WARC record is cut short", answer.url);
  archive::WarcRecord record;
  record.fields = std::move(head->fields);
  record.block = bytes.substr(0, head->block_bytes);
  return record;
}

Result<OriginalPage> page_in_record(const Page& answer, std::size_t max_bytes) {
  const auto record = only_record(answer, max_bytes);
  if (!record) return fail(record.error());
  auto page = archive::page_of(*record);
  if (!page) return fail(page.error().code, page.error().what, answer.url);
  const UtcTime taken_at = record->date().value_or(answer.fetched_at);
  // Some archives keep bodies decoded and the header as it was.
  if (auto decoded = fetch::decode_page(*page, max_bytes))
    return OriginalPage{std::move(*decoded), taken_at};
  page->body = page->body_as_sent;
  return OriginalPage{std::move(*page), taken_at};
}

}  // namespace

Result<OriginalPage> original_page(Page decoded, const extract::ExtractorSpec& spec,
                                   std::size_t max_bytes) {
  if (spec.format == extract::Format::warc) return page_in_record(decoded, max_bytes);
  OriginalPage original{std::move(decoded), {}};
  original.taken_at = original.page.fetched_at;
  if (spec.address.empty()) return original;
  original.page.url = spec.address;
  if (const auto header = find_header(original.page.headers, "Memento-Datetime"))
    if (const auto time = fetch::parse_http_date(*header, original.page.fetched_at))
      original.taken_at = *time;
  return original;
}

}  // namespace testigo::app
