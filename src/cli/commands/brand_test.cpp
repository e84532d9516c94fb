#include <ostream>
#include <set>

#include "app/brand_trial.h"
#include "app/import_rows.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/context.h"
#include "query/match.h"
#include "query/parse.h"
#include "render/brand_trial_table.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

Result<void> look_at_file(const std::string& file, const app::ImportPresets& presets, UtcTime now,
                          app::BrandTrial& trial) {
  app::ImportOptions options;
  options.file = file;
  auto rows = app::open_import(options, presets);
  if (!rows) return fail(std::move(rows.error()));
  while (true) {
    auto row = (*rows)->next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return {};
    auto post = app::post_of(**row, (*rows)->plan(), now);
    if (!post) continue;
    trial.look({file + ":" + std::to_string((*row)->line), post->item.value_or(""),
                post->title.value_or(""), post->text,
                query::facts_of(*post, BrandId(), std::nullopt)});
  }
}

Result<void> look_at_store(Context& context, app::BrandTrial& trial) {
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  store::MentionFilter all;
  all.limit = 0;
  std::set<std::int64_t> seen;  // a post that two brands share is looked at once
  return store::for_each_mention(*store, all, [&](const store::MentionRow& row) {
    if (!seen.insert(row.post.value).second) return true;
    query::Facts facts;
    facts.source = row.source;
    facts.language = row.language;
    facts.url = row.url;
    const std::string item = row.item.value_or(""), title = row.title.value_or("");
    trial.look({row.source.value, item, title, row.text, std::move(facts)});
    return true;
  });
}

// The brand of the configuration whose query is tried; none yet where only --query is given.
Result<const app::BrandSettings*> brand_of(Context& context, const Arguments& arguments) {
  const auto id = arguments.value("BRAND");
  if (!id && arguments.has("--query")) return nullptr;
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  if (!id)
    return fail(Errc::not_found, "name a brand of the configuration, or give a query with --query",
                "BRAND");
  auto known = known_brand(context, *id, "BRAND");
  if (!known) return fail(std::move(known.error()));
  return (*configuration)->find_brand(*known);
}

Result<void> look_at_all(Context& context, const Arguments& arguments, app::BrandTrial& trial) {
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  const auto files = arguments.values("FILE");
  if (files.empty()) return look_at_store(context, trial);
  for (const std::string& file : files)
    if (auto looked = look_at_file(file, (*book)->import_presets, context.now(), trial); !looked)
      return looked;
  return {};
}

ExitCode run(Context& context, const Arguments& arguments) {
  const bool nameless = !arguments.has("BRAND") && arguments.has("--query");
  if (auto configuration = context.configuration(); !nameless && !configuration)
    return context.bad_configuration(configuration.error());
  auto brand = brand_of(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto query = query::parse_query(arguments.value_or("--query", *brand ? (*brand)->query : ""));
  if (!query) return context.bad_usage(query.error());
  auto files = rule_texts(context);
  if (!files) return context.bad_configuration(files.error());
  auto words = app::AskingWords::load(*files);
  if (!words) return context.bad_configuration(words.error());
  const std::string shown = query::show(query->root);
  app::BrandTrial::Brand about;
  if (*brand) about = {(*brand)->name, (*brand)->own_domains};
  app::BrandTrial trial(std::move(*query), std::move(about), *words);
  if (auto looked = look_at_all(context, arguments, trial); !looked)
    return context.failed(looked.error());
  const insight::TrialResult result = trial.result();
  if (context.format() == render::Format::table) {
    context.out() << render::render_brand_trial(shown, result, context.terminal());
  } else {
    context.out() << render::render_rows(render::brand_trial_rows(shown, result), context.format(),
                                         context.terminal());
  }
  return ExitCode::done;
}

}  // namespace

Command brand_test_command() {
  return {
      "brand test",
      "set up",
      "What a brand's query catches, its noise, and what it only just misses",
      {{"BRAND", Arity::positional, "", "its id in testigo.toml; none is needed with --query",
        false, ""},
       {"FILE", Arity::rest, "", "CSV or JSONL of sample posts; else the stored ones", false, ""},
       {"--query", Arity::value, "Q", "try this query in place of the configured one", false, ""}},
      {{"brand test acme", "on what is stored"},
       {"brand test acme sample.jsonl --query '\"acme cloud\" NOT corporation'",
        "another query on a file of posts, before it is saved"}},
      run};
}

}  // namespace testigo::cli
