#include "cli/commands/correct_rule.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/correction_rule.h"
#include "app/files.h"
#include "app/judge.h"
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

// Whether the rule speaks in the very text that it was made for, and what that text is then.
struct Effect {
  bool speaks = false;
  std::optional<Tag> tag;
};
Effect effect_on(const store::MentionDetail& detail, const Made& made) {
  const classify::Classifier classifier(made.change.book.rules);
  Post post;
  post.text = detail.row.text;
  post.title = detail.row.title;
  post.language = detail.row.language;
  const Verdict verdict = app::verdict_of(classifier, post, {});
  const bool speaks = std::any_of(verdict.why.begin(), verdict.why.end(),
                                  [&](const Reason& one) { return one.rule == made.rule.id; });
  return {speaks, verdict.tag};
}

// Beside a table, data stays data.
std::ostream& words(Context& context) {
  return context.format() == render::Format::table ? context.out() : context.err();
}

void say(Context& context, const app::ReclassifyDiff& diff, const std::string& rule) {
  const auto found = diff.rules.find(rule);
  const std::int64_t changed = found == diff.rules.end() ? 0 : found->second.gained;
  words(context) << rule << ": " << changed << " of " << diff.mentions
                 << " past mentions would get another tag\n";
  for (const app::TagExample& example : diff.examples) {
    if (std::find(example.gained.begin(), example.gained.end(), rule) == example.gained.end())
      continue;
    const auto name = [](const std::optional<Tag>& tag) {
      return tag ? to_string(*tag) : std::string_view("unclassified");
    };
    words(context) << "  " << show_key(example.mention.value) << ' ' << name(example.tags.first)
                   << " -> " << name(example.tags.second) << ": "
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
  const Effect effect = effect_on(*detail, *made);
  if (!effect.speaks)
    return context.failed({Errc::refused, "the pattern is not found in this mention's text",
                           arguments.value_or("--rule", "")});
  if (effect.tag != tag)
    context.err() << "testigo: with this rule alone the text is still "
                  << (effect.tag ? to_string(*effect.tag) : "unclassified")
                  << "; other rules weigh more (testigo why " << show_key(mention.value) << ")\n";
  auto configuration = context.configuration();
  const auto diff = app::reclassify_diff(
      {store, *configuration, made->change.book, context.clock(), {}, context.stop_by_signal()},
      {});
  if (!diff) return context.failed(diff.error());
  say(context, *diff, made->rule.id);
  if (arguments.has("--dry-run")) return ExitCode::done;
  if (auto written = app::replace_file(made->rule.path, made->change.bytes); !written)
    return context.failed(written.error());
  words(context) << made->rule.path << ": "
                 << (made->change.was_there ? "there already" : "written")
                 << "; testigo reclassify applies it to past mentions\n";
  return ExitCode::done;
}

}  // namespace testigo::cli
