#include "cli/commands/correct_rule.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/correction_rule.h"
#include "app/files.h"
#include "app/reclassify.h"
#include "cli/commands/person.h"
#include "core/digest.h"
#include "core/embedded.h"

namespace testigo::cli {
namespace {

struct Made {
  app::CorrectionRule rule;
  app::RuleChange change;
};

Result<std::string> rules_folder(Context& context) {
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  if (!(*configuration)->rules)
    return fail(Errc::refused,
                "say where your own rules are: rules = \"rules\" in the configuration",
                (*configuration)->file);
  return app::resolve_path((*configuration)->folder, *(*configuration)->rules);
}

Result<Made> make(Context& context, const Arguments& arguments, const store::MentionDetail& detail,
                  Tag tag) {
  auto folder = rules_folder(context);
  if (!folder) return fail(std::move(folder.error()));
  auto rule =
      app::correction_rule(*folder, detail.row.language, tag, arguments.value_or("--rule", ""),
                           person_of(arguments), context.now());
  if (!rule) return fail(std::move(rule.error()));
  std::error_code error;
  const bool is_there = std::filesystem::is_directory(*folder, error);
  auto files = app::rule_files(embedded_files(), is_there ? std::optional(*folder) : std::nullopt);
  if (!files) return fail(std::move(files.error()));
  auto change = app::with_rule(std::move(*files), *rule);
  if (!change) return fail(std::move(change.error()));
  return Made{std::move(*rule), std::move(*change)};
}

bool speaks(const std::optional<app::TriedMention>& tried, const std::string& rule) {
  return tried && std::any_of(tried->verdict.why.begin(), tried->verdict.why.end(),
                              [&](const Reason& one) { return one.rule == rule; });
}

// What the rule does to the very mention that it was made for.
struct Effect {
  bool speaks = false;
  bool asks_only = false;          // it would, were the text's questions statements
  std::optional<Tag> tag, before;  // with the rule, and without
};
Result<Effect> effect_on(const app::ReclassifyTools& with, const app::ReclassifyTools& without,
                         MentionId mention, const std::string& rule) {
  const auto tried = app::try_mention(with, mention, app::Reading::as_it_is);
  if (!tried) return fail(tried.error());
  Effect effect;
  effect.speaks = speaks(*tried, rule);
  if (*tried) effect.tag = (*tried)->brand.tag;
  if (!effect.speaks) {
    const auto stated = app::try_mention(with, mention, app::Reading::as_statements);
    if (!stated) return fail(stated.error());
    effect.asks_only = speaks(*stated, rule);
    return effect;
  }
  const auto before = app::try_mention(without, mention, app::Reading::as_it_is);
  if (!before) return fail(before.error());
  if (*before) effect.before = (*before)->brand.tag;
  return effect;
}

std::string silent_because(const Effect& effect) {
  if (effect.asks_only)
    return "the words stand in a question of this text, where they do not count; leave out --rule "
           "to correct this mention alone";
  return "the pattern is not found in this mention's text";
}

// Beside a table, data stays data.
std::ostream& words(Context& context) {
  return context.format() == render::Format::table ? context.out() : context.err();
}

std::string_view name_of(const std::optional<Tag>& tag) {
  return tag ? to_string(*tag) : std::string_view("unclassified");
}

std::int64_t changed_by(const app::ReclassifyDiff& diff, const std::string& rule) {
  const auto found = diff.rules.find(rule);
  return found == diff.rules.end() ? 0 : found->second.gained_tag;
}

void say(Context& context, const app::ReclassifyDiff& diff, const std::string& rule) {
  words(context) << rule << ": " << changed_by(diff, rule) << " of " << diff.mentions
                 << " past mentions would get another tag\n";
  for (const app::TagExample& example : diff.examples) {
    if (std::find(example.gained.begin(), example.gained.end(), rule) == example.gained.end())
      continue;
    words(context) << "  " << show_key(example.mention.value) << ' ' << name_of(example.tags.first)
                   << " -> " << name_of(example.tags.second) << ": "
                   << render::neutralise(example.quote) << '\n';
  }
}

}  // namespace

ExitCode make_rule(Context& context, const Arguments& arguments, store::Store& store,
                   MentionId mention, Tag tag) {
  auto detail = store::find_mention(store, mention.value);
  if (!detail) return context.failed(detail.error());
  auto made = make(context, arguments, *detail, tag);
  if (!made)
    return made.error().code == Errc::malformed || made.error().code == Errc::refused
               ? context.bad_configuration(made.error())
               : context.failed(made.error());
  auto configuration = context.configuration();
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  const app::ReclassifyTools with{
      store, *configuration, made->change.book, context.clock(), {}, context.stop_by_signal()};
  const app::ReclassifyTools without{store, *configuration,          **book, context.clock(),
                                     {},    context.stop_by_signal()};
  const auto effect = effect_on(with, without, mention, made->rule.id);
  if (!effect) return context.failed(effect.error());
  const std::string pattern = arguments.value_or("--rule", "");
  if (!effect->speaks) return context.failed({Errc::refused, silent_because(*effect), pattern});
  const auto diff = app::reclassify_diff(with, {});
  if (!diff) return context.failed(diff.error());
  const bool idle = !made->change.was_there && effect->tag == effect->before &&
                    changed_by(*diff, made->rule.id) == 0;
  const Error useless{
      Errc::refused,
      "the rule would change the tag of no mention, not even of this one (testigo why " +
          show_key(mention.value) +
          " says what weighs more): take words that only such texts have, or leave out --rule",
      pattern};
  if (idle && !arguments.has("--dry-run")) return context.failed(useless);
  if (effect->tag != tag)
    context.err() << "testigo: with this rule alone the text is still " << name_of(effect->tag)
                  << "; other rules weigh more (testigo why " << show_key(mention.value) << ")\n";
  say(context, *diff, made->rule.id);
  if (idle) words(context) << "  without --dry-run it is refused: it changes nothing\n";
  if (arguments.has("--dry-run")) return ExitCode::done;
  if (auto written = app::replace_file(made->rule.path, made->change.bytes); !written)
    return context.failed(written.error());
  words(context) << made->rule.path << ": "
                 << (made->change.was_there ? "there already" : "written")
                 << "; testigo reclassify applies it to past mentions\n";
  return ExitCode::done;
}

}  // namespace testigo::cli
