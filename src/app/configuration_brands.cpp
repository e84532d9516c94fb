#include "app/configuration_brands.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "app/configuration_values.h"
#include "query/parse.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

using formats::TomlDocument;
using formats::TomlMember;
using formats::TomlValue;
using namespace std::string_view_literals;

constexpr std::array brand_keys = {"name"sv, "query"sv, "own_domains"sv, "competitors"sv,
                                   "watch"sv};

class BrandReader {
 public:
  explicit BrandReader(const TomlDocument& document) : toml_(document) {}

  Result<std::vector<BrandSettings>> read(const TomlValue& brands) {
    if (brands.kind != TomlValue::Kind::table)
      return fail(Errc::malformed, "\"brand\" must be tables, such as [brand.acme]",
                  toml_.where(brands));
    for (const TomlMember& member : brands.members)
      if (auto done = read_brand(member); !done) return fail(std::move(done.error()));
    if (auto added = add_competitors_without_section(); !added) return fail(added.error());
    return std::move(brands_);
  }

 private:
  Result<void> read_brand(const TomlMember& member) {
    const TomlValue& table = member.value;
    if (auto known = toml_.only_keys(table, brand_keys); !known) return known;
    BrandSettings brand;
    brand.id = BrandId(member.key);
    brand.name = member.key;
    brand.where = toml_.where(member);
    if (auto done = set_text(toml_, table, "name", brand.name); !done) return done;
    if (auto done = read_query(table, brand); !done) return done;
    auto domains = toml_.strings(table, "own_domains");
    if (!domains) return fail(std::move(domains.error()));
    brand.own_domains = std::move(*domains);
    auto competitors = toml_.strings(table, "competitors");
    if (!competitors) return fail(std::move(competitors.error()));
    for (std::string& id : *competitors) brand.competitors.emplace_back(std::move(id));
    if (const TomlValue* watches = table.find("watch"))
      if (auto done = read_watches(*watches, brand); !done) return done;
    brands_.push_back(std::move(brand));
    return {};
  }

  Result<void> read_query(const TomlValue& table, BrandSettings& brand) const {
    brand.query = "\"" + brand.name + "\"";
    brand.query_where = brand.where;
    if (auto done = set_text(toml_, table, "query", brand.query); !done) return done;
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
    if (auto done = set_interval(toml_, table, "every", watch.every); !done)
      return fail(std::move(done.error()));
    if (auto done = read_matching(table, watch); !done) return fail(std::move(done.error()));
    for (const TomlMember& member : table.members) {
      if (member.key == "source" || member.key == "every" || member.key == "match") continue;
      auto values = parameter_values(member);
      if (!values) return fail(std::move(values.error()));
      watch.parameters[member.key] = std::move(*values);
      watch.value_where[member.key] = toml_.where(member.value);
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

  // One whose name is nearly that of a section is more likely misspelt than another brand.
  [[nodiscard]] Result<void> check_spelling(const BrandSettings& brand, const BrandId& id) const {
    std::vector<std::string_view> names;
    for (const BrandSettings& other : brands_)
      if (other.id != brand.id) names.push_back(other.id.value);
    const auto meant = text::did_you_mean(id.value, names);
    if (!meant) return {};
    return fail(Errc::malformed,
                "there is no [brand." + id.value + "] for the competitor \"" + id.value +
                    "\"; did you mean \"" + std::string(*meant) +
                    "\"? If it is another brand, give it a section",
                brand.where);
  }

  Result<void> add_competitors_without_section() {
    std::vector<BrandSettings> implied;
    for (const BrandSettings& brand : brands_) {
      for (const BrandId& id : brand.competitors) {
        const auto same = [&](const BrandSettings& other) { return other.id == id; };
        if (std::any_of(brands_.begin(), brands_.end(), same)) continue;
        if (std::any_of(implied.begin(), implied.end(), same)) continue;
        if (auto spelt = check_spelling(brand, id); !spelt) return spelt;
        BrandSettings competitor;
        competitor.id = id;
        competitor.name = id.value;
        competitor.query = "\"" + id.value + "\"";
        competitor.where = competitor.query_where = brand.where;
        implied.push_back(std::move(competitor));
      }
    }
    brands_.insert(brands_.end(), implied.begin(), implied.end());
    return {};
  }

  const TomlDocument& toml_;
  std::vector<BrandSettings> brands_;
};

}  // namespace

Result<std::vector<BrandSettings>> read_brands(const TomlDocument& document,
                                               const TomlValue& brands) {
  return BrandReader(document).read(brands);
}

}  // namespace testigo::app
