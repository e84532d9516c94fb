#include "app/reclassify.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/judge.h"
#include "store/sides.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

constexpr std::size_t posts_at_once = 2'000;  // a transaction; a second or less
constexpr std::size_t examples_of_a_pair = 3;
constexpr std::size_t quote_bytes = 200;
constexpr double least_shift = 1e-6;  // contributions that differ by less are the same

std::string name_of(const Configuration* configuration, const BrandId& brand) {
  const BrandSettings* settings =
      configuration == nullptr ? nullptr : configuration->find_brand(brand);
  return settings == nullptr ? brand.value : settings->name;
}

// Judges stored posts by the book's rules.
class Rejudge {
 public:
  Rejudge(const ReclassifyTools& tools, SwitchWords switches)
      : tools_(tools),
        switches_(std::move(switches)),
        classifier_(tools.book.rules),
        brands_(tools.configuration == nullptr ? Configuration() : *tools.configuration) {}

  [[nodiscard]] store::Rejudged again(const store::JudgedPost& post) const {
    std::vector<BrandName> names;
    for (const store::JudgedMention& mention : post.mentions)
      names.push_back({mention.brand, name_of(tools_.configuration, mention.brand)});
    const Day day = post.mentions.empty() ? Day() : post.mentions.front().day;
    BrandVerdicts judged = judge_text({classifier_, brands_, switches_}, post.post, day, names);
    return {post.row, post.revision, std::move(judged.verdict), std::move(judged.brands)};
  }

 private:
  const ReclassifyTools& tools_;
  SwitchWords switches_;
  classify::Classifier classifier_;
  BrandBook brands_;
};

store::RejudgeFilter filter_of(const ReclassifyOptions& options, std::string rules) {
  return {options.brand, options.since, options.until, std::move(rules)};
}

// Calls `take` with batches of posts until there are none or `stop` is set; whether all were taken.
template <class Take>
Result<bool> for_each_batch(const ReclassifyTools& tools, const store::RejudgeFilter& filter,
                            Take take) {
  auto all = store::count_posts_to_judge(tools.store, filter);
  if (!all) return fail(std::move(all.error()));
  std::int64_t done = 0, after = 0;
  while (!tools.stop.load()) {
    auto posts = store::posts_to_judge(tools.store, filter, after, posts_at_once);
    if (!posts) return fail(std::move(posts.error()));
    if (posts->empty()) return true;
    after = posts->back().row;
    if (Result<void> taken = take(*posts); !taken) return fail(std::move(taken.error()));
    done += static_cast<std::int64_t>(posts->size());
    if (tools.progress) tools.progress(done, *all);
  }
  return false;
}

std::string quote_of(const std::string& text) {
  if (text.size() <= quote_bytes) return text;
  return text.substr(0, text::char_border(text, quote_bytes)) + "…";
}

std::string month_of(Day day) { return to_string(day).substr(0, 7); }

void count(PolarityCounts& counts, std::optional<Polarity> polarity, std::optional<Act> act) {
  if (!polarity || act == Act::reply || act == Act::promote) return;
  ++counts.classified;
  counts.positive += polarity == Polarity::positive;
  counts.negative += polarity == Polarity::negative;
}

// What a mention is to be by `again`, beside what it is.
MentionValues values_after(const store::JudgedMention& mention, const store::BrandMention& said,
                           const Verdict& again) {
  return {store::polarity_of(store::as_it_stays(mention, said), mention.corrected,
                             store::whole_of(again)),
          again};
}

// What each rule gives to these axes.
std::map<std::string, double> rules_on(const std::vector<Axis>& axes, const Verdict& verdict) {
  std::map<std::string, double> rules;
  for (const Reason& reason : verdict.why)
    if (std::find(axes.begin(), axes.end(), reason.axis) != axes.end())
      rules[std::string(reason.rule)] += std::abs(reason.contribution);
  return rules;
}

class Differ {
 public:
  Differ(const ReclassifyTools& tools, SwitchWords switches)
      : tools_(tools), rejudge_(tools, std::move(switches)) {}

  Result<void> take(const std::vector<store::JudgedPost>& posts) {
    for (const store::JudgedPost& post : posts) {
      const store::Rejudged again = rejudge_.again(post);
      if (auto compared = compare(post, again); !compared) return compared;
    }
    return {};
  }

  ReclassifyDiff diff;

 private:
  Result<void> compare(const store::JudgedPost& post, const store::Rejudged& again) {
    ++diff.posts;
    const auto before = store::verdict_of(tools_.store, post);
    if (!before) return fail(before.error());
    for (std::size_t i = 0; i < post.mentions.size(); ++i) {
      const store::JudgedMention& mention = post.mentions[i];
      ++diff.mentions;
      diff.corrected += mention.corrected;
      const MentionValues after = values_after(mention, again.brands[i], again.verdict);
      count_month(post, mention, after);
      std::vector<Axis> axes =
          count_shifts(diff.axes, mention.id, {mention.polarity, *before}, after);
      const TagPair tags{mention.tag, again.brands[i].tag};
      const bool changed = !mention.corrected && tags.first != tags.second;
      if (changed) axes.push_back(Axis::tag);
      if (axes.empty()) continue;
      TagExample example{mention.id, mention.brand, tags, quote_of(post.post.text), {}, {}};
      note_rules(example, changed, rules_on(axes, *before), rules_on(axes, again.verdict));
      if (!changed) continue;
      ++diff.changed;
      if (diff.tags[tags]++ < static_cast<std::int64_t>(examples_of_a_pair))
        diff.examples.push_back(std::move(example));
    }
    return {};
  }

  void count_month(const store::JudgedPost& post, const store::JudgedMention& mention,
                   const MentionValues& after) {
    if (post.is_copy || post.post.by_brand) return;
    MonthShift& month = diff.months[{mention.brand, month_of(mention.day)}];
    count(month.before, mention.polarity, post.act);
    count(month.after, after.polarity, after.verdict.act);
  }

  void note_rules(TagExample& example, bool another_tag,
                  const std::map<std::string, double>& before,
                  const std::map<std::string, double>& after) {
    for (const auto& [rule, weight] : after) {
      const auto was = before.find(rule);
      if (was == before.end()) {
        RuleShift& shift = diff.rules[rule];
        ++shift.gained;
        shift.gained_tag += another_tag;
        example.gained.push_back(rule);
      } else if (std::abs(was->second - weight) > least_shift) {
        ++diff.rules[rule].reweighed;
      }
    }
    for (const auto& [rule, weight] : before) {
      if (after.contains(rule)) continue;
      ++diff.rules[rule].lost;
      example.lost.push_back(rule);
    }
  }

  const ReclassifyTools& tools_;
  Rejudge rejudge_;
};

// Counts what posts are to become on the axes beside the tag.
Result<void> count_axes(store::Store& store, const std::vector<store::JudgedPost>& posts,
                        const std::vector<store::Rejudged>& again, AxisShifts& axes) {
  for (std::size_t p = 0; p < posts.size(); ++p) {
    const auto before = store::verdict_of(store, posts[p]);
    if (!before) return fail(before.error());
    for (std::size_t i = 0; i < posts[p].mentions.size(); ++i) {
      const store::JudgedMention& mention = posts[p].mentions[i];
      count_shifts(axes, mention.id, {mention.polarity, *before},
                   values_after(mention, again[p].brands[i], again[p].verdict));
    }
  }
  return {};
}

Result<std::optional<TriedMention>> judge_mention(const ReclassifyTools& tools,
                                                  const std::optional<store::JudgedPost>& post,
                                                  MentionId mention) {
  if (!post) return std::nullopt;
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  store::Rejudged again = Rejudge(tools, std::move(*switches)).again(*post);
  for (std::size_t i = 0; i < again.brands.size(); ++i)
    if (post->mentions[i].id == mention)
      return TriedMention{std::move(again.verdict), std::move(again.brands[i])};
  return std::nullopt;
}

void state_questions(Post& post) {
  std::replace(post.text.begin(), post.text.end(), '?', '.');
  if (post.title) std::replace(post.title->begin(), post.title->end(), '?', '.');
}

}  // namespace

Result<ReclassifyDiff> reclassify_diff(const ReclassifyTools& tools,
                                       const ReclassifyOptions& options) {
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  Differ differ(tools, std::move(*switches));
  auto whole = for_each_batch(tools, filter_of(options, ""),
                              [&](const auto& posts) { return differ.take(posts); });
  if (!whole) return fail(std::move(whole.error()));
  if (!*whole) return fail(Errc::refused, "interrupted; nothing was changed", "reclassify --diff");
  return std::move(differ.diff);
}

Result<ReclassifySummary> reclassify(const ReclassifyTools& tools,
                                     const ReclassifyOptions& options) {
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  const Rejudge rejudge(tools, std::move(*switches));
  const std::string rules(tools.book.rules.hash());
  ReclassifySummary summary;
  auto whole = for_each_batch(
      tools, filter_of(options, rules),
      [&](const std::vector<store::JudgedPost>& posts) -> Result<void> {
        std::vector<store::Rejudged> again;
        for (const store::JudgedPost& post : posts) again.push_back(rejudge.again(post));
        if (auto counted = count_axes(tools.store, posts, again, summary.axes); !counted)
          return counted;
        auto changed = store::put_verdicts(tools.store, rules, again, tools.clock.now());
        if (!changed) return fail(std::move(changed.error()));
        summary.posts += static_cast<std::int64_t>(posts.size());
        summary.changed += *changed;
        return {};
      });
  if (!whole) return fail(std::move(whole.error()));
  summary.interrupted = !*whole;
  return summary;
}

Result<std::int64_t> judge_again(const ReclassifyTools& tools, std::span<const std::int64_t> rows) {
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  const Rejudge rejudge(tools, std::move(*switches));
  std::int64_t changed = 0;
  for (std::size_t at = 0; at < rows.size() && !tools.stop.load(); at += posts_at_once) {
    std::vector<store::Rejudged> again;
    for (const std::int64_t row : rows.subspan(at, std::min(posts_at_once, rows.size() - at))) {
      const auto post = store::post_to_judge(tools.store, row);
      if (!post) return fail(post.error());
      if (*post) again.push_back(rejudge.again(**post));
    }
    const auto put =
        store::put_verdicts(tools.store, tools.book.rules.hash(), again, tools.clock.now());
    if (!put) return fail(put.error());
    changed += *put;
  }
  return changed;
}

Result<std::optional<store::BrandMention>> ruled_mention(const ReclassifyTools& tools,
                                                         MentionId mention) {
  auto post = store::post_judged_by(tools.store, mention, tools.book.rules.hash());
  if (!post) return fail(std::move(post.error()));
  auto tried = judge_mention(tools, *post, mention);
  if (!tried) return fail(std::move(tried.error()));
  return *tried ? std::optional((*tried)->brand) : std::nullopt;
}

Result<std::optional<TriedMention>> try_mention(const ReclassifyTools& tools, MentionId mention,
                                                Reading reading) {
  auto post = store::post_judged_by(tools.store, mention, std::nullopt);
  if (!post) return fail(std::move(post.error()));
  if (*post && reading == Reading::as_statements) state_questions((*post)->post);
  return judge_mention(tools, *post, mention);
}

}  // namespace testigo::app
