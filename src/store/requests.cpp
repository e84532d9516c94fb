#include "store/requests.h"

#include <algorithm>

#include "store/frontier_memory.h"

namespace testigo::store {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool holds_secret(std::string_view name) {
  const std::string known = lower(name);
  return known == "authorization" || known == "proxy-authorization" || known == "cookie";
}

// The step's name, without its variables ("comments" of "comments?id=42").
std::string_view step_name(std::string_view step) { return step.substr(0, step.find('?')); }

std::optional<std::string_view> unless_empty(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// Whether the watch has the request from a former pass, and it needs no asking besides: it was
// queued when this pass began, or its page is not due. Entries are asked even so.
bool stands(Connection& c, const FrontierMemory::Watch& watch, RequestKey key, bool entry) {
  if (!watch.has_standing) return false;
  Rows rows = c.query(
      "SELECT p.seen_at >= ?3 OR p.revisit_after IS NULL OR p.seen_at + 1000 * p.revisit_after <= "
      "?3 "
      "FROM standing s LEFT JOIN page p ON p.request = s.key WHERE s.watch = ?1 AND s.key = ?2",
      watch.id, key, watch.started);
  if (!rows.step()) return false;
  const bool was_queued = rows.integer(0) != 0;
  return was_queued || !entry;
}

bool enqueue_one(Connection& c, FrontierMemory& memory, const PageRequest& request) {
  const FrontierMemory::Watch* watch = memory.watch(c, request.watch);
  if (!watch || !watch->open) {
    c.set_error({Errc::not_found, "no pass of the watch " + request.watch + " has been begun",
                 request.archive_url});
    return false;
  }
  const RequestKey key = request_key(request);
  const FrontierMemory::Host host = memory.host(c, host_of_url(request.archive_url));
  if (!host.fresh &&
      (memory.knows(c, watch->id, host.id, key) || stands(c, *watch, key, request.entry))) {
    return false;
  }
  memory.know(watch->id, host.id, key);
  const std::string_view step = step_name(request.step);
  const std::string_view variables = std::string_view(request.step).substr(step.size());
  c.run("INSERT INTO queued VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9)",
        queue_number(host.id, request.depth, memory.next_request()), key,
        memory.profile_id(c, watch->id, request, step), request.depth, request.entry,
        request.standing, request.archive_url, unless_empty(variables), unless_empty(request.body));
  memory.has_request(c, host);
  ++memory.counts(watch->id).waiting;
  return c.ok();
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

std::size_t enqueue_within(Connection& c, std::span<const PageRequest> requests, UtcTime) {
  if (requests.empty()) return 0;
  FrontierMemory& memory = c.frontier();
  std::size_t fresh = 0;
  for (const PageRequest& request : requests) fresh += enqueue_one(c, memory, request) ? 1 : 0;
  return fresh;
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
