#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <set>
#include <unistd.h>

#include "app/crawl_lock.h"
#include "app/crawl_plan.h"
#include "app/files.h"
#include "app/reclassify.h"
#include "archive/cdxj_index.h"
#include "archive/verify.h"
#include "cli/commands/commands.h"
#include "cli/commands/judged.h"
#include "cli/commands/turn.h"
#include "cli/context.h"
#include "formats/json_writer.h"
#include "store/check.h"
#include "store/check_mentions.h"
#include "store/check_verdicts.h"
#include "store/erasure.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

constexpr std::uintmax_t little_space = 512ull * 1024 * 1024;  // a day's crawl of a busy brand

// One thing looked at: good, or what is wrong with it and how to mend it.
struct Finding {
  std::string name;
  bool good = true;
  std::string what;
};

Finding look_at_configuration(Context& context) {
  auto configuration = context.configuration();
  if (!configuration) return {"configuration", false, describe(configuration.error())};
  if ((*configuration)->contact.empty())
    return {"configuration", false,
            (*configuration)->file + ": \"contact\" is missing; sites cannot write to you"};
  return {"configuration", true, (*configuration)->file};
}

Finding look_at_rules(Context& context) {
  auto book = context.rule_book();
  if (!book) return {"rules", false, describe(book.error())};
  return {"rules", true,
          std::to_string((*book)->rules.size()) + " rules, " +
              std::to_string((*book)->sources.size()) + " sources, " + (*book)->rules.hash()};
}

Finding look_at_watches(Context& context) {
  auto configuration = context.configuration();
  auto book = context.rule_book();
  if (!configuration || !book) return {"watches", false, "not looked at"};
  auto watches = app::planned_watches(**configuration, **book, context.now());
  if (!watches) return {"watches", false, describe(watches.error())};
  for (const app::PlannedWatch& watch : *watches) {
    const sources::Auth& auth = watch.source->auth;
    const std::string missing = sources::missing_secrets(auth, Context::secrets(**book));
    if (!auth.optional && !missing.empty())
      return {"watches", false,
              watch.settings.where + ": source " + watch.source->id.value + ": " + missing};
  }
  return {"watches", true, std::to_string(watches->size())};
}

Finding look_at_folder(const std::string& name, const std::string& folder) {
  std::error_code error;
  const std::filesystem::path path = folder.empty() ? "." : folder;
  const auto space = std::filesystem::space(path, error);
  if (error) return {name, true, folder + " is not there yet"};
  if (access(path.c_str(), W_OK) != 0) return {name, false, folder + " cannot be written"};
  const std::string left = std::to_string(space.available / 1024 / 1024) + " MiB free";
  return {name, space.available >= little_space, folder + ": " + left};
}

std::size_t archived_files(Context& context) {
  const auto folder = context.archive_folder();
  return folder ? archive::archive_files(*folder).size() : 0;
}

Finding look_at_store(Context& context) {
  auto path = context.store_path();
  if (!path) return {"store", false, describe(path.error())};
  if (!std::filesystem::exists(*path))
    return look_at_folder("store", std::filesystem::path(*path).parent_path().string());
  auto store = store::Store::open(*path);
  if (!store) return {"store", false, describe(store.error())};
  auto counts = store::counts(*store);
  if (!counts) return {"store", false, describe(counts.error())};
  const std::size_t kept = archived_files(context);
  if (counts->runs == 0 && kept > 0)
    return {"store", false,
            *path + " is empty, but the archive holds " + std::to_string(kept) +
                " files; restore a backup, or read them again with testigo import"};
  return {"store", true,
          *path + ", schema " + std::to_string(counts->version) + ", " +
              std::to_string(counts->mentions) + " mentions, " +
              std::to_string(counts->bytes / 1024) + " KiB"};
}

// Bytes that somebody asked to be erased, and that are still there.
void look_at_erasures(Context& context, std::vector<Finding>& findings) {
  auto store = context.open_store();
  if (!store) return;  // said above
  const auto state = store::erasure_state(*store);
  if (!state) return findings.push_back({"erasures", false, describe(state.error())});
  const bool done = state->unfinished == 0 && state->records == 0;
  findings.push_back({"erasures", done,
                      done ? "none is unfinished"
                           : std::to_string(state->unfinished) + " unfinished, " +
                                 std::to_string(state->records) +
                                 " records to overwrite; testigo retain goes on with it"});
}

Finding look_at_evidence(store::Store& store, const std::string& folder) {
  std::vector<EvidenceRef> references;
  auto listed = store::for_each_evidence(store, [&](const store::EvidenceRow& row) {
    references.push_back(row.where);
    return true;
  });
  if (!listed) return {"evidence", false, describe(listed.error())};
  const auto report = archive::verify_references(folder, references);
  return {"evidence", report.sound(),
          std::to_string(references.size()) + " records that mentions stand on, " +
              std::to_string(report.problems.size()) + " problems"};
}

// A file that is being written gets its index when it is full or its crawl has ended.
std::vector<std::string> files_without_index(Context& context) {
  std::vector<std::string> without;
  const auto folder = context.archive_folder();
  for (const std::string& file :
       folder ? archive::archive_files(*folder) : std::vector<std::string>())
    if (!std::filesystem::exists(archive::cdxj_path(file))) without.push_back(file);
  return without;
}

bool crawl_is_at_work(Context& context) {
  const auto path = context.store_path();
  return path && !app::CrawlLock::take(*path);
}

Finding look_at_indexes(Context& context) {
  const std::vector<std::string> without = files_without_index(context);
  if (without.empty() || crawl_is_at_work(context))
    return {"archive index", true, "every finished file has its own"};
  return {"archive index", false,
          std::to_string(without.size()) + " files have no index (" + without.front() +
              "); testigo doctor --rebuild makes them again"};
}

// What the verdicts of today's rules name must be rules of today.
Finding look_at_rule_names(Context& context, store::Store& store) {
  auto book = context.rule_book();
  if (!book) return {"rule names", false, "not looked at"};
  const auto named = store::rules_named(store, (*book)->rules.hash());
  if (!named) return {"rule names", false, describe(named.error())};
  std::set<std::string> known;
  for (classify::RuleRow& row : classify::list_rules((*book)->rules))
    known.insert(std::move(row.id));
  std::vector<std::string> strange;
  std::set_difference(named->begin(), named->end(), known.begin(), known.end(),
                      std::back_inserter(strange));
  if (strange.empty())
    return {"rule names", true, std::to_string(named->size()) + " that reasons name are there"};
  return {"rule names", false,
          std::to_string(strange.size()) + " that reasons name are not among the rules (" +
              strange.front() + "); restore a backup"};
}

std::string rules_of_today(Context& context) {
  auto book = context.rule_book();
  return book ? std::string((*book)->rules.hash()) : std::string();
}

Finding look_at_mentions(Context& context, store::Store& store) {
  const auto astray = store::astray_mentions(store, rules_of_today(context));
  if (!astray) return {"verdicts of mentions", false, describe(astray.error())};
  const store::CheckResult check = store::check_mentions(*astray);
  return {check.name, check.good, check.what};
}

void look_deeply(Context& context, std::vector<Finding>& findings) {
  auto store = context.open_store();
  if (!store) {
    findings.push_back({"deep", false, describe(store.error())});
    return;
  }
  for (const auto& looked : {store::check_deeply(*store), store::check_verdicts(*store)}) {
    if (!looked) findings.push_back({"deep", false, describe(looked.error())});
    for (const store::CheckResult& check : looked.value_or(std::vector<store::CheckResult>()))
      findings.push_back({check.name, check.good, check.what});
  }
  findings.push_back(look_at_mentions(context, *store));
  findings.push_back(look_at_rule_names(context, *store));
  const auto several = several_rules(*store, true);
  findings.push_back(
      {"rules of mentions", true,
       several ? "several versions: `testigo reclassify`" : "one version judged them all"});
  if (const auto folder = context.archive_folder())
    findings.push_back(look_at_evidence(*store, *folder));
  findings.push_back(look_at_indexes(context));
}

// Verdicts and tags that were lost, where the rules that gave them are those of today.
Result<void> judge_astray(Context& context, store::Store& store) {
  auto book = context.rule_book();
  if (!book) return {};  // said by the look at it
  const auto astray = store::astray_mentions(store, (*book)->rules.hash());
  if (!astray) return fail(astray.error());
  if (astray->judged_by_these.empty()) return {};
  auto configuration = context.configuration();
  const app::ReclassifyTools tools{store,  configuration ? *configuration : nullptr,
                                   **book, context.clock(),
                                   {},     context.stop_by_signal()};
  if (auto judged = app::judge_again(tools, astray->judged_by_these); !judged)
    return fail(judged.error());
  return {};
}

// Everything that is made from other things, made again.
Result<void> make_again(Context& context) {
  auto store = context.open_store();
  if (!store) return fail(std::move(store).error());
  say_if_waiting(context, *store);
  if (auto rebuilt = store::rebuild(*store); !rebuilt) return rebuilt;
  if (auto judged = judge_astray(context, *store); !judged) return judged;
  if (crawl_is_at_work(context)) return {};
  for (const std::string& file : files_without_index(context))
    if (auto written = archive::write_cdxj(file); !written) return fail(std::move(written).error());
  return {};
}

ExitCode run(Context& context, const Arguments& arguments) {
  const bool rebuild = arguments.has("--rebuild");
  if (rebuild) {
    if (auto again = make_again(context); !again) return context.failed(again.error());
  }
  std::vector<Finding> findings = {look_at_configuration(context), look_at_rules(context),
                                   look_at_watches(context), look_at_store(context)};
  if (auto archive = context.archive_folder())
    findings.push_back(look_at_folder("archive", *archive));
  look_at_erasures(context, findings);
  if (arguments.has("--deep") || rebuild) look_deeply(context, findings);
  render::Rows rows{{"check", "good", "what"}, {}};
  bool good = true;
  for (const Finding& finding : findings) {
    good = good && finding.good;
    rows.rows.push_back({finding.name, finding.good, finding.what});
  }
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return good ? ExitCode::done : ExitCode::failure;
}

}  // namespace

Command doctor_command() {
  return {"doctor",
          "set up",
          "Check configuration, rules, store and archive",
          {{"--deep", Arity::flag, "",
            "read everything: integrity, rollups against rows, verdicts against reasons, evidence",
            false, ""},
           {"--rebuild", Arity::flag, "",
            "make views, indexes, full text, copies, rollups and lost verdicts again, then --deep",
            false, ""}},
          {{"doctor", "a minute's look after an update"},
           {"doctor --deep --json", "for a nightly check; exit 1 when something is wrong"},
           {"doctor --rebuild", "mend what --deep found and can be made again"}},
          run};
}

}  // namespace testigo::cli
