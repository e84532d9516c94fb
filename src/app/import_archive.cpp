#include <filesystem>
#include <unordered_map>

#include "app/import_key.h"
#include "app/import_sink.h"
#include "app/import_warc.h"
#include "app/judge.h"
#include "archive/redact.h"
#include "core/digest.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

constexpr std::size_t preview_rows = 5;
constexpr std::size_t max_noted = 1'000'000;  // responses, for revisits; 50 bytes each

// WARC 1.1 §6.6, application/warc-fields: where the copy in our own archive comes from.
std::string origin_of(const ImportOptions& options, const archive::WarcRecord& record) {
  std::string fields = "copiedFrom: " + std::filesystem::path(options.file).filename().string() +
                       "\r\ncopiedOffset: " + std::to_string(record.offset) + "\r\n";
  const std::string_view id = record.field("WARC-Record-ID");
  if (!id.empty()) fields += "copiedRecordId: " + std::string(id) + "\r\n";
  return fields;
}

archive::Exchange exchange_of(const archive::WarcRecord& record, Page page) {
  archive::Exchange exchange;
  exchange.archive_url = record.target_uri();
  exchange.page = std::move(page);
  exchange.page.body.clear();
  exchange.page.headers = archive::redact(std::move(exchange.page.headers), {});
  exchange.page.reason = archive::redact(exchange.page.reason, {});
  return exchange;
}

// Reads an archive's records one after the other into a summary and, but for a dry run, the store.
class ArchiveImport {
 public:
  ArchiveImport(const ImportTools& tools, const ImportOptions& options, const ArchivePages& pages,
                const Judge& judge, ImportSummary& summary)
      : tools_(tools), options_(options), pages_(pages), judge_(judge), summary_(summary) {}

  // Errors end the import; a broken record is rejected, and what follows it read.
  Result<void> run(archive::WarcReader& reader, ImportSink* sink) {
    std::int64_t number = 0;
    const std::int64_t done = sink == nullptr ? 0 : sink->rows_done();
    while (true) {
      if (tools_.stop != nullptr && *tools_.stop) {
        summary_.interrupted = true;
        return {};
      }
      auto record = reader.next();
      if (!record) {
        const Error& broken = record.error();
        auto goes_on = reader.resync();
        if (!goes_on) return fail(std::move(goes_on.error()));
        reject(last_offset_, broken.what + " (" + broken.where + "); " +
                                 (*goes_on ? "it is left out, and what follows it read"
                                           : "nothing can be read behind it"));
        if (!*goes_on) return {};
        continue;
      }
      if (!*record) return {};
      last_offset_ = (*record)->offset;
      note(**record);
      if (++number <= done) {
        ++summary_.resumed_rows;
        continue;
      }
      if (auto taken = take(revisited(std::move(**record)), sink); !taken) return taken;
      if (sink == nullptr) continue;
      if (auto noted = sink->done_with(number); !noted) return noted;
    }
  }

 private:
  struct Place {
    std::uint64_t offset = 0;
    std::size_t within = 0;
  };

  // Where a response stands, for revisits that refer to it.
  void note(const archive::WarcRecord& record) {
    if (record.type() != "response" || places_.size() >= max_noted) return;
    places_.insert_or_assign(key_of({record.target_uri(), record.field("WARC-Date")}),
                             Place{record.offset, record.within});
  }

  // ISO 28500 §6.7: a revisit of another address, where the same stood, with what stood there.
  archive::WarcRecord revisited(archive::WarcRecord record) const {
    const std::string_view other = record.field("WARC-Refers-To-Target-URI");
    if (record.type() != "revisit" || other.empty() || other == record.target_uri()) return record;
    const auto place = places_.find(key_of({other, record.field("WARC-Refers-To-Date")}));
    if (place == places_.end()) return record;
    auto original =
        archive::read_record_at(options_.file, place->second.offset, place->second.within);
    if (!original || original->type() != "response") return record;
    for (Header& field : record.fields)
      if (field.name == "WARC-Type") field.value = "response";
    record.block = std::move(original->block);
    return record;
  }

  Result<void> take(const archive::WarcRecord& record, ImportSink* sink) {
    auto reading = pages_.read(record, tools_.clock.now());
    if (!reading) {
      reject(record.offset, std::string(record.target_uri()) + ": " + reading.error().what);
      return {};
    }
    if (!*reading) return {};
    ++summary_.pages;
    summary_.rows += (*reading)->posts.size();
    for (const std::string& drift : (*reading)->drift)
      reject(record.offset, std::string(record.target_uri()) + ": " + drift);
    std::vector<store::Sighting> kept, unnamed;
    for (Post& post : (*reading)->posts) {
      auto always = options_.brand;
      store::Sighting sighting = judge_.judge(std::move(post), (*reading)->page.fetched_at, always);
      if (sighting.brands.empty()) {
        ++summary_.without_brand;
        unnamed.push_back(std::move(sighting));
      } else {
        kept.push_back(std::move(sighting));
      }
    }
    if (kept.empty() && unnamed.empty()) return {};
    if (sink != nullptr)
      return sink->add_page(exchange_of(record, std::move((*reading)->page)),
                            origin_of(options_, record), {std::move(kept), std::move(unnamed)});
    for (store::Sighting& sighting : kept)
      if (summary_.preview.size() < preview_rows) summary_.preview.push_back(std::move(sighting));
    return {};
  }

  void reject(std::uint64_t offset, std::string why) {
    ++summary_.rejected;
    const RejectedRow row{static_cast<std::size_t>(offset), std::move(why)};
    if (summary_.first_rejects.size() < max_shown_rejects) summary_.first_rejects.push_back(row);
    if (tools_.on_reject) tools_.on_reject(row);
  }

  const ImportTools& tools_;
  const ImportOptions& options_;
  const ArchivePages& pages_;
  const Judge& judge_;
  ImportSummary& summary_;
  std::uint64_t last_offset_ = 0;
  std::unordered_map<std::int64_t, Place> places_;  // by address and date
};

ImportPlan plan_of(const ImportOptions& options) {
  ImportPlan plan;
  plan.format = ImportFormat::warc;
  plan.file = options.file;
  plan.source = options.source.value_or(SourceId("pages"));
  plan.brand = options.brand;
  return plan;
}

}  // namespace

Result<ImportSummary> import_archive(const ImportTools& tools, const ImportOptions& options) {
  auto pages = ArchivePages::make(tools.book, options.source);
  if (!pages) return fail(std::move(pages.error()));
  auto reader = archive::WarcReader::open(options.file);
  if (!reader) return fail(std::move(reader.error()));
  auto zone = text::find_time_zone(tools.configuration.timezone);
  if (!zone) return fail(std::move(zone.error()));
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  const classify::Classifier classifier(tools.book.rules);
  const BrandBook brands(tools.configuration);
  const Judge judge({classifier, brands, *switches}, *zone, tools.book.own_words);
  ImportSummary summary;
  summary.plan = plan_of(options);
  ArchiveImport import(tools, options, *pages, judge, summary);
  if (options.dry_run) {
    if (tools.on_plan) tools.on_plan(summary.plan, 0);
    if (auto done = import.run(*reader, nullptr); !done) return fail(std::move(done.error()));
    return summary;
  }
  auto sink = ImportSink::open(tools, summary.plan, import_key(options, summary.plan));
  if (!sink) return fail(std::move(sink.error()));
  if (tools.on_plan) tools.on_plan(summary.plan, static_cast<std::size_t>((*sink)->rows_done()));
  auto finished = (*sink)->finish(import.run(*reader, sink->get()), summary);
  if (!finished) return fail(std::move(finished.error()));
  return summary;
}

}  // namespace testigo::app
