#include "app/configuration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "app/files.h"
#include "formats/toml.h"
#include "query/parse.h"
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
constexpr std::array brand_keys = {"name"sv, "query"sv, "own_domains"sv, "competitors"sv,
                                   "watch"sv};
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
    if (const TomlValue* brands = toml_.root().find("brand"))
      if (auto done = read_brands(*brands); !done) return done;
    add_competitors_without_section();
    if (const TomlValue* notes = toml_.root().find("note")) return read_notes(*notes);
    return {};
  }

 private:
  Result<void> set(const TomlValue& table, std::string_view key, std::string& field) const {
    auto text = toml_.optional_string(table, key);
    if (!text) return fail(std::move(text.error()));
    if (*text) field = std::move(**text);
    return {};
  }

  Result<void> read_general() {
    const TomlValue& root = toml_.root();
    for (const auto& [key, field] : {std::pair{"store"sv, &into_.store},
                                     {"archive"sv, &into_.archive},
                                     {"contact"sv, &into_.contact},
                                     {"timezone"sv, &into_.timezone}})
      if (auto done = set(root, key, *field); !done) return done;
    auto rules = toml_.optional_string(root, "rules");
    if (!rules) return fail(std::move(rules.error()));
    into_.rules = std::move(*rules);
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

  Result<void> set_interval(const TomlValue& table, std::string_view key,
                            std::chrono::seconds& field) const {
    auto text = toml_.optional_string(table, key);
    if (!text) return fail(std::move(text.error()));
    if (!*text) return {};
    const auto interval = parse_interval(**text);
    if (!interval)
      return fail(
          Errc::malformed,
          "\"" + **text + "\" is no length of time; write \"30m\", \"6h\", \"1d\" or \"2w\"",
          toml_.where(*table.find(key)));
    field = *interval;
    return {};
  }

  Result<void> read_fetch(const TomlValue& table) {
    FetchSettings& fetch = into_.fetch;
    if (auto known = toml_.only_keys(table, fetch_keys); !known) return known;
    auto hosts = toml_.strings(table, "allow_hosts");
    if (!hosts) return fail(std::move(hosts.error()));
    fetch.allow_hosts = std::move(*hosts);
    auto gap = toml_.optional_real(table, "gap");
    if (!gap) return fail(std::move(gap.error()));
    if (*gap && (**gap < 0 || **gap > 3600))
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
                      set_interval(table, "max_time", fetch.max_time),
                      set_interval(table, "connect_timeout", fetch.connect_timeout),
                      set_interval(table, "answer_timeout", fetch.answer_timeout),
                      set_interval(table, "stall_timeout", fetch.stall_timeout),
                      set_interval(table, "total_timeout", fetch.total_timeout)})
      if (!done) return done;
    return {};
  }

  Result<void> read_retention(const TomlValue& table) {
    RetentionSettings& retention = into_.retention;
    if (table.kind != TomlValue::Kind::table)
      return fail(Errc::malformed, "\"retention\" is a table: [retention]", toml_.where(table));
    for (const TomlMember& member : table.members) {
      std::chrono::seconds period{0};
      if (auto done = set_interval(table, member.key, period); !done) return done;
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

  Result<void> read_brands(const TomlValue& brands) {
    if (brands.kind != TomlValue::Kind::table)
      return fail(Errc::malformed, "\"brand\" must be tables, such as [brand.acme]",
                  toml_.where(brands));
    for (const TomlMember& member : brands.members)
      if (auto done = read_brand(member); !done) return done;
    return {};
  }

  Result<void> read_brand(const TomlMember& member) {
    const TomlValue& table = member.value;
    if (auto known = toml_.only_keys(table, brand_keys); !known) return known;
    BrandSettings brand;
    brand.id = BrandId(member.key);
    brand.name = member.key;
    brand.where = toml_.where(member);
    if (auto done = set(table, "name", brand.name); !done) return done;
    if (auto done = read_query(table, brand); !done) return done;
    auto domains = toml_.strings(table, "own_domains");
    if (!domains) return fail(std::move(domains.error()));
    brand.own_domains = std::move(*domains);
    auto competitors = toml_.strings(table, "competitors");
    if (!competitors) return fail(std::move(competitors.error()));
    for (std::string& id : *competitors) brand.competitors.emplace_back(std::move(id));
    if (const TomlValue* watches = table.find("watch"))
      if (auto done = read_watches(*watches, brand); !done) return done;
    into_.brands.push_back(std::move(brand));
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

  Result<void> read_query(const TomlValue& table, BrandSettings& brand) const {
    brand.query = "\"" + brand.name + "\"";
    brand.query_where = brand.where;
    if (auto done = set(table, "query", brand.query); !done) return done;
    if (const TomlValue* query = table.find("query")) brand.query_where = toml_.where(*query);
    if (auto parsed = query::parse_query(brand.query); !parsed)
      return fail(parsed.error().code,
                  "the query of brand \"" + brand.id.value + "\": " + parsed.error().what,
                  brand.query_where);
    return {};
  }

  Result<void> read_watches(const TomlValue& watches, BrandSettings& brand) const {
    if (watches.kind != TomlValue::Kind::array)
      return fail(Errc::malformed, "watches are written [[brand." + brand.id.value + ".watch]]",
                  toml_.where(watches));
    for (const TomlValue& table : watches.items) {
      auto watch = read_watch(table, brand.id);
      if (!watch) return fail(std::move(watch.error()));
      const auto same = std::find_if(brand.watches.begin(), brand.watches.end(),
                                     [&](const WatchSettings& w) { return w.key == watch->key; });
      if (same != brand.watches.end())
        return fail(Errc::malformed, "this watch stands already at " + same->where + "; remove one",
                    watch->where);
      brand.watches.push_back(std::move(*watch));
    }
    return {};
  }

  Result<WatchSettings> read_watch(const TomlValue& table, const BrandId& brand) const {
    WatchSettings watch;
    watch.brand = brand;
    watch.where = toml_.where(table);
    auto source = toml_.required_string(table, "source");
    if (!source) return fail(std::move(source.error()));
    watch.source = SourceId(std::move(*source));
    if (auto done = set_interval(table, "every", watch.every); !done)
      return fail(std::move(done.error()));
    if (auto done = read_matching(table, watch); !done) return fail(std::move(done.error()));
    for (const TomlMember& member : table.members) {
      if (member.key == "source" || member.key == "every" || member.key == "match") continue;
      auto values = parameter_values(member);
      if (!values) return fail(std::move(values.error()));
      watch.parameters[member.key] = std::move(*values);
    }
    watch.key = key_of(watch);
    return watch;
  }

  Result<void> read_matching(const TomlValue& table, WatchSettings& watch) const {
    auto match = toml_.optional_string(table, "match");
    if (!match) return fail(std::move(match.error()));
    if (!*match) return {};
    if (**match != "query" && **match != "all")
      return fail(Errc::malformed,
                  "\"match\" is \"query\" (posts that the brand's query matches) or \"all\"",
                  toml_.where(*table.find("match")));
    watch.matching = **match == "all" ? Matching::all : Matching::query;
    return {};
  }

  Result<std::vector<std::string>> parameter_values(const TomlMember& member) const {
    const TomlValue& value = member.value;
    if (value.kind == TomlValue::Kind::integer)
      return std::vector<std::string>{std::to_string(value.integer)};
    if (value.kind == TomlValue::Kind::boolean)
      return std::vector<std::string>{value.boolean ? "true" : "false"};
    std::vector<std::string> values;
    const std::span<const TomlValue> items = value.kind == TomlValue::Kind::array
                                                 ? std::span<const TomlValue>(value.items)
                                                 : std::span<const TomlValue>(&value, 1);
    for (const TomlValue& item : items) {
      if (item.kind == TomlValue::Kind::integer) {
        values.push_back(std::to_string(item.integer));
      } else if (item.kind == TomlValue::Kind::string) {
        values.push_back(item.text);
      } else {
        return fail(Errc::malformed,
                    "\"" + member.key + "\" must be a text, a number or a list of them",
                    toml_.where(item));
      }
    }
    return values;
  }

  static std::string key_of(const WatchSettings& watch) {
    std::string key = watch.brand.value + "/" + watch.source.value;
    char separator = '/';
    for (const auto& [name, values] : watch.parameters) {
      key += separator + name + "=";
      for (std::size_t i = 0; i < values.size(); ++i) key += (i > 0 ? "|" : "") + values[i];
      separator = ',';
    }
    return key;
  }

  void add_competitors_without_section() {
    std::vector<BrandSettings> implied;
    for (const BrandSettings& brand : into_.brands) {
      for (const BrandId& id : brand.competitors) {
        const auto same = [&](const BrandSettings& other) { return other.id == id; };
        if (std::any_of(into_.brands.begin(), into_.brands.end(), same)) continue;
        if (std::any_of(implied.begin(), implied.end(), same)) continue;
        BrandSettings competitor;
        competitor.id = id;
        competitor.name = id.value;
        competitor.query = "\"" + id.value + "\"";
        competitor.where = competitor.query_where = brand.where;
        implied.push_back(std::move(competitor));
      }
    }
    into_.brands.insert(into_.brands.end(), implied.begin(), implied.end());
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
