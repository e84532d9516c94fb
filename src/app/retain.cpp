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

// Of a file that was imported: its whole address, which is its name.
std::string host_in(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && parsed->host && !parsed->host->empty() ? *parsed->host : std::string(url);
}

// What one rule has due.
struct Due {
  std::string source;  // empty: any
  std::string why;
  const char* reason;
  std::vector<PostId> posts;
  UtcTime before{};                            // archived records from before then go, too
  std::optional<std::set<std::string>> hosts;  // of these hosts; none: of any
  std::vector<store::ArchiveRecord> records;
};

class Retaining {
 public:
  Retaining(const EraseTools& tools, const Configuration& configuration, const RuleBook& book,
            bool dry_run)
      : tools_(tools),
        settings_(configuration.retention),
        book_(book),
        dry_run_(dry_run),
        now_(tools.clock.stamp()) {}

  Result<RetainOutcome> run() {
    auto sources = store::sources_with_posts(tools_.store);
    if (!sources) return fail(std::move(sources.error()));
    auto once = store::all_sources(tools_.store);
    if (!once) return fail(std::move(once.error()));
    if (auto known = check_names(*once); !known) return fail(std::move(known.error()));
    const auto state = store::erasure_state(tools_.store);
    if (!state) return fail(state.error());
    outcome_.earlier = state->unfinished > 0 || state->unclean || state->records > 0;
    for (const SourceId& source : *sources)
      if (auto done = look_at_source(source); !done) return fail(std::move(done.error()));
    look_at_archive();
    find_old_records();
    for (Due& due : due_)
      if (auto done = erase(std::move(due)); !done) return fail(std::move(done.error()));
    if (!dry_run_) finish();
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

  // The strictest of a source's rules.
  Result<void> look_at_source(const SourceId& source) {
    const sources::Terms* terms = terms_of(source);
    if (terms != nullptr && !terms->store)
      return add_old(source, "not to be stored (the source's terms)", "terms", UtcTime::max());
    if (terms != nullptr && terms->delete_when_gone)
      if (auto done = add_gone(source); !done) return done;
    std::optional<Period> period;
    shorten(period, settings_.all, "retention.all");
    if (const auto own = settings_.sources.find(source); own != settings_.sources.end())
      shorten(period, own->second, "retention." + source.value);
    if (terms != nullptr && terms->retention_days)
      shorten(period, day * *terms->retention_days, "the source's terms");
    if (!period) return {};
    return add_old(source, words_of(*period), "retention", now_ - period->length);
  }

  Result<void> add_gone(const SourceId& source) {
    auto posts = store::gone_posts(tools_.store, source);
    if (!posts) return fail(std::move(posts.error()));
    if (posts->empty()) return {};
    auto said = store::traces_of(tools_.store, *posts);
    if (!said) return fail(std::move(said.error()));
    TracedRecords traced = find_records(tools_.archive_folder, Traces(*said, ""), tools_.progress);
    outcome_.left.insert(outcome_.left.end(), traced.unread.begin(), traced.unread.end());
    due_.push_back({source.value, "gone from the source (its terms)", "gone", std::move(*posts),
                    UtcTime::min(), std::nullopt, std::move(traced.records)});
    return {};
  }

  // Posts, with what was archived of the hosts that the source's posts came from.
  Result<void> add_old(const SourceId& source, std::string why, const char* reason,
                       UtcTime before) {
    auto posts = store::posts_collected_before(tools_.store, source, before);
    if (!posts) return fail(std::move(posts.error()));
    if (!due_.empty() && due_.back().source == source.value) {  // those that are gone go anyway
      const std::set<PostId> gone(due_.back().posts.begin(), due_.back().posts.end());
      std::erase_if(*posts, [&](PostId post) { return gone.contains(post); });
    }
    if (posts->empty()) return {};
    auto urls = store::evidence_urls(tools_.store, source);
    if (!urls) return fail(std::move(urls.error()));
    std::set<std::string> hosts;
    for (const std::string& url : *urls) hosts.insert(host_in(url));
    due_.push_back(
        {source.value, std::move(why), reason, std::move(*posts), before, std::move(hosts), {}});
    return {};
  }

  void look_at_archive() {
    std::optional<Period> period;
    shorten(period, settings_.all, "retention.all");
    shorten(period, settings_.archive, "retention.archive");
    if (!period) return;
    due_.push_back(
        {"", words_of(*period), "retention", {}, now_ - period->length, std::nullopt, {}});
  }

  // Reads the indexes of the archive once for all rules; a record goes by the first that wants it.
  void find_old_records() {
    if (due_.empty()) return;
    for (const std::string& path : archive::archive_files(tools_.archive_folder)) {
      const auto captures = archive::list_captures(path);
      if (!captures) {
        outcome_.left.push_back(captures.error());
        continue;
      }
      const std::string name = std::filesystem::path(path).filename().string();
      for (const archive::CdxjEntry& capture : *captures) {
        const auto due = std::find_if(due_.begin(), due_.end(), [&](const Due& one) {
          return capture.time < one.before &&
                 (!one.hosts || one.hosts->contains(host_in(capture.url)));
        });
        if (due != due_.end()) due->records.push_back({name, capture.offset});
      }
    }
  }

  Result<void> erase(Due due) {
    // What a source no longer shows, or may again be stored of it, is welcome back.
    const auto afterwards = std::string_view(due.reason) == "retention"
                                ? store::Afterwards::expired
                                : store::Afterwards::may_return;
    auto receipt = store::begin_erasure(tools_.store, {due.reason,
                                                       now_,
                                                       std::move(due.posts),
                                                       std::move(due.records),
                                                       {},
                                                       afterwards,
                                                       {},
                                                       dry_run_});
    if (!receipt) return fail(std::move(receipt.error()));
    if (receipt->rows.posts > 0 || !receipt->records.empty())
      outcome_.erased.push_back({due.source, due.why, std::move(*receipt)});
    return {};
  }

  void finish() {
    if (auto finished = finish_erasures(tools_)) {
      outcome_.notes = std::move(finished->notes);
      outcome_.left.insert(outcome_.left.end(), finished->left.begin(), finished->left.end());
      outcome_.unwritten = std::move(finished->unwritten);
    } else {
      outcome_.left.push_back(std::move(finished.error()));
    }
  }

  const EraseTools& tools_;
  const RetentionSettings& settings_;
  const RuleBook& book_;
  bool dry_run_;
  UtcTime now_;
  std::vector<Due> due_;
  RetainOutcome outcome_;
};

}  // namespace

Result<RetainOutcome> retain(const EraseTools& tools, const Configuration& configuration,
                             const RuleBook& book, bool dry_run) {
  return Retaining(tools, configuration, book, dry_run).run();
}

}  // namespace testigo::app
