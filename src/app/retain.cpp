#include "app/retain.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "app/traces.h"
#include "archive/cdxj_index.h"
#include "archive/verify.h"
#include "formats/url.h"
#include "text/suggest.h"

namespace testigo::app {
namespace {

using std::chrono::seconds;

constexpr seconds day{24 * 3600};

// How long something is kept, and who says so.
struct Period {
  seconds length{0};
  std::string by;
};

void shorten(std::optional<Period>& period, std::optional<seconds> length, std::string by) {
  if (length && (!period || *length < period->length)) period = Period{*length, std::move(by)};
}

std::string words_of(const Period& period) {
  const auto days = period.length.count() / day.count();
  const std::string length = period.length % day == seconds(0)
                                 ? std::to_string(days) + (days == 1 ? " day" : " days")
                                 : std::to_string(period.length.count()) + " seconds";
  return "older than " + length + " (" + period.by + ")";
}

std::string host_in(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && parsed->host ? *parsed->host : std::string(url);
}

class Retaining {
 public:
  Retaining(const EraseTools& tools, const Configuration& configuration, const RuleBook& book,
            bool dry_run)
      : tools_(tools),
        settings_(configuration.retention),
        book_(book),
        dry_run_(dry_run),
        now_(tools.clock.now()) {}

  Result<RetainOutcome> run() {
    auto sources = store::sources_with_posts(tools_.store);
    if (!sources) return fail(std::move(sources.error()));
    if (auto known = check_names(*sources); !known) return fail(std::move(known.error()));
    for (const SourceId& source : *sources) {
      if (auto done = retain_source(source); !done) return fail(std::move(done.error()));
    }
    if (auto done = retain_archive(); !done) return fail(std::move(done.error()));
    if (dry_run_) return std::move(outcome_);
    if (auto finished = finish_erasures(tools_)) {
      outcome_.notes = std::move(finished->notes);
      outcome_.left.insert(outcome_.left.end(), finished->left.begin(), finished->left.end());
    } else {
      outcome_.left.push_back(std::move(finished.error()));
    }
    return std::move(outcome_);
  }

 private:
  const sources::Terms* terms_of(const SourceId& source) const {
    const auto found = book_.sources.find(source);
    return found == book_.sources.end() ? nullptr : &found->second.terms;
  }

  Result<void> check_names(const std::vector<SourceId>& stored) const {
    std::vector<std::string_view> names;
    for (const auto& [id, source] : book_.sources) names.push_back(id.value);
    for (const SourceId& id : stored) names.push_back(id.value);
    for (const auto& [id, where] : settings_.where) {
      if (std::find(names.begin(), names.end(), id.value) != names.end()) continue;
      const auto meant = text::did_you_mean(id.value, names);
      return fail(Errc::malformed,
                  "no source is called \"" + id.value + "\"" +
                      (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ""),
                  where);
    }
    return {};
  }

  // Posts of a source, by the strictest of its rules.
  Result<void> retain_source(const SourceId& source) {
    const sources::Terms* terms = terms_of(source);
    if (terms != nullptr && !terms->store) {
      auto posts = store::posts_collected_before(tools_.store, source, UtcTime::max());
      if (!posts) return fail(std::move(posts.error()));
      return erase_of(source, "not to be stored (the source's terms)", "terms", std::move(*posts),
                      now_);
    }
    if (terms != nullptr && terms->delete_when_gone)
      if (auto done = erase_gone(source); !done) return done;
    std::optional<Period> period;
    shorten(period, settings_.all, "retention.all");
    if (const auto own = settings_.sources.find(source); own != settings_.sources.end())
      shorten(period, own->second, "retention." + source.value);
    if (terms != nullptr && terms->retention_days)
      shorten(period, day * *terms->retention_days, "the source's terms");
    if (!period) return {};
    const UtcTime before = now_ - period->length;
    auto posts = store::posts_collected_before(tools_.store, source, before);
    if (!posts) return fail(std::move(posts.error()));
    return erase_of(source, words_of(*period), "retention", std::move(*posts), before);
  }

  Result<void> erase_gone(const SourceId& source) {
    auto posts = store::gone_posts(tools_.store, source);
    if (!posts) return fail(std::move(posts.error()));
    if (posts->empty()) return {};
    auto said = store::traces_of(tools_.store, *posts);
    if (!said) return fail(std::move(said.error()));
    TracedRecords traced = find_records(tools_.archive_folder, Traces(*said, ""), tools_.progress);
    outcome_.left.insert(outcome_.left.end(), traced.unread.begin(), traced.unread.end());
    return erase("gone from the source (its terms)", source.value, "gone", std::move(*posts),
                 std::move(traced.records));
  }

  // With what was archived of the source's hosts before then.
  Result<void> erase_of(const SourceId& source, const std::string& why, const char* reason,
                        std::vector<PostId> posts, UtcTime before) {
    if (posts.empty()) return {};
    auto urls = store::evidence_urls(tools_.store, source);
    if (!urls) return fail(std::move(urls.error()));
    std::set<std::string> hosts;
    for (const std::string& url : *urls) hosts.insert(host_in(url));
    auto records = records_before(before, &hosts);
    if (!records) return fail(std::move(records.error()));
    return erase(why, source.value, reason, std::move(posts), std::move(*records));
  }

  Result<void> retain_archive() {
    std::optional<Period> period;
    shorten(period, settings_.all, "retention.all");
    shorten(period, settings_.archive, "retention.archive");
    if (!period) return {};
    auto records = records_before(now_ - period->length, nullptr);
    if (!records) return fail(std::move(records.error()));
    return erase(words_of(*period), "", "retention", {}, std::move(*records));
  }

  Result<std::vector<store::ArchiveRecord>> records_before(UtcTime before,
                                                           const std::set<std::string>* hosts) {
    std::vector<store::ArchiveRecord> records;
    for (const std::string& path : archive::archive_files(tools_.archive_folder)) {
      const auto captures = archive::list_captures(path);
      if (!captures) {
        outcome_.left.push_back(captures.error());
        continue;
      }
      const std::string name = std::filesystem::path(path).filename().string();
      for (const archive::CdxjEntry& capture : *captures)
        if (capture.time < before && (hosts == nullptr || hosts->contains(host_in(capture.url))))
          records.push_back({name, capture.offset});
    }
    return records;
  }

  Result<void> erase(const std::string& why, const std::string& source, const char* reason,
                     std::vector<PostId> posts, std::vector<store::ArchiveRecord> records) {
    std::erase_if(records, [&](const auto& record) { return erased_.contains(record); });
    auto receipt = store::begin_erasure(
        tools_.store,
        {reason, now_, std::move(posts), std::move(records), {}, false, {}, dry_run_});
    if (!receipt) return fail(std::move(receipt.error()));
    erased_.insert(receipt->records.begin(), receipt->records.end());
    if (receipt->rows.posts > 0 || !receipt->records.empty())
      outcome_.erased.push_back({source, why, std::move(*receipt)});
    return {};
  }

  const EraseTools& tools_;
  const RetentionSettings& settings_;
  const RuleBook& book_;
  bool dry_run_;
  UtcTime now_;
  std::set<store::ArchiveRecord> erased_;  // by an earlier rule
  RetainOutcome outcome_;
};

}  // namespace

Result<RetainOutcome> retain(const EraseTools& tools, const Configuration& configuration,
                             const RuleBook& book, bool dry_run) {
  return Retaining(tools, configuration, book, dry_run).run();
}

}  // namespace testigo::app
