#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "insight/note.h"

namespace testigo::app {

// Which posts of a watch are mentions of its brand.
enum class Matching : std::uint8_t {
  query,  // those that the brand's query matches
  all,    // every one: the place is about the brand (its app's reviews, its own survey)
};

// One [[brand.….watch]]: a source asked on a schedule for a brand.
struct WatchSettings {
  BrandId brand;
  SourceId source;
  std::string key;  // "acme/appstore/app_id=284882215,country=es": names the watch in the store
  std::chrono::seconds every{24 * 3600};
  std::optional<Matching> matching;                            // else as the source says
  std::map<std::string, std::vector<std::string>> parameters;  // for the source's URL templates
  std::map<std::string, std::string> value_where;              // of each parameter's value
  std::string where;                                           // "testigo.toml:14", for messages
};

// One [brand.…]: what is listened for.
struct BrandSettings {
  BrandId id;
  std::string name;
  std::string query;  // Boolean query language (DESIGN §4); the quoted name where none is given
  std::vector<std::string> own_domains;
  std::vector<BrandId> competitors;
  std::vector<WatchSettings> watches;
  std::string where;        // of [brand.…]
  std::string query_where;  // of the query's value, for carets
};

// [fetch]: bounds of a run. Each has a default that is polite on the public web.
struct FetchSettings {
  std::vector<std::string> allow_hosts;  // "127.0.0.1:8080", "intranet.example": reached although
                                         // their addresses are not public
  std::chrono::milliseconds gap{1000};   // least time between two requests to one host
  std::size_t connections = 16;
  std::size_t connections_per_host = 1;
  std::int64_t max_pages = 10'000;           // a run
  std::int64_t max_bytes = 2'000'000'000;    // a run
  std::chrono::seconds max_time{6 * 3600};   // a run
  std::int64_t max_per_host_daily = 20'000;  // requests to one host in a UTC day, all runs together
  std::size_t max_body_bytes = 16 * 1024 * 1024;  // one answer, as sent
  std::chrono::seconds connect_timeout{15};
  std::chrono::seconds answer_timeout{60};   // until the first byte of the answer
  std::chrono::seconds stall_timeout{30};    // so long with next to nothing coming
  std::chrono::seconds total_timeout{300};   // of one answer
  bool ignore_gap_on_allowed_hosts = false;  // for one's own test servers: no gap, no crawl-delay
};

// [retention]: how long what was collected is kept. The sources' own terms come on top; the shorter
// period counts.
struct RetentionSettings {
  std::optional<std::chrono::seconds> all;      // posts of any source, and archived records
  std::optional<std::chrono::seconds> archive;  // archived records: their posts stay
  std::map<SourceId, std::chrono::seconds> sources;
  std::map<SourceId, std::string> where;  // of each, for messages
};

// A configuration file, checked: every watch's source is known, every query parses, ids are unique.
struct Configuration {
  std::string file;    // as found, for messages
  std::string folder;  // paths within are relative to it
  std::string store = "testigo.db";
  std::string archive = "archive";
  std::string contact;
  std::string timezone = "UTC";
  std::optional<std::string> rules;  // overlay folder
  FetchSettings fetch;
  RetentionSettings retention;
  std::vector<BrandSettings> brands;  // competitors that have no section of their own included
  std::vector<insight::Note> notes;   // [[note]], by day

  [[nodiscard]] const BrandSettings* find_brand(const BrandId& id) const;
};

// Reads testigo.toml. `file` names it in errors and is the base of relative paths.
// Errc::malformed with "file:line:col" in `where` and the mend in `what`: not TOML, an unknown key
// (did you mean), a wrong type, a duration that is none, a query that does not parse, an unknown
// time zone or brand. Sources are checked by check_watches, since they need the rules.
[[nodiscard]] Result<Configuration> parse_configuration(std::string_view file,
                                                        std::string_view bytes);

// Where a configuration is looked for, in order: given, $TESTIGO_CONFIG, ./testigo.toml,
// $XDG_CONFIG_HOME/testigo/testigo.toml (or ~/.config). Errc::not_found says how to make one.
[[nodiscard]] Result<std::string> find_configuration(const std::optional<std::string>& given);

[[nodiscard]] Result<Configuration> load_configuration(const std::string& file);

// "90s", "15m", "6h", "24h", "7d", "2w".
[[nodiscard]] std::optional<std::chrono::seconds> parse_interval(std::string_view text);

}  // namespace testigo::app
