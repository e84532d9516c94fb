#include "app/configuration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "app/configuration_brands.h"
#include "app/configuration_values.h"
#include "app/files.h"
#include "fetch/address_guard.h"
#include "fetch/request_check.h"
#include "formats/toml.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

using formats::TomlDocument;
using formats::TomlMember;
using formats::TomlValue;
using namespace std::string_view_literals;

constexpr std::array top_keys = {"store"sv, "archive"sv, "contact"sv,   "timezone"sv, "rules"sv,
                                 "fetch"sv, "brand"sv,   "retention"sv, "note"sv};
constexpr std::array note_keys = {"day"sv, "text"sv, "brand"sv};
constexpr std::array fetch_keys = {"allow_hosts"sv,
                                   "gap"sv,
                                   "connections"sv,
                                   "connections_per_host"sv,
                                   "max_pages"sv,
                                   "max_bytes"sv,
                                   "max_time"sv,
                                   "max_body_bytes"sv,
                                   "ignore_gap_on_allowed_hosts"sv,
                                   "max_per_host_daily"sv,
                                   "connect_timeout"sv,
                                   "answer_timeout"sv,
                                   "stall_timeout"sv,
                                   "total_timeout"sv};

// Reads one file top to bottom; the first thing that is wrong is the error.
class Reader {
 public:
  Reader(const TomlDocument& document, Configuration& into) : toml_(document), into_(into) {}

  Result<void> read() {
    if (auto known = toml_.only_keys(toml_.root(), top_keys); !known) return known;
    if (auto general = read_general(); !general) return general;
    if (const TomlValue* fetch = toml_.root().find("fetch"))
      if (auto done = read_fetch(*fetch); !done) return done;
    if (const TomlValue* retention = toml_.root().find("retention"))
      if (auto done = read_retention(*retention); !done) return done;
    if (const TomlValue* table = toml_.root().find("brand")) {
      auto brands = read_brands(toml_, *table);
      if (!brands) return fail(std::move(brands.error()));
      into_.brands = std::move(*brands);
    }
    if (const TomlValue* notes = toml_.root().find("note")) return read_notes(*notes);
    return {};
  }

 private:
  Result<void> read_general() {
    const TomlValue& root = toml_.root();
    for (const auto& [key, field] : {std::pair{"store"sv, &into_.store},
                                     {"archive"sv, &into_.archive},
                                     {"contact"sv, &into_.contact},
                                     {"timezone"sv, &into_.timezone}})
      if (auto done = set_text(toml_, root, key, *field); !done) return done;
    if (auto done = check_path("store", into_.store); !done) return done;
    auto rules = toml_.optional_string(root, "rules");
    if (!rules) return fail(std::move(rules.error()));
    into_.rules = std::move(*rules);
    if (!fetch::is_field_value(into_.contact))
      return fail(
          Errc::malformed,
          "\"contact\" has a control character in it, such as a line's end; write it as one "
          "line, such as \"mailto:you@example.com\"",
          toml_.where(*root.find("contact")));
    if (!text::find_time_zone(into_.timezone))
      return fail(
          Errc::malformed,
          "\"" + into_.timezone + "\" is no time zone; use a name such as \"Europe/Madrid\"",
          toml_.where(*root.find("timezone")));
    return {};
  }

  template <class Number>
  Result<void> set_number(const TomlValue& table, std::string_view key, Number& field) const {
    auto number = toml_.optional_integer(table, key);
    if (!number) return fail(std::move(number.error()));
    if (!*number) return {};
    if (**number < 1)
      return fail(Errc::malformed, "\"" + std::string(key) + "\" must be 1 or more",
                  toml_.where(*table.find(key)));
    field = static_cast<Number>(**number);
    return {};
  }

  Result<void> read_fetch(const TomlValue& table) {
    FetchSettings& fetch = into_.fetch;
    if (auto known = toml_.only_keys(table, fetch_keys); !known) return known;
    if (auto done = read_allowed_hosts(table); !done) return done;
    auto gap = toml_.optional_real(table, "gap");
    if (!gap) return fail(std::move(gap.error()));
    if (*gap && !(**gap >= 0 && **gap <= 3600))  // what is no number, too
      return fail(Errc::malformed, "\"gap\" is in seconds, from 0 to 3600",
                  toml_.where(*table.find("gap")));
    if (*gap) fetch.gap = std::chrono::milliseconds(static_cast<std::int64_t>(**gap * 1000));
    auto ignore = toml_.optional_boolean(table, "ignore_gap_on_allowed_hosts");
    if (!ignore) return fail(std::move(ignore.error()));
    fetch.ignore_gap_on_allowed_hosts = ignore->value_or(false);
    for (auto done : {set_number(table, "connections", fetch.connections),
                      set_number(table, "connections_per_host", fetch.connections_per_host),
                      set_number(table, "max_pages", fetch.max_pages),
                      set_number(table, "max_bytes", fetch.max_bytes),
                      set_number(table, "max_body_bytes", fetch.max_body_bytes),
                      set_number(table, "max_per_host_daily", fetch.max_per_host_daily),
                      set_interval(toml_, table, "max_time", fetch.max_time),
                      set_interval(toml_, table, "connect_timeout", fetch.connect_timeout),
                      set_interval(toml_, table, "answer_timeout", fetch.answer_timeout),
                      set_interval(toml_, table, "stall_timeout", fetch.stall_timeout),
                      set_interval(toml_, table, "total_timeout", fetch.total_timeout)})
      if (!done) return done;
    return {};
  }

  Result<void> read_allowed_hosts(const TomlValue& table) {
    auto hosts = toml_.strings(table, "allow_hosts");
    if (!hosts) return fail(std::move(hosts.error()));
    for (const std::string& host : *hosts)
      if (!fetch::AddressGuard::is_entry(host))
        return fail(Errc::malformed,
                    "\"allow_hosts\": \"" + host +
                        "\" is no host; write its name or address alone, "
                        "such as \"intranet.example\", \"10.1.2.3:8080\" or \"*.corp.example\"",
                    toml_.where(*table.find("allow_hosts")));
    into_.fetch.allow_hosts = std::move(*hosts);
    return {};
  }

  // Told without the value: the address of a server may hold a password.
  Result<void> check_path(std::string_view key, std::string_view path) const {
    if (path.find("://") == std::string_view::npos) return {};
    return fail(Errc::malformed,
                "\"" + std::string(key) + "\" is a path on this machine, not a server's address; " +
                    "write one such as \"testigo.db\"",
                toml_.where(*toml_.root().find(key)));
  }

  Result<void> read_retention(const TomlValue& table) {
    RetentionSettings& retention = into_.retention;
    if (table.kind != TomlValue::Kind::table)
      return fail(Errc::malformed, "\"retention\" is a table: [retention]", toml_.where(table));
    for (const TomlMember& member : table.members) {
      std::chrono::seconds period{0};
      if (auto done = set_interval(toml_, table, member.key, period); !done) return done;
      if (member.key == "all") {
        retention.all = period;
      } else if (member.key == "archive") {
        retention.archive = period;
      } else {
        retention.sources[SourceId(member.key)] = period;
        retention.where[SourceId(member.key)] = toml_.where(member);
      }
    }
    return {};
  }

  Result<void> read_notes(const TomlValue& notes) {
    if (notes.kind != TomlValue::Kind::array)
      return fail(Errc::malformed, "notes are written [[note]]", toml_.where(notes));
    for (const TomlValue& table : notes.items) {
      auto note = read_note(table);
      if (!note) return fail(std::move(note.error()));
      into_.notes.push_back(std::move(*note));
    }
    std::stable_sort(into_.notes.begin(), into_.notes.end(),
                     [](const auto& a, const auto& b) { return a.day < b.day; });
    return {};
  }

  Result<insight::Note> read_note(const TomlValue& table) const {
    if (auto known = toml_.only_keys(table, note_keys); !known)
      return fail(std::move(known.error()));
    insight::Note note;
    const TomlValue* written = table.find("day");
    const auto day = written == nullptr ? std::nullopt : parse_day(written->text);
    if (!day)
      return fail(Errc::malformed, "a note needs its day, such as day = 2026-01-31",
                  toml_.where(written == nullptr ? table : *written));
    note.day = *day;
    auto text = toml_.required_string(table, "text");
    if (!text) return fail(std::move(text.error()));
    note.text = std::move(*text);
    auto brand = toml_.optional_string(table, "brand");
    if (!brand) return fail(std::move(brand.error()));
    if (!*brand) return note;
    note.brand = BrandId(**brand);
    if (into_.find_brand(*note.brand) == nullptr)
      return fail(Errc::not_found, "there is no brand \"" + **brand + "\"",
                  toml_.where(*table.find("brand")));
    return note;
  }

  const TomlDocument& toml_;
  Configuration& into_;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string user_configuration() {
  const std::string xdg = environment("XDG_CONFIG_HOME");
  if (!xdg.empty()) return xdg + "/testigo/testigo.toml";
  const std::string home = environment("HOME");
  return home.empty() ? std::string() : home + "/.config/testigo/testigo.toml";
}

}  // namespace

const BrandSettings* Configuration::find_brand(const BrandId& id) const {
  const auto found = std::find_if(brands.begin(), brands.end(),
                                  [&](const BrandSettings& brand) { return brand.id == id; });
  return found == brands.end() ? nullptr : &*found;
}

Result<Configuration> parse_configuration(std::string_view file, std::string_view bytes) {
  auto document = formats::parse_toml(file, bytes);
  if (!document) return fail(std::move(document.error()));
  Configuration configuration;
  configuration.file = std::string(file);
  configuration.folder = std::filesystem::path(file).parent_path().string();
  if (auto read = Reader(*document, configuration).read(); !read)
    return fail(std::move(read.error()));
  return configuration;
}

Result<std::string> find_configuration(const std::optional<std::string>& given) {
  if (given) return *given;
  if (const std::string named = environment("TESTIGO_CONFIG"); !named.empty()) return named;
  for (const std::string& candidate : {std::string("testigo.toml"), user_configuration()})
    if (!candidate.empty() && std::filesystem::exists(candidate)) return candidate;
  return fail(Errc::not_found,
              "there is no configuration; make one with: testigo init --brand NAME",
              "testigo.toml");
}

Result<Configuration> load_configuration(const std::string& file) {
  auto bytes = read_file(file);
  if (!bytes) return fail(std::move(bytes.error()));
  return parse_configuration(file, *bytes);
}

std::optional<std::chrono::seconds> parse_interval(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 1 || number > 1'000'000) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit == "s") return std::chrono::seconds(number);
  if (unit == "m") return std::chrono::minutes(number);
  if (unit == "h") return std::chrono::hours(number);
  if (unit == "d") return std::chrono::hours(24 * number);
  if (unit == "w") return std::chrono::hours(24 * 7 * number);
  return std::nullopt;
}

}  // namespace testigo::app
