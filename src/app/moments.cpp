#include "app/moments.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/verdict.h"
#include "formats/toml.h"
#include "sources/checked_toml.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

using namespace std::string_view_literals;
using formats::TomlValue;
using sources::CheckedToml;

constexpr std::string_view file_name = "moments.toml";
constexpr std::array axis_names = {"stage"sv, "service"sv, "cycle"sv, "degree"sv};  // JourneyAxis

std::set<std::string_view> values_of(JourneyAxis axis) {
  if (axis == JourneyAxis::degree) {
    std::set<std::string_view> names;
    for (const Degree degree :
         {Degree::very_pain, Degree::pain, Degree::none, Degree::glory, Degree::very_glory})
      names.insert(to_string(degree));
    return names;
  }
  constexpr std::array axes = {Axis::stage, Axis::service, Axis::cycle};
  const auto names = value_names(axes[static_cast<std::size_t>(axis)]);
  return {names.begin(), names.end()};
}

NameInLanguages names_at(CheckedToml& toml, const TomlValue& table) {
  NameInLanguages names;
  if (table.find("name") == nullptr) {
    toml.wrong(table, "\"name\" is missing: name = { en = \"…\" }");
    return names;
  }
  for (auto& [language, name] : toml.pairs(table, "name")) names[language] = std::move(name);
  if (!names.contains("en")) toml.wrong(*table.find("name"), "the English name is missing: en");
  return names;
}

// The axis whose key a moment has.
std::optional<JourneyAxis> axis_of(const TomlValue& moment) {
  for (std::size_t i = 0; i < axis_names.size(); ++i)
    if (moment.find(axis_names[i]) != nullptr) return static_cast<JourneyAxis>(i);
  return std::nullopt;
}

class FrameworkReader {
 public:
  FrameworkReader(CheckedToml& toml, const TomlValue& table) : toml_(toml), table_(table) {}

  Framework read() {
    toml_.only(table_, {"id", "name", "about", "moment"});
    Framework made;
    made.id = toml_.required(table_, "id");
    made.name = names_at(toml_, table_);
    made.about = toml_.string(table_, "about");
    const TomlValue* moments = table_.find("moment");
    if (moments == nullptr || moments->items.empty()) {
      toml_.wrong(table_, "a framework has at least one [[framework.moment]]");
      return made;
    }
    if (const auto axis = axis_of(moments->items.front())) made.axis = *axis;
    for (const TomlValue& moment : moments->items) add_moment(made, moment);
    return made;
  }

 private:
  void add_moment(Framework& framework, const TomlValue& moment) {
    toml_.only(moment, {"id", "short", "name", "stage", "service", "cycle", "degree"});
    const std::string_view axis = axis_names[static_cast<std::size_t>(framework.axis)];
    if (axis_of(moment) != framework.axis)
      return toml_.wrong(moment, "the moments of a framework gather by one axis: \"" +
                                     std::string(axis) + "\" is missing");
    insight::MomentSpec spec{toml_.required(moment, "id"), toml_.strings(moment, axis)};
    const auto known = values_of(framework.axis);
    for (const std::string& value : spec.values) {
      if (!known.contains(value))
        toml_.wrong(*moment.find(axis),
                    sources::unknown_name(axis, value, {known.begin(), known.end()}));
      if (!taken_.insert(value).second)
        toml_.wrong(*moment.find(axis), "\"" + value + "\" stands in another moment already");
    }
    framework.moments.push_back(std::move(spec));
    framework.names.push_back(names_at(toml_, moment));
  }

  CheckedToml& toml_;
  const TomlValue& table_;
  std::set<std::string> taken_;
};

}  // namespace

Result<Moments> Moments::load(std::span<const RuleFile> files) {
  Moments loaded;
  const RuleFile* file = last_rule_file(files, file_name);
  if (file == nullptr) return loaded;
  auto document = formats::parse_toml(file->path, file->bytes);
  if (!document) return fail(std::move(document.error()));
  CheckedToml toml(*document);
  const TomlValue& root = document->root();
  toml.only(root, {"framework", "other"});
  if (const TomlValue* other = root.find("other")) loaded.other_ = names_at(toml, *other);
  if (const TomlValue* frameworks = root.find("framework"))
    for (const TomlValue& table : frameworks->items)
      loaded.frameworks_.push_back(FrameworkReader(toml, table).read());
  if (toml.error()) return fail(*toml.error());
  return loaded;
}

Result<const Framework*> Moments::find(std::string_view id) const {
  std::vector<std::string_view> known;
  std::string list;
  for (const Framework& framework : frameworks_) {
    if (framework.id == id) return &framework;
    known.push_back(framework.id);
    list += (list.empty() ? "" : ", ") + framework.id;
  }
  const auto meant = text::did_you_mean(id, known);
  return fail(
      Errc::not_found,
      "there is no framework \"" + std::string(id) + "\"" +
          (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : "; there are " + list),
      "--framework");
}

std::string_view name_in(const NameInLanguages& names, std::string_view language) {
  const auto found = names.find(language);
  if (found != names.end()) return found->second;
  const auto english = names.find("en");
  return english == names.end() ? std::string_view() : std::string_view(english->second);
}

}  // namespace testigo::app
