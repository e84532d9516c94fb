#include "archive/warc_record.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "text/normalize.h"

namespace testigo::archive {
namespace {

using text::trim;

constexpr std::size_t max_http_headers = 1000;

// "HTTP/1.1 200 OK" or "GET /path HTTP/1.1".
Result<HttpMessage> parse_start_line(std::string_view line) {
  HttpMessage message;
  message.start_line = line;
  if (line.starts_with("HTTP/")) {
    const auto space = line.find(' ');
    if (space == std::string_view::npos)
      return fail(Errc::malformed, "an HTTP status line has no status");
    message.version = line.substr(5, space - 5);
    const std::string_view status = trim(line.substr(space)).substr(0, 3);
    const auto [end, error] =
        std::from_chars(status.data(), status.data() + status.size(), message.status);
    if (error != std::errc()) return fail(Errc::malformed, "an HTTP status is not a number");
    const std::string_view rest = trim(line.substr(space));
    message.reason = trim(rest.substr(std::min(status.size(), rest.size())));
    return message;
  }
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || last == first ||
      !line.substr(last + 1).starts_with("HTTP/")) {
    return fail(Errc::malformed, "the block does not begin with a line of HTTP");
  }
  message.method = line.substr(0, first);
  message.target = line.substr(first + 1, last - first - 1);
  message.version = line.substr(last + 6);
  return message;
}

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  return find_header(fields, name).value_or(std::string_view());
}

std::string_view WarcRecord::target_uri() const {
  std::string_view uri = field("WARC-Target-URI");
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  return uri;
}

std::optional<UtcTime> WarcRecord::date() const { return parse_iso8601(field("WARC-Date")); }

Result<HttpMessage> parse_http_message(std::string_view block) {
  auto end = block.find('\n');
  if (end == std::string_view::npos) end = block.size();
  auto message = parse_start_line(trim(block.substr(0, end)));
  if (!message) return message;
  std::size_t at = std::min(end + 1, block.size());
  while (at < block.size()) {
    end = std::min(block.find('\n', at), block.size());
    const std::string_view line = block.substr(at, end - at);
    at = std::min(end + 1, block.size());
    if (trim(line).empty()) break;
    auto& headers = message->headers;
    if ((line.front() == ' ' || line.front() == '\t') && !headers.empty()) {
      headers.back().value.append(" ").append(trim(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // as browsers do: the rest still counts
    if (headers.size() == max_http_headers)
      return fail(Errc::limit_exceeded, "too many HTTP headers");
    headers.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  message->body = block.substr(at);
  return message;
}

std::string without_chunks(std::string_view body) {
  std::string out;
  std::string_view rest = body;
  while (true) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::string(body);
    const std::string_view line = rest.substr(0, end);
    const std::string_view digits = trim(line.substr(0, line.find(';')));
    std::size_t size = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (digits.empty() || error != std::errc() || stop != digits.data() + digits.size()) {
      return std::string(body);
    }
    rest.remove_prefix(end + 1);
    if (size == 0) return out;
    if (size > rest.size()) return std::string(body);
    out.append(rest.substr(0, size));
    rest.remove_prefix(size);
    if (rest.starts_with("\r\n")) {
      rest.remove_prefix(2);
    } else if (rest.starts_with('\n')) {
      rest.remove_prefix(1);
    } else {
      return std::string(body);
    }
  }
}

Result<Page> page_of(const WarcRecord& record) {
  Page page;
  page.url = record.target_uri();
  page.remote_address = record.field("WARC-IP-Address");
  page.fetched_at = record.date().value_or(UtcTime());
  if (record.type() == "resource" || record.type() == "conversion") {
    page.status = 200;
    page.headers = {{"Content-Type", std::string(record.field("Content-Type"))}};
    page.body_as_sent = record.block;
    return page;
  }
  if (record.type() != "response" && record.type() != "revisit") {
    return fail(Errc::malformed,
                "a record of type \"" + std::string(record.type()) + "\" holds no page");
  }
  auto message = parse_http_message(record.block);
  if (!message) return fail(std::move(message).error());
  page.status = message->status;
  page.http_version = record.field("WARC-Protocol").starts_with("h2") ? "2" : message->version;
  page.reason = std::move(message->reason);
  page.headers = std::move(message->headers);
  const auto coding = find_header(page.headers, "Transfer-Encoding");
  const bool chunked = coding && text::ascii_lower(*coding).find("chunked") != std::string::npos;
  page.body_as_sent = chunked ? without_chunks(message->body) : std::move(message->body);
  return page;
}

}  // namespace testigo::archive
