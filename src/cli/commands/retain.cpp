#include "app/retain.h"

#include <ostream>

#include "app/crawl_lock.h"
#include "cli/commands/commands.h"
#include "cli/commands/erase_words.h"
#include "cli/commands/turn.h"

namespace testigo::cli {
namespace {

render::Rows rows_of(const app::RetainOutcome& outcome) {
  render::Rows rows{{"erasure", "source", "why", "posts", "revisions", "mentions", "records",
                     "digest_only", "digest"},
                    {}};
  for (const app::Retained& one : outcome.erased) {
    const store::ErasureReceipt& receipt = one.receipt;
    std::vector<render::Value> row;
    row.emplace_back(receipt.id == 0 ? render::Value() : render::Value(receipt.id));
    row.emplace_back(one.source.empty() ? render::Value() : render::Value(one.source));
    row.emplace_back(one.why);
    for (const std::int64_t count :
         {receipt.rows.posts, receipt.rows.revisions, receipt.rows.mentions,
          static_cast<std::int64_t>(receipt.records.size()), receipt.digest_only})
      row.emplace_back(count);
    row.emplace_back(receipt.digest);
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

// What there was to do without a rule that erased something.
void tell_earlier(Context& context, const app::RetainOutcome& outcome, bool dry_run) {
  if (outcome.earlier && dry_run)
    context.err() << "testigo: an earlier erasure did not come to its end; `testigo retain` "
                     "finishes it\n";
  else if (outcome.earlier && outcome.left.empty() && !outcome.unwritten)
    context.err() << "testigo: an earlier erasure was finished\n";
  if (outcome.erased.empty())
    context.err() << (outcome.earlier ? "testigo: nothing else is due\n"
                                      : "testigo: nothing is due\n");
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto folder = context.archive_folder();
  if (!folder) return context.failed(folder.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  say_if_waiting(context, *store);
  auto lock = app::CrawlLock::take(store->path());
  if (!lock) return context.failed(lock.error());
  const app::EraseTools tools{*store, *folder, context.clock(), archive_progress(context)};
  const bool dry_run = arguments.has("--dry-run");
  auto outcome = app::retain(tools, **configuration, **book, dry_run);
  if (!outcome)
    return outcome.error().code == Errc::malformed ? context.bad_configuration(outcome.error())
                                                   : context.failed(outcome.error());
  tell_earlier(context, *outcome, dry_run);
  context.out() << render::render_rows(rows_of(*outcome), context.format(), context.terminal());
  return tell_rest(context, outcome->notes, outcome->left, outcome->unwritten);
}

}  // namespace

Command retain_command() {
  return {"retain",
          "keep",
          "Erase what retention periods and the sources' terms say is not to be kept",
          {{"--dry-run", Arity::flag, "", "only say what would be erased", false, ""}},
          {{"retain --dry-run", "what is due today"},
           {"retain", "for a daily cron job, after the crawl"}},
          run};
}

}  // namespace testigo::cli
