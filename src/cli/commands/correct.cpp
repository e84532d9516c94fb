#include <ostream>

#include "app/reclassify.h"
#include "cli/commands/commands.h"
#include "cli/commands/correct_rule.h"
#include "cli/commands/person.h"
#include "cli/commands/turn.h"
#include "cli/context.h"
#include "core/digest.h"
#include "core/verdict.h"
#include "store/corrections.h"

namespace testigo::cli {
namespace {

Result<std::optional<Tag>> tag_argument(const Arguments& arguments) {
  const auto word = arguments.value("TAG");
  if (word.has_value() == arguments.has("--undo"))
    return fail(Errc::malformed, "say a tag, or --undo", "TAG");
  if (!word) return std::optional<Tag>();
  const auto value = parse_value(Axis::tag, *word);
  if (!value)
    return fail(Errc::malformed,
                "\"" + *word + "\" is none of advocacy, complaint, mixed, question, other", "TAG");
  return std::optional(static_cast<Tag>(*value));
}

std::string name_of(const std::optional<Tag>& tag) {
  return tag ? std::string(to_string(*tag)) : "unclassified";
}

Result<store::Correction> undo(Context& context, store::Store& store, MentionId mention,
                               const store::Corrector& by) {
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  auto configuration = context.configuration();
  const app::ReclassifyTools tools{store,  configuration ? *configuration : nullptr,
                                   **book, context.clock(),
                                   {},     context.stop_by_signal()};
  const auto ruled = app::ruled_mention(tools, mention);
  if (!ruled) return fail(ruled.error());
  return store::undo_correction(store, mention, by, *ruled);
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::string id = arguments.value_or("ID", "");
  const auto key = parse_key(id);
  if (!key) return context.bad_usage({Errc::malformed, "\"" + id + "\" is no mention's id", "ID"});
  auto tag = tag_argument(arguments);
  if (!tag) return context.bad_usage(tag.error());
  for (const char* name : {"--rule", "--dry-run"})
    if (arguments.has(name) && (!*tag || !arguments.has("--rule")))
      return context.bad_usage(
          {Errc::malformed, "needs a tag and a pattern: TAG --rule PATTERN", name});
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  say_if_waiting(context, *store);
  if (arguments.has("--rule")) {
    const ExitCode made = make_rule(context, arguments, *store, MentionId(*key), **tag);
    if (made != ExitCode::done || arguments.has("--dry-run")) return made;
  }
  const store::Corrector by{person_of(arguments), context.now(), arguments.value("--note")};
  auto made = *tag ? store::correct(*store, MentionId(*key), **tag, by)
                   : undo(context, *store, MentionId(*key), by);
  if (!made) return context.failed(made.error());
  const render::Rows rows{{"mention", "was", "tag", "by", "at"},
                          {{show_key(made->mention.value), name_of(made->was), name_of(made->tag),
                            by.person, to_iso8601(by.at)}}};
  context.out() << render::render_rows(rows, context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command correct_command() {
  return {
      "correct",
      "classify",
      "Set the tag of one mention, with who says so and when; or make it a rule",
      {{"ID", Arity::positional, "", "the mention's id", true, ""},
       {"TAG", Arity::positional, "", "advocacy, complaint, mixed, question or other", false, ""},
       {"--undo", Arity::flag, "", "back to what the rules say", false, ""},
       {"--rule", Arity::value, "PATTERN",
        "also make words of this text a rule in your rules folder; says first how many past "
        "mentions would change",
        false, ""},
       {"--dry-run", Arity::flag, "", "with --rule: only say how many", false, ""},
       {"--by", Arity::value, "NAME", "who says so; the user unless said", false, ""},
       {"--note", Arity::value, "TEXT", "why", false, ""}},
      {{"correct 3f2a9c0d11e2b745 complaint --note irony",
        "this mention only; rules stay as they are"},
       {"correct 3f2a9c0d11e2b745 complaint --rule 'great idea to break'",
        "and whatever says the same, from now on"},
       {"correct 3f2a9c0d11e2b745 --undo", "what the rules say again"}},
      run};
}

}  // namespace testigo::cli
