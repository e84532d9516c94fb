#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/verdict.h"
#include "insight/quote.h"
#include "insight/trend.h"

namespace testigo::insight {

// A mention as the brief weighs it. Copies, the brand's own posts and advertisements are none.
struct BriefPost {
  Quote quote;
  PostId post;
  std::optional<PostId> parent;
  std::optional<std::string> author;  // pseudonym
  std::optional<Tag> tag;
  std::optional<Stage> stage;
  std::optional<Act> act;
  std::optional<Intent> intent;
  double score = 0.0;
  double confidence = 0.0;
  std::int64_t reach = 0;
  bool answered = false;             // by the brand
  std::optional<std::size_t> burst;  // of look-alike praise (bursts.h): which; quote.look_alikes
                                     // says of how many posts
  std::vector<Facet> themes;
  std::vector<std::string> terms;   // what it is about: stems and themes (topics.h), each once
  std::size_t words = 0;            // its length
  std::vector<std::uint64_t> runs;  // numbers of its runs of words; of advocacy
  // What its words show.
  bool compares = false;             // names a competitor, or sets things side by side
  bool asks_how = false;             // "how do I …"
  bool asks_for_experience = false;  // "has anyone …"
};

enum class ContentFormat : std::uint8_t { faq, comparison, how_to, testimonial };
[[nodiscard]] std::string_view to_string(ContentFormat format);

// The complaint to deal with before something is published: the theme that most complaints on the
// topic speak ill of, and the worst of them.
struct Fix {
  std::string theme;  // empty: they have none in common
  std::int64_t complaints = 0;
  Quote quote;
};

// A question that shoppers ask, and what there is to answer it with.
struct Topic {
  std::vector<Quote> asked;         // the most typical of its questions first, most_asked at most
  std::vector<std::string> themes;  // of at least half of its questions
  std::int64_t posts = 0;
  std::int64_t askers = 0;      // by pseudonym; a post without one counts as one
  std::int64_t advocacy = 0;    // what a shopper finds today: posts that speak for it (those of a
                                // burst are one) …
  std::int64_t complaints = 0;  // … and against
  // demand = askers. lack = 1 − advocacy / (advocacy + complaints + demand): what part of all who
  // speak of it do not speak for it. weight = 1 + complaints / (advocacy + complaints + 1).
  // priority = demand × lack × weight.
  double demand = 0.0, lack = 1.0, weight = 1.0, priority = 0.0;
  std::vector<Quote> in_favour;  // to be quoted: the most relevant and quotable first
  std::vector<Quote> against;
  std::optional<Fix> fix;
  ContentFormat format = ContentFormat::faq;
};

struct Amplified {
  Quote quote;
  double quotability = 0.0;
};

struct Unanswered {
  Quote quote;
  std::vector<std::string> themes;
  double urgency = 0.0;
};

struct BriefOptions {
  BrandId brand;
  DayRange window;
  Day today;               // ages are counted back from here
  std::size_t most = 10;   // topics, and entries of the other sections
  std::size_t quotes = 3;  // of each kind under a topic
};

struct Brief {
  BrandId brand;
  DayRange window;
  Day today;
  std::int64_t questions = 0;  // open ones that were read
  std::int64_t topics_in_all = 0;
  std::vector<Topic> topics;  // highest priority first
  std::vector<Amplified> amplify;
  std::vector<Unanswered> answer;
  std::int64_t unanswered = 0;  // complaints without a reply that were read
};

// An open question: tagged so, before a purchase (stage unknown, pre_zmot, zmot or fmot, or intent
// to buy), and not answered by the brand.
[[nodiscard]] bool is_open_question(const BriefPost& post);

// score × confidence × fit × (1 + log10(1 + reach)). fit is 1 from 8 to 60 words, falls below in
// proportion to the words, above in proportion to 60 / words. Of a burst: over its posts, which
// together are one voice. 0 or more.
[[nodiscard]] double quotability(const BriefPost& post);

// −score × confidence × 2^(−age / 30 days) × (1 + log10(1 + reach)). 0 or more.
[[nodiscard]] double urgency(const BriefPost& post, Day today);

// `posts` are the brand's questions, advocacy and complaints in the window, in any order; the
// result depends on them and the options alone. Of each burst one quote is shown, and to be
// amplified one of each that look alike or have a run of words in common. Questions are grouped by
// likeness (topics.h). A post is on a topic if it answers one of its questions, if it shares a
// theme with it, or if its likeness with it is `on_topic` or more; on a topic without a theme also
// if it has `half_said` of its words, by their weight (topics.h): those that at least half of its
// questions have.
[[nodiscard]] Brief make_brief(std::span<const BriefPost> posts, const BriefOptions& options);

inline constexpr double same_question =
    0.35;  // likeness of a question with the middle of its group
inline constexpr double on_topic = 0.25;
inline constexpr double half_said = 0.5;
inline constexpr std::size_t most_asked = 3;

}  // namespace testigo::insight
