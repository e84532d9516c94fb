#include "store/requests.h"

#include <algorithm>
#include <cctype>

#include "core/digest.h"

namespace testigo::store {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool holds_secret(std::string_view name) {
  const std::string known = lower(name);
  return known == "authorization" || known == "proxy-authorization" || known == "cookie";
}

std::int64_t host_id(Connection& c, const std::string& host) {
  if (const auto known = c.integer("SELECT id FROM host WHERE name = ?1", host)) return *known;
  c.run("INSERT INTO host(name) VALUES(?1)", host);
  return c.last_insert_id();
}

struct CurrentPass {
  std::int64_t watch = 0;
  std::int64_t pass = 0;
};

std::optional<CurrentPass> current_pass(Connection& c, const std::string& watch) {
  Rows rows = c.query("SELECT id, pass FROM watch WHERE name = ?1 AND open = 1", watch);
  if (!rows.step()) return std::nullopt;
  return CurrentPass{rows.integer(0), rows.integer(1)};
}

bool enqueue_one(Connection& c, const PageRequest& request, UtcTime now) {
  const auto pass = current_pass(c, request.watch);
  if (!pass) {
    c.set_error({Errc::not_found, "no pass of the watch " + request.watch + " has been begun",
                 request.archive_url});
    return false;
  }
  c.run(
      "INSERT INTO request(id, watch, source, step, method, url, headers, body, host, depth, "
      "entry, "
      "state, not_before) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12) "
      "ON CONFLICT(id) DO NOTHING",
      request_key(request), pass->watch, request.source, request.step, request.method,
      request.archive_url, header_lines(request.headers), request.body,
      host_id(c, host_of_url(request.archive_url)), request.depth, request.entry, now);
  return c.ok() && c.changes() > 0;
}

}  // namespace

std::string host_of_url(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  return lower(rest);
}

std::string header_lines(const std::vector<Header>& headers) {
  std::string lines;
  for (const Header& header : headers) {
    if (holds_secret(header.name)) continue;
    lines.append(header.name).append(": ").append(header.value).append(1, '\n');
  }
  return lines;
}

std::vector<Header> read_header_lines(std::string_view lines) {
  std::vector<Header> headers;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
  }
  return headers;
}

std::size_t enqueue_within(Connection& c, std::span<const PageRequest> requests, UtcTime now) {
  std::size_t fresh = 0;
  for (const PageRequest& request : requests) fresh += enqueue_one(c, request, now) ? 1 : 0;
  return fresh;
}

void complete_within(Connection& c, RequestKey key) {
  c.run(
      "UPDATE request SET state = 2, run = NULL, leased_until = NULL, reason = NULL WHERE id = ?1",
      key);
}

void put_page(Connection& c, RequestKey key, const PageState& page,
              std::optional<std::int64_t> evidence) {
  std::optional<std::int64_t> revisit;
  if (page.revisit_after) revisit = page.revisit_after->count();
  c.run(
      "INSERT INTO page VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET "
      "etag = ?2, last_modified = ?3, payload_digest = ?4, status = ?5, seen_at = ?6, "
      "changed_at = ?7, revisit_after = ?8, evidence = coalesce(?9, evidence)",
      key, page.etag, page.last_modified, page.payload_digest, page.status, page.seen_at,
      page.changed_at, revisit, evidence);
}

std::optional<PageState> get_page(Connection& c, RequestKey key) {
  Rows rows = c.query(
      "SELECT p.etag, p.last_modified, p.payload_digest, p.status, p.seen_at, p.changed_at, "
      "p.revisit_after, e.file, e.offset, e.length, e.payload_digest "
      "FROM page p LEFT JOIN evidence e ON e.id = p.evidence WHERE p.request = ?1",
      key);
  if (!rows.step()) return std::nullopt;
  PageState page;
  page.etag = rows.maybe_text(0);
  page.last_modified = rows.maybe_text(1);
  page.payload_digest = rows.text(2);
  page.status = static_cast<int>(rows.integer(3));
  page.seen_at = rows.time(4);
  page.changed_at = rows.maybe_time(5);
  if (const auto seconds = rows.maybe_integer(6))
    page.revisit_after = std::chrono::seconds(*seconds);
  if (!rows.is_null(7)) {
    page.evidence =
        EvidenceRef{std::string(rows.text(7)), static_cast<std::uint64_t>(rows.integer(8)),
                    static_cast<std::uint64_t>(rows.integer(9)), std::string(rows.text(10))};
  }
  return page;
}

}  // namespace testigo::store
