#include "insight/brief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "insight/bursts.h"
#include "insight/on_topic.h"
#include "insight/topics.h"

namespace testigo::insight {
namespace {

using namespace std::string_view_literals;

constexpr std::array format_names = {"faq"sv, "comparison"sv, "how_to"sv, "testimonial"sv};

constexpr double shortest_fit = 8.0;        // words: less says too little to be quoted
constexpr double longest_fit = 60.0;        // words: more is not read
constexpr double urgency_half_life = 30.0;  // days: an old complaint's author waits no more

double reach_factor(const BriefPost& post) {
  return 1.0 + std::log10(1.0 + static_cast<double>(std::max<std::int64_t>(0, post.reach)));
}

double age_in_days(const BriefPost& post, Day today) {
  return std::max(0.0, static_cast<double>((today.days - post.quote.day.days).count()));
}

// Highest value first, then the newest, then by id: the same on each run.
template <class ValueOf>
void sort_best_first(std::vector<std::size_t>& posts, std::span<const BriefPost> all,
                     ValueOf value_of) {
  std::vector<std::pair<double, std::size_t>> valued;
  for (const std::size_t i : posts) valued.emplace_back(value_of(i), i);
  std::sort(valued.begin(), valued.end(), [&](const auto& a, const auto& b) {
    const Quote& x = all[a.second].quote;
    const Quote& y = all[b.second].quote;
    return std::tuple(b.first, y.day, x.mention) < std::tuple(a.first, x.day, y.mention);
  });
  for (std::size_t i = 0; i < posts.size(); ++i) posts[i] = valued[i].second;
}

std::vector<std::string> stems_of(const BriefPost& post) {
  std::vector<std::string> stems;
  for (const std::string& term : post.terms)
    if (!term.starts_with(theme_prefix)) stems.push_back(term);
  std::sort(stems.begin(), stems.end());
  return stems;
}

bool is_like_one_of(const std::vector<std::string>& stems,
                    const std::vector<std::vector<std::string>>& others) {
  if (stems.size() < least_terms) return false;
  return std::any_of(others.begin(), others.end(), [&](const std::vector<std::string>& other) {
    return shared_part(stems, other) >= least_likeness;
  });
}

class BriefMaker {
 public:
  BriefMaker(std::span<const BriefPost> posts, const BriefOptions& options)
      : posts_(posts), options_(options) {
    for (const BriefPost& post : posts) terms_.add(post.terms);
    vectors_.reserve(posts.size());
    for (const BriefPost& post : posts) vectors_.push_back(terms_.vector_of(post.terms));
    for (std::size_t i = 0; i < posts.size(); ++i) {
      if (is_open_question(posts[i])) questions_.push_back(i);
      if (posts[i].tag == Tag::advocacy) advocacy_.push_back(i);
      if (posts[i].tag == Tag::complaint) complaints_.push_back(i);
    }
    on_topic_.emplace(posts, terms_, vectors_);
    sort_best_first(questions_, posts_, [](std::size_t) { return 0.0; });
  }

  [[nodiscard]] Brief make() const {
    Brief brief;
    brief.brand = options_.brand;
    brief.window = options_.window;
    brief.today = options_.today;
    brief.questions = static_cast<std::int64_t>(questions_.size());
    add_topics(brief);
    brief.amplify = amplified();
    add_unanswered(brief);
    return brief;
  }

 private:
  using Members = OnTopic::Members;  // into posts_

  void add_topics(Brief& brief) const {
    std::vector<TermVector> asked;
    for (const std::size_t i : questions_) asked.push_back(vectors_[i]);
    std::vector<std::pair<Topic, Members>> topics;
    for (Members group : grouped_by_likeness(asked, same_question)) {
      for (std::size_t& member : group) member = questions_[member];
      Topic topic = weighed(group);
      topics.emplace_back(std::move(topic), std::move(group));
    }
    brief.topics_in_all = static_cast<std::int64_t>(topics.size());
    std::stable_sort(topics.begin(), topics.end(), [](const auto& a, const auto& b) {
      return a.first.priority > b.first.priority;
    });
    topics.resize(std::min(topics.size(), options_.most));
    for (auto& [topic, group] : topics) {
      add_quotes(topic, group);
      brief.topics.push_back(std::move(topic));
    }
  }

  // What the ranking needs of a group of questions.
  [[nodiscard]] Topic weighed(const Members& group) const {
    Topic topic;
    topic.posts = static_cast<std::int64_t>(group.size());
    topic.askers = askers_of(group);
    topic.themes = common_themes(group);
    const OnTopic::Found said = on_topic_->of(group, topic.themes);
    topic.advocacy = voices_of(said.advocacy);
    topic.complaints = static_cast<std::int64_t>(said.complaints.size());
    const auto advocacy = static_cast<double>(topic.advocacy);
    const auto complaints = static_cast<double>(topic.complaints);
    topic.demand = static_cast<double>(topic.askers);
    topic.lack = 1.0 - advocacy / (advocacy + complaints + topic.demand);
    topic.weight = 1.0 + complaints / (advocacy + complaints + 1.0);
    topic.priority = topic.demand * topic.lack * topic.weight;
    topic.format = format_of(group);
    return topic;
  }

  void add_quotes(Topic& topic, const Members& group) const {
    const TermVector middle = middle_of(vectors_, group);
    Members typical = group;
    sort_best_first(typical, posts_, [&](std::size_t i) { return likeness(middle, vectors_[i]); });
    topic.asked = quotes(typical, most_asked);
    const std::set<std::string> languages = languages_of(group);
    const std::set<PostId> asked = ids_of(group);
    const auto relevance = [&](std::size_t i) {
      const BriefPost& post = posts_[i];
      return 1.0 + likeness(middle, vectors_[i]) +
             (languages.contains(post.quote.language) ? 1 : 0) +
             (post.parent && asked.contains(*post.parent) ? 1 : 0);
    };
    auto [favour, against] = on_topic_->of(group, topic.themes);
    sort_best_first(favour, posts_,
                    [&](std::size_t i) { return relevance(i) * quotability(posts_[i]); });
    topic.in_favour = quotes(favour, options_.quotes);
    sort_best_first(against, posts_, [&](std::size_t i) {
      return relevance(i) * -posts_[i].score * posts_[i].confidence;
    });
    topic.against = quotes(against, options_.quotes);
    topic.fix = fix_of(topic, against);
  }

  // Posts, those of a burst as one.
  [[nodiscard]] std::int64_t voices_of(const Members& members) const {
    std::set<std::size_t> bursts;
    std::int64_t alone = 0;
    for (const std::size_t i : members) {
      if (posts_[i].burst)
        bursts.insert(*posts_[i].burst);
      else
        ++alone;
    }
    return alone + static_cast<std::int64_t>(bursts.size());
  }

  [[nodiscard]] std::int64_t askers_of(const Members& group) const {
    std::set<std::string> names;
    std::int64_t nameless = 0;
    for (const std::size_t i : group) {
      if (posts_[i].author)
        names.insert(*posts_[i].author);
      else
        ++nameless;
    }
    return nameless + static_cast<std::int64_t>(names.size());
  }

  [[nodiscard]] std::vector<std::string> common_themes(const Members& group) const {
    std::map<std::string, std::size_t> counts;
    for (const std::size_t i : group)
      for (const Facet& theme : posts_[i].themes) ++counts[theme.name];
    std::vector<std::string> themes;
    for (const auto& [theme, count] : counts)
      if (2 * count >= group.size()) themes.push_back(theme);
    return themes;
  }

  [[nodiscard]] ContentFormat format_of(const Members& group) const {
    const auto half = [&](auto flag) {
      const auto count =
          std::count_if(group.begin(), group.end(), [&](std::size_t i) { return flag(posts_[i]); });
      return 2 * static_cast<std::size_t>(count) >= group.size();
    };
    if (half([](const BriefPost& post) { return post.compares; })) return ContentFormat::comparison;
    if (half([](const BriefPost& post) { return post.asks_how; })) return ContentFormat::how_to;
    if (half([](const BriefPost& post) { return post.asks_for_experience; }))
      return ContentFormat::testimonial;
    return ContentFormat::faq;
  }

  // `against` is sorted, the worst first.
  [[nodiscard]] std::optional<Fix> fix_of(const Topic& topic, const Members& against) const {
    if (against.empty()) return std::nullopt;
    std::map<std::string, std::int64_t> ill;
    for (const std::size_t i : against)
      for (const Facet& theme : posts_[i].themes)
        if (theme.polarity == Polarity::negative) ++ill[theme.name];
    const auto of_topic = [&](const std::string& theme) {
      return std::find(topic.themes.begin(), topic.themes.end(), theme) != topic.themes.end();
    };
    Fix fix;
    bool fix_on_topic = false;
    for (const auto& [theme, count] : ill) {
      const bool better =
          of_topic(theme) != fix_on_topic ? of_topic(theme) : count > fix.complaints;
      if (!better) continue;
      fix.theme = theme;
      fix.complaints = count;
      fix_on_topic = of_topic(theme);
    }
    const auto speaks_ill = [&](std::size_t i) {
      return std::find(posts_[i].themes.begin(), posts_[i].themes.end(),
                       Facet{fix.theme, Polarity::negative}) != posts_[i].themes.end();
    };
    const auto worst = std::find_if(against.begin(), against.end(), speaks_ill);
    fix.quote = posts_[worst == against.end() ? against.front() : *worst].quote;
    if (fix.theme.empty()) fix.complaints = static_cast<std::int64_t>(against.size());
    return fix;
  }

  [[nodiscard]] std::vector<Amplified> amplified() const {
    Members sorted = advocacy_;
    sort_best_first(sorted, posts_, [&](std::size_t i) { return quotability(posts_[i]); });
    std::vector<Amplified> found;
    std::set<std::string> authors;
    std::set<std::size_t> bursts;
    std::vector<std::vector<std::string>> shown;  // stems of those found
    std::set<std::uint64_t> runs;                 // of those found
    for (const std::size_t i : sorted) {
      const BriefPost& post = posts_[i];
      if (found.size() == options_.most) break;
      if (post.author && authors.contains(*post.author)) continue;
      if (post.burst && !bursts.insert(*post.burst).second) continue;
      std::vector<std::string> stems = stems_of(post);
      const bool repeats = std::any_of(post.runs.begin(), post.runs.end(),
                                       [&](std::uint64_t run) { return runs.contains(run); });
      if (repeats || is_like_one_of(stems, shown)) continue;
      if (post.author) authors.insert(*post.author);
      shown.push_back(std::move(stems));
      runs.insert(post.runs.begin(), post.runs.end());
      found.push_back({post.quote, quotability(post)});
    }
    return found;
  }

  void add_unanswered(Brief& brief) const {
    Members open;
    for (const std::size_t i : complaints_)
      if (!posts_[i].answered) open.push_back(i);
    brief.unanswered = static_cast<std::int64_t>(open.size());
    sort_best_first(open, posts_,
                    [&](std::size_t i) { return urgency(posts_[i], options_.today); });
    open.resize(std::min(open.size(), options_.most));
    for (const std::size_t i : open) {
      Unanswered& one = brief.answer.emplace_back();
      one.quote = posts_[i].quote;
      for (const Facet& theme : posts_[i].themes) one.themes.push_back(theme.name);
      one.urgency = urgency(posts_[i], options_.today);
    }
  }

  [[nodiscard]] std::vector<Quote> quotes(const Members& members, std::size_t most) const {
    std::vector<Quote> found;
    std::set<std::size_t> bursts;
    for (const std::size_t i : members) {
      if (found.size() == most) break;
      if (posts_[i].burst && !bursts.insert(*posts_[i].burst).second) continue;
      found.push_back(posts_[i].quote);
    }
    return found;
  }

  [[nodiscard]] std::set<std::string> languages_of(const Members& group) const {
    std::set<std::string> languages;
    for (const std::size_t i : group) languages.insert(posts_[i].quote.language);
    return languages;
  }

  [[nodiscard]] std::set<PostId> ids_of(const Members& group) const {
    std::set<PostId> ids;
    for (const std::size_t i : group) ids.insert(posts_[i].post);
    return ids;
  }

  std::span<const BriefPost> posts_;
  const BriefOptions& options_;
  TermTable terms_;
  std::vector<TermVector> vectors_;  // of posts_
  std::optional<OnTopic> on_topic_;
  Members questions_;  // the newest first
  Members advocacy_;
  Members complaints_;
};

}  // namespace

std::string_view to_string(ContentFormat format) {
  return format_names[static_cast<std::size_t>(format)];
}

bool is_open_question(const BriefPost& post) {
  if (post.tag != Tag::question || post.answered) return false;
  return !post.stage || *post.stage <= Stage::fmot || post.intent == Intent::buy;
}

double quotability(const BriefPost& post) {
  const auto words = static_cast<double>(post.words);
  double fit = 1.0;
  if (words < shortest_fit) fit = words / shortest_fit;
  if (words > longest_fit) fit = longest_fit / words;
  const double voices =
      post.burst ? static_cast<double>(std::max<std::int64_t>(1, post.quote.look_alikes)) : 1.0;
  return std::max(0.0, post.score * post.confidence * fit * reach_factor(post) / voices);
}

double urgency(const BriefPost& post, Day today) {
  const double freshness = std::exp2(-age_in_days(post, today) / urgency_half_life);
  return std::max(0.0, -post.score * post.confidence * freshness * reach_factor(post));
}

Brief make_brief(std::span<const BriefPost> posts, const BriefOptions& options) {
  return BriefMaker(posts, options).make();
}

}  // namespace testigo::insight
