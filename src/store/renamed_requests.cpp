#include "store/renamed_requests.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "core/list_address.h"
#include "core/page.h"
#include "store/frontier.h"

namespace testigo::store {
namespace {

constexpr std::string_view entry_variable = "url=";

struct Renamed {
  std::int64_t was = 0;
  std::int64_t is = 0;
  std::int64_t list_was = 0;  // of a site's page
  std::int64_t list_is = 0;
};

// Of a row of: key, watch, source, step, method, url, variables, body.
std::optional<Renamed> renamed(const Rows& row) {
  const std::string_view variables = row.text(6);
  if (!variables.starts_with(entry_variable)) return std::nullopt;
  PageRequest request;
  request.watch = row.text(1);
  request.source = SourceId(std::string(row.text(2)));
  request.step = std::string(row.text(3)) + "?" + std::string(variables);
  request.method = row.text(4);
  request.archive_url = row.text(5);
  request.body = row.text(7);
  const std::string before = request.watch + " " + std::string(row.text(3));
  const std::string place = " " + list_address(request.archive_url);
  return Renamed{row.integer(0), request_key(request).value,
                 key_of({before + "?" + std::string(variables) + place}), key_of({before + place})};
}

std::vector<Renamed> found(Connection& c) {
  Rows rows = c.query(
      "SELECT s.key, w.name, p.source, p.step, p.method, s.url, s.variables, coalesce(s.body, '') "
      "FROM standing s JOIN profile p ON p.id = s.profile JOIN watch w ON w.id = s.watch "
      "WHERE s.variables IS NOT NULL");
  std::vector<Renamed> all;
  while (rows.step())
    if (const auto one = renamed(rows); one && one->was != one->is) all.push_back(*one);
  return all;
}

// Posts that were last seen in a list are seen in the one that it becomes.
void rename_listing(Connection& c, const Renamed& one) {
  c.run("UPDATE OR IGNORE listing SET request = ?2 WHERE request = ?1", one.was, one.is);
  c.run(
      "UPDATE post SET seen_in = (SELECT id FROM listing WHERE request = ?2) "
      "WHERE seen_in = (SELECT id FROM listing WHERE request = ?1)",
      one.was, one.is);
  c.run("DELETE FROM listing WHERE request = ?1", one.was);
  c.run("UPDATE listing SET list = ?2 WHERE list = ?1", one.list_was, one.list_is);
}

}  // namespace

void rename_requests(Connection& c) {
  for (const Renamed& one : found(c)) {
    c.run("UPDATE OR IGNORE standing SET key = ?2 WHERE key = ?1", one.was, one.is);
    c.run("DELETE FROM standing WHERE key = ?1", one.was);
    c.run("UPDATE OR IGNORE page SET request = ?2 WHERE request = ?1", one.was, one.is);
    c.run("DELETE FROM page WHERE request = ?1", one.was);
    rename_listing(c, one);
  }
}

}  // namespace testigo::store
