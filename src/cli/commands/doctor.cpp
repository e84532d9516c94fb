#include <filesystem>
#include <ostream>
#include <unistd.h>

#include "app/crawl_plan.h"
#include "app/files.h"
#include "archive/verify.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "formats/json_writer.h"
#include "store/check.h"
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

Finding look_at_store(Context& context) {
  auto path = context.store_path();
  if (!path) return {"store", false, describe(path.error())};
  if (!std::filesystem::exists(*path))
    return look_at_folder("store", std::filesystem::path(*path).parent_path().string());
  auto store = store::Store::open(*path);
  if (!store) return {"store", false, describe(store.error())};
  auto counts = store::counts(*store);
  if (!counts) return {"store", false, describe(counts.error())};
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

void look_deeply(Context& context, std::vector<Finding>& findings) {
  auto store = context.open_store();
  if (!store) {
    findings.push_back({"deep", false, describe(store.error())});
    return;
  }
  auto checks = store::check_deeply(*store);
  if (!checks) {
    findings.push_back({"deep", false, describe(checks.error())});
    return;
  }
  for (const store::CheckResult& check : *checks)
    findings.push_back({check.name, check.good, check.what});
  std::vector<EvidenceRef> references;
  auto listed = store::for_each_evidence(*store, [&](const store::EvidenceRow& row) {
    references.push_back(row.where);
    return true;
  });
  auto folder = context.archive_folder();
  if (!listed || !folder) return;
  const auto report = archive::verify_references(*folder, references);
  findings.push_back({"evidence", report.sound(),
                      std::to_string(references.size()) + " records that mentions stand on, " +
                          std::to_string(report.problems.size()) + " problems"});
}

ExitCode run(Context& context, const Arguments& arguments) {
  std::vector<Finding> findings = {look_at_configuration(context), look_at_rules(context),
                                   look_at_watches(context), look_at_store(context)};
  if (auto archive = context.archive_folder())
    findings.push_back(look_at_folder("archive", *archive));
  look_at_erasures(context, findings);
  if (arguments.has("--deep")) look_deeply(context, findings);
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
            "read everything: integrity, rollups against rows, full text, evidence", false, ""}},
          {{"doctor", "a minute's look after an update"},
           {"doctor --deep --json", "for a nightly check; exit 1 when something is wrong"}},
          run};
}

}  // namespace testigo::cli
