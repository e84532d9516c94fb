#include "sources/chain_table.h"

#include <algorithm>
#include <utility>

#include "sources/selector_check.h"
#include "sources/step_table.h"

namespace testigo::sources {
namespace {

using extract::EachSpec;
using formats::TomlMember;
using formats::TomlValue;

constexpr std::int64_t most_requests = 10'000;  // that one answer may lead to
constexpr std::int64_t most_together = 100;     // elements in one request: no service takes more

class ChainTable {
 public:
  ChainTable(CheckedToml& toml, Source& source) : toml_(toml), source_(source) {}

  void read(const TomlValue& steps) {
    if (!toml_.is(steps, TomlValue::Kind::array, "step")) return;
    for (const TomlValue& table : steps.items) {
      if (!toml_.is(table, TomlValue::Kind::table, "step")) return;
      read_one(table);
      if (toml_.error()) return;
    }
  }

 private:
  void read_one(const TomlValue& table) {
    toml_.only(table,
               {"name",        "like",      "from",     "entry",        "recheck", "ids",
                "for_each",    "variables", "changed",  "only_if",      "skip_if", "children",
                "unless_here", "together",  "joint",    "max_requests", "format",  "request",
                "paging",      "items",     "articles", "whole"});
    Step step = read_step_table(toml_, table, begin_like(table));
    step.name = toml_.required(table, "name");
    check_name(step.name, table);
    step.entry = toml_.boolean(table, "entry", false);
    step.recheck = toml_.boolean(table, "recheck", false);
    step.ids = toml_.string(table, "ids");
    step.max_requests = static_cast<std::size_t>(
        toml_.integer(table, "max_requests", step.recheck ? 10 : 200, 1, most_requests));
    step.together = static_cast<std::size_t>(toml_.integer(table, "together", 1, 1, most_together));
    step.joint = toml_.string(table, "joint", ",");
    if (!step.entry && !(step.needs.empty() && step.unless.empty()))
      toml_.wrong(table,
                  "\"needs\" and \"unless\" are for requests that are asked at first: the "
                  "source's own, and steps with entry = true.");
    if (!step.recheck && !step.ids.empty())
      toml_.wrong(*table.find("ids"), "\"ids\" needs recheck = true.");
    if (step.recheck)
      check_recheck(step, table);
    else if (!step.entry || table.find("for_each") != nullptr)
      attach(table, step.name);
    if (!toml_.error()) source_.steps.push_back(std::move(step));
  }

  // What asks for posts by their ids follows from no answer, and leads to none.
  void check_recheck(Step& step, const TomlValue& table) {
    step.paging = {};  // of the step that it is like
    for (const std::string_view key : {"entry", "from", "for_each", "variables", "paging"})
      if (const TomlValue* said = table.find(key))
        toml_.wrong(*said, "\"" + std::string(key) + "\" has no place beside recheck = true.");
    const bool twice =
        std::any_of(source_.steps.begin(), source_.steps.end(),
                    [](const Step& other) { return other.recheck && other.ids.empty(); });
    if (twice)
      toml_.wrong(*table.find("recheck"),
                  "another step asks for all posts that are kept: say which of them with its "
                  "\"ids\", the form that they have.");
    for (const extract::ItemSpec& items : step.extractor.items) {
      if (items.fields.contains(extract::PostField::id) && items.scope.empty()) continue;
      toml_.wrong(*table.find("recheck"),
                  "recheck = true needs items with an \"id\", and without \"scope\".");
    }
  }

  // What holds of a step until its table says otherwise: what the step that it is like has, but for
  // what that leads to.
  Step begin_like(const TomlValue& table) {
    const TomlValue* like = table.find("like");
    if (like != nullptr) {
      if (Step* step = step_named(table, "like")) {
        Step begin = *step;
        begin.extractor.each.clear();
        begin.extractor.want_links = false;
        return begin;
      }
    }
    Step begin;
    begin.extractor.source = source_.id;
    begin.extractor.language = source_.steps.front().extractor.language;
    return begin;
  }

  Step* find(std::string_view name) {
    const auto found = std::find_if(source_.steps.begin(), source_.steps.end(),
                                    [&](const Step& step) { return step.name == name; });
    return found == source_.steps.end() ? nullptr : &*found;
  }

  // The step that a key names; null pointer, and that noted, where there is none.
  Step* step_named(const TomlValue& table, std::string_view key) {
    const std::string name = toml_.string(table, key);
    Step* step = find(name);
    if (step == nullptr)
      toml_.wrong(*table.find(key), "there is no step \"" + name + "\" above this one.");
    return step;
  }

  void check_name(const std::string& name, const TomlValue& table) {
    const bool ours = name == sitemap_step || name == feed_step || name == comment_feed_step;
    if ((find(name) != nullptr || ours) && !toml_.error())
      toml_.wrong(*table.find("name"),
                  "there is a step \"" + name + "\" already; name it otherwise.");
  }

  // The answers that the step's requests come from yield its variables.
  void attach(const TomlValue& table, const std::string& name) {
    EachSpec each;
    each.step = name;
    each.list = toml_.strings(table, "for_each");
    each.children = toml_.string(table, "children");
    each.unless_here = toml_.string(table, "unless_here");
    each.changed = toml_.strings(table, "changed");
    each.only_if = toml_.strings(table, "only_if");
    each.skip_if = toml_.strings(table, "skip_if");
    if (const TomlValue* variables = table.find("variables");
        variables != nullptr && toml_.is(*variables, TomlValue::Kind::table, "variables")) {
      for (const TomlMember& member : variables->members)
        each.variables[member.key] = toml_.strings(*variables, member.key);
    }
    if (each.list.empty()) {
      return toml_.wrong(
          table, "the step needs \"for_each\": where in the answer its requests come from.");
    }
    std::vector<std::string> from = toml_.strings(table, "from");
    if (from.empty()) from.emplace_back();
    for (const std::string& origin : from) {
      Step* step = find(origin);
      if (step == nullptr)
        return toml_.wrong(*table.find("from"),
                           "there is no step \"" + origin + "\" above this one.");
      check(step->extractor.format, each, table);
      step->extractor.each.push_back(each);
    }
  }

  void check(extract::Format format, const EachSpec& each, const TomlValue& table) {
    check_selectors(toml_, format, each.list, *table.find("for_each"), "for_each");
    check_selectors(toml_, format, each.changed, table, "changed");
    if (!each.children.empty()) {
      if (!is_json(format))
        toml_.wrong(*table.find("children"), "\"children\" is for json and jsonl.");
      check_selectors(toml_, format, {each.children}, *table.find("children"), "children");
    }
    for (const std::string_view key : {"only_if", "skip_if"})
      if (const TomlValue* said = table.find(key))
        check_conditions(toml_, format, key == "only_if" ? each.only_if : each.skip_if, *said, key);
    for (const auto& [name, selectors] : each.variables)
      check_selectors(toml_, format, selectors, *table.find("variables"), name);
  }

  CheckedToml& toml_;
  Source& source_;
};

}  // namespace

void read_chain(CheckedToml& toml, const TomlValue& steps, Source& source) {
  ChainTable(toml, source).read(steps);
}

}  // namespace testigo::sources
