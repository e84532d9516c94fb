#include "store/evidence.h"

#include <ostream>

#include "app/files.h"
#include "archive/tombstone.h"
#include "archive/verify.h"
#include "archive/warc_reader.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/digest.h"
#include "formats/json_writer.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

struct Evidence {
  store::EvidenceRow row;
  archive::WarcRecord record;
};

Result<Evidence> evidence_of(Context& context, const std::string& id) {
  const auto key = parse_key(id);
  if (!key)
    return fail(Errc::malformed, "\"" + id + "\" is no mention's id; ids have 16 digits", "ID");
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  auto found = store::find_evidence(*store, *key);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return fail(Errc::not_found, "no evidence is kept for this mention", id);
  auto folder = context.archive_folder();
  if (!folder) return fail(std::move(folder.error()));
  const EvidenceRef& where = (*found)->where;
  auto record = archive::read_record_at(app::resolve_path(*folder, where.file), where.offset);
  if (!record) return fail(std::move(record.error()));
  return Evidence{std::move(**found), std::move(*record)};
}

// The record was erased for the sake of another post that it held.
ExitCode show_digest(Context& context, const Evidence& evidence, bool body) {
  const EvidenceRef& where = evidence.row.where;
  if (body)
    return context.failed({Errc::not_found,
                           "digest_only: the record was erased, its bytes are gone",
                           where.file + ":" + std::to_string(where.offset)});
  context.out() << "digest_only: the record was erased at "
                << render::neutralise(evidence.record.field(archive::erased_field))
                << " for another post that it held\nrecord: " << where.file << ':' << where.offset
                << "\nurl: " << render::neutralise(evidence.row.url)
                << "\nfetched: " << to_iso8601(evidence.row.fetched_at)
                << "\npayload digest: " << where.payload_digest << '\n';
  return ExitCode::done;
}

ExitCode show(Context& context, const Arguments& arguments) {
  const auto evidence = evidence_of(context, arguments.value_or("ID", ""));
  if (!evidence) return context.failed(evidence.error());
  const archive::WarcRecord& record = evidence->record;
  const bool body = arguments.has("--body");
  if (archive::is_tombstone(record)) return show_digest(context, *evidence, body);
  if (body) {
    auto page = archive::page_of(record);
    context.out() << (page ? page->body_as_sent : record.block);
    return ExitCode::done;
  }
  for (const Header& field : record.fields)
    context.out() << render::neutralise(field.name) << ": " << render::neutralise(field.value)
                  << '\n';
  context.out() << '\n' << record.block;
  if (!record.block.ends_with('\n')) context.out() << '\n';
  return ExitCode::done;
}

struct Verified {
  archive::VerifyReport files;
  archive::VerifyReport references;
};

Result<Verified> verify_all(Context& context) {
  auto folder = context.archive_folder();
  if (!folder) return fail(std::move(folder.error()));
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  std::vector<EvidenceRef> references;
  auto listed = store::for_each_evidence(*store, [&](const store::EvidenceRow& row) {
    references.push_back(row.where);
    return true;
  });
  if (!listed) return fail(std::move(listed.error()));
  return Verified{archive::verify_files(archive::archive_files(*folder)),
                  archive::verify_references(*folder, references)};
}

void write_findings(formats::JsonWriter& json, const std::vector<archive::Finding>& findings) {
  json.begin_array();
  for (const archive::Finding& finding : findings)
    json.begin_object()
        .field("file", finding.file)
        .field("offset", static_cast<std::int64_t>(finding.offset))
        .field("what", finding.what)
        .end_object();
  json.end_array();
}

ExitCode verify(Context& context, const Arguments&) {
  auto verified = verify_all(context);
  if (!verified) return context.failed(verified.error());
  const bool sound = verified->files.sound() && verified->references.sound();
  if (context.json()) {
    formats::JsonWriter json;
    json.begin_object()
        .field("files", static_cast<std::int64_t>(verified->files.files))
        .field("records", static_cast<std::int64_t>(verified->files.records))
        .field("digests_checked", static_cast<std::int64_t>(verified->files.digests_checked))
        .field("references", static_cast<std::int64_t>(verified->references.records))
        .field("digest_only", static_cast<std::int64_t>(verified->references.erased))
        .field("sound", sound);
    std::vector<archive::Finding> problems = verified->files.problems;
    problems.insert(problems.end(), verified->references.problems.begin(),
                    verified->references.problems.end());
    json.key("problems");
    write_findings(json, problems);
    context.out() << json.end_object().text() << '\n';
  } else {
    context.out() << verified->files.files << " files, " << verified->files.records << " records, "
                  << verified->files.digests_checked << " digests checked, "
                  << verified->references.records
                  << " records that mentions stand on: " << (sound ? "all sound" : "NOT sound")
                  << '\n';
    for (const archive::Finding& erased : verified->references.notes)
      context.out() << "digest_only " << erased.file << ':' << erased.offset << ": " << erased.what
                    << '\n';
    for (const auto* report : {&verified->files, &verified->references})
      for (const archive::Finding& problem : report->problems)
        context.err() << "testigo: " << problem.file << ":" << problem.offset << ": "
                      << problem.what << '\n';
  }
  return sound ? ExitCode::done : ExitCode::evidence;
}

}  // namespace

Command evidence_show_command() {
  return {"evidence show",
          "keep",
          "Print the archived record that a mention was read from",
          {{"ID", Arity::positional, "", "a mention's or post's id", true, ""},
           {"--body", Arity::flag, "", "only the body, byte for byte as it was sent", false, ""}},
          {{"evidence show 3f2a9c0d11e2b745", "the WARC fields, the HTTP headers and the body"}},
          show};
}

Command evidence_verify_command() {
  return {"evidence verify",
          "keep",
          "Read the whole archive again and check every digest and reference",
          {},
          {{"evidence verify", "exit 7 if any record no longer holds"}},
          verify};
}

}  // namespace testigo::cli
