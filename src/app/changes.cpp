#include "app/changes.h"

#include <algorithm>
#include <set>
#include <string>

#include "app/key_sentence.h"
#include "store/read.h"
#include "store/read_splits.h"

namespace testigo::app {
namespace {

constexpr std::size_t quotes_a_theme = 2;
constexpr std::chrono::days quoted_days{28};  // after a change: what was said as it came

store::RollupFilter rollups_of(const ChangeRequest& request) {
  return {.brand = request.brand,
          .source = request.source,
          .since = request.window.first,
          .until = Day{request.window.last.days + std::chrono::days(1)}};
}

// Finds what to quote of the mentions after one change.
class Quoter {
 public:
  Quoter(store::Store& store, const ChangeRequest& request, const insight::ChangePoint& change)
      : store_(store), request_(request) {
    const bool fell = change.change.value < 0.0;
    side_ = fell ? Polarity::negative : Polarity::positive;
    filter_.brand = request.brand;
    filter_.since = change.after.first;
    filter_.until = Day{std::min(change.after.last.days + std::chrono::days(1),
                                 change.after.first.days + quoted_days)};
    filter_.shares_only = true;
    filter_.order = fell ? store::MentionOrder::worst : store::MentionOrder::best;
    // Some may have been quoted for another theme.
    filter_.limit = quotes_a_theme * (insight::most_drivers + 1);
  }

  // Of one theme, or of all where it is empty.
  Result<void> quote(const std::string& theme) {
    filter_.query = "polarity:" + std::string(to_string(side_));
    if (!theme.empty()) *filter_.query += " theme:\"" + theme + "\"";
    if (request_.source) *filter_.query += " source:\"" + request_.source->value + "\"";
    auto rows = store::mentions(store_, filter_);
    if (!rows) return fail(std::move(rows.error()));
    std::size_t taken = 0;
    for (const store::MentionRow& row : *rows) {
      if (taken == quotes_a_theme) break;
      if (!quoted_.insert(row.id.value).second) continue;
      auto detail = store::find_mention(store_, row.id.value);
      if (!detail) return fail(std::move(detail.error()));
      quotes_.push_back({row.id, key_sentence(row.text, detail->verdict.why, side_), row.language,
                         row.source, row.url, row.evidence,
                         text::day_of(row.posted_at.value_or(row.collected_at), request_.zone)});
      ++taken;
    }
    return {};
  }

  [[nodiscard]] std::vector<insight::Quote> take() { return std::move(quotes_); }

 private:
  store::Store& store_;
  const ChangeRequest& request_;
  Polarity side_ = Polarity::negative;
  store::MentionFilter filter_;
  std::set<std::int64_t> quoted_;
  std::vector<insight::Quote> quotes_;
};

}  // namespace

Result<std::vector<insight::ExplainedChange>> explained_changes(store::Store& store,
                                                                const ChangeRequest& request) {
  auto rows = store::brand_days(store, rollups_of(request));
  if (!rows) return fail(std::move(rows.error()));
  auto themes = store::split_days(store, store::KeptSplit::theme, rollups_of(request));
  if (!themes) return fail(std::move(themes.error()));
  const auto days = insight::counts_by_day(*rows, request.window);
  std::vector<insight::ExplainedChange> explained;
  for (const insight::ChangePoint& point : insight::change_points(days)) {
    insight::ExplainedChange one{point, insight::drivers_of(point, days, *themes), {}};
    Quoter quoter(store, request, point);
    for (const insight::Driver& driver : one.drivers)
      if (auto quoted = quoter.quote(driver.theme); !quoted) return fail(std::move(quoted.error()));
    if (one.drivers.empty())
      if (auto quoted = quoter.quote({}); !quoted) return fail(std::move(quoted.error()));
    one.quotes = quoter.take();
    explained.push_back(std::move(one));
  }
  return explained;
}

}  // namespace testigo::app
