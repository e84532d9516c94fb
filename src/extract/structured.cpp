#include "extract/structured.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "extract/thing_reading.h"

namespace testigo::extract {
namespace {

constexpr std::string_view review_types[] = {"Review", "UserReview", "CriticReview",
                                             "EmployerReview"};
// The last is data-vocabulary.org's, which came before schema.org.
constexpr std::string_view aggregate_types[] = {"AggregateRating", "EmployerAggregateRating",
                                                "Review-aggregate"};
constexpr std::string_view comment_types[] = {
    "Comment",  "UserComments",           "Answer",
    "Question", "DiscussionForumPosting", "SocialMediaPosting"};

// Article, NewsArticle, BlogPosting, LiveBlogPosting, …
bool is_article(const Thing& thing) {
  return std::any_of(thing.types.begin(), thing.types.end(), [](const std::string& type) {
    return type.ends_with("Article") || type.ends_with("BlogPosting");
  });
}

template <std::size_t N>
bool is_any(const Thing& thing, const std::string_view (&types)[N]) {
  return std::any_of(std::begin(types), std::end(types),
                     [&](std::string_view type) { return thing.is(type); });
}

class PageThings {
 public:
  explicit PageThings(const Things& things) : things_(things), reading_(things) {}

  StructuredData read() {
    StructuredData data;
    for (std::size_t i = 0; i < things_.size() && !reading_.is_full(); ++i) {
      const Thing& thing = things_[i];
      if (thing.properties.empty()) continue;
      if (is_any(thing, review_types) || reading_.hangs_on(i, {"review", "reviews"})) {
        data.reviews.push_back(review(i));
      } else if (is_any(thing, aggregate_types) || reading_.hangs_on(i, {"aggregateRating"})) {
        data.aggregates.push_back(aggregate(i));
      } else if (is_any(thing, comment_types)) {
        PageComment one = comment(i);
        const bool told = !one.text.empty() && !is_removed(thing) && !is_reply_of_a_review(i) &&
                          !(is_of_faq(i) && !one.author);
        if (told) data.comments.push_back(std::move(one));
      } else if (is_article(thing)) {
        data.articles.push_back(article(thing));
      }
    }
    return data;
  }

 private:
  // What forums state of a comment whose words are gone.
  bool is_removed(const Thing& thing) const {
    const auto status = reading_.words_of(thing, {"creativeWorkStatus"});
    return status && (*status == "Deleted" || *status == "Removed");
  }

  // Questions that a page answers itself are no one's words.
  bool is_of_faq(std::size_t place) const {
    constexpr int levels = 3;  // page, question, answer
    for (int i = 0; i < levels; ++i) {
      if (things_[place].is("FAQPage")) return true;
      const auto parent = reading_.parent_of(place);
      if (!parent) return false;
      place = parent->thing;
    }
    return false;
  }

  std::optional<std::string> item_of(std::size_t place) const {
    const Thing& thing = things_[place];
    if (auto reviewed = reading_.words_of(thing, {"itemReviewed", "itemreviewed"})) return reviewed;
    const auto parent = reading_.parent_of(place);
    if (!parent) return std::nullopt;
    const Thing& above = things_[parent->thing];
    if (auto name = reading_.words_of(above, {"name", "headline"})) return name;
    // "review" of an offer or a variant: what that hangs on has the name.
    const auto higher =
        is_any(above, review_types) ? std::nullopt : reading_.parent_of(parent->thing);
    return higher ? reading_.words_of(things_[higher->thing], {"name", "headline"}) : std::nullopt;
  }

  // What it is about, where it is of one aspect of the thing, with the title behind it.
  std::optional<std::string> title_of(const Thing& review) const {
    auto title = reading_.words_of(review, {"name", "headline", "title", "summary"});
    auto aspect = reading_.words_of(review, {"reviewAspect"});
    if (!aspect || (title && title->find(*aspect) != std::string::npos)) return title;
    return title ? *aspect + ": " + *title : *aspect;
  }

  Review review(std::size_t place) const {
    const Thing& thing = things_[place];
    const ThingScale scale = reading_.rating_of(thing);
    Review review;
    review.id = reading_.id_of(thing);
    review.item = item_of(place);
    review.author = reading_.author_of(thing);
    review.rating = scale.value;
    review.best = scale.best;
    review.worst = scale.worst;
    review.title = title_of(thing);
    review.pros = reading_.list_of(thing, "positiveNotes");
    review.cons = reading_.list_of(thing, "negativeNotes");
    review.body = reading_.words_of(thing, {"reviewBody", "description", "text"});
    review.date = reading_.words_of(thing, {"datePublished", "dateCreated", "dtreviewed"});
    review.edited = reading_.words_of(thing, {"dateModified"});
    review.url = reading_.url_of(thing);
    review.language = reading_.words_of(thing, {"inLanguage"});
    review.location = reading_.words_of(thing, {"locationCreated", "contentLocation"});
    review.reach = reading_.count_of(thing, {"upvoteCount", "helpfulCount"});
    read_reply(thing, review);
    return review;
  }

  // The owner's answer: a comment on the review by an organisation, by the publisher, or unsigned.
  void read_reply(const Thing& thing, Review& review) const {
    for (const ThingProperty& property : thing.properties) {
      if (property.name != "comment" || !property.value.thing) continue;
      const Thing& answer = things_[*property.value.thing];
      if (!is_by_owner(answer, thing)) continue;
      review.reply = reading_.words_of(answer, {"text", "description", "commentText"});
      review.reply_date = reading_.words_of(answer, {"datePublished", "dateCreated"});
      return;
    }
  }

  bool is_by_owner(const Thing& answer, const Thing& review) const {
    const ThingValue* author = reading_.first(answer, {"author", "creator"});
    if (author == nullptr) return true;  // shops sign strangers' comments, not always their own
    const std::string name = reading_.words(author);
    if (!name.empty() && name == reading_.words(reading_.first(review, {"publisher"}))) return true;
    if (!author->thing) return false;
    const Thing& who = things_[*author->thing];
    return !who.types.empty() && !who.is("Person");
  }

  bool is_reply_of_a_review(std::size_t place) const {
    const auto parent = reading_.parent_of(place);
    if (!parent) return false;
    const Thing& above = things_[parent->thing];
    return is_any(above, review_types) && is_by_owner(things_[place], above);
  }

  // What a comment says beside what it quotes; who only quotes has said that.
  std::optional<std::string> own_words_of(const Thing& thing) const {
    const ThingValue* value =
        reading_.first(thing, {"text", "articleBody", "commentText", "description"});
    return value == nullptr ? std::nullopt : reading_.counted(value->own);
  }

  // schema.org's InteractionCounter of likes, votes, agreement.
  std::optional<std::int64_t> likes_of(const Thing& thing) const {
    for (const ThingProperty& property : thing.properties) {
      if (property.name != "interactionStatistic" || !property.value.thing) continue;
      const Thing& counter = things_[*property.value.thing];
      const std::string kind = reading_.words(reading_.first(counter, {"interactionType"}));
      if (kind.find("Like") == std::string::npos && kind.find("Agree") == std::string::npos)
        continue;
      return reading_.count_of(counter, {"userInteractionCount"});
    }
    return std::nullopt;
  }

  Aggregate aggregate(std::size_t place) const {
    const Thing& thing = things_[place];
    const ThingScale scale = reading_.rating_of(thing);
    Aggregate aggregate;
    aggregate.item = item_of(place);
    aggregate.rating = scale.value;
    aggregate.best = scale.best;
    aggregate.worst = scale.worst;
    aggregate.review_count = reading_.count_of(thing, {"reviewCount", "count"});
    aggregate.rating_count = reading_.count_of(thing, {"ratingCount", "votes"});
    return aggregate;
  }

  PageComment comment(std::size_t place) const {
    const Thing& thing = things_[place];
    PageComment comment;
    comment.id = reading_.id_of(thing);
    comment.url = reading_.url_of(thing);
    if (!comment.id) comment.id = comment.url;
    comment.author = reading_.author_of(thing);
    comment.title = reading_.words_of(thing, {"headline", "name"});
    comment.text = reading_.words_of(thing, {"text", "articleBody", "commentText", "description"})
                       .value_or("");
    comment.date = reading_.words_of(thing, {"datePublished", "dateCreated", "commentTime"});
    comment.own_words = own_words_of(thing);
    comment.reach = reading_.count_of(thing, {"upvoteCount"});
    if (!comment.reach) comment.reach = likes_of(thing);
    comment.place = place_of(place);
    if (const auto parent = reading_.parent_of(place)) {
      const Thing& above = things_[parent->thing];
      comment.item = reading_.words_of(above, {"name", "headline"});
      if (is_any(above, comment_types) || is_any(above, review_types))
        answer(parent->thing, comment);
    }
    const ThingValue* answered = reading_.first(thing, {"parentItem"});
    if (answered != nullptr && answered->thing) answer(*answered->thing, comment);
    if (const ThingValue* target = reading_.first(thing, {"inReplyTo"}); target != nullptr)
      comment.parent = target->url;
    return comment;
  }

  // From 1 on.
  static std::uint32_t place_of(std::size_t thing) { return static_cast<std::uint32_t>(thing) + 1; }

  void answer(std::size_t thing, PageComment& comment) const {
    comment.parent = reading_.id_of(things_[thing]);
    if (!comment.parent) comment.parent = reading_.url_of(things_[thing]);
    comment.answers = place_of(thing);
  }

  PageArticle article(const Thing& thing) const {
    PageArticle article;
    article.title = reading_.words_of(thing, {"headline", "name"});
    article.author = reading_.author_of(thing);
    article.date = reading_.words_of(thing, {"datePublished", "dateCreated"});
    article.edited = reading_.words_of(thing, {"dateModified"});
    return article;
  }

  const Things& things_;
  ThingReading reading_;
};

// An address that several comments state (mainEntityOfPage) is the page's and names none of them.
void drop_shared_urls(std::vector<PageComment>& comments) {
  std::unordered_map<std::string, int> times;
  for (const PageComment& comment : comments)
    if (comment.url) ++times[*comment.url];
  const auto is_shared = [&](const std::optional<std::string>& url) {
    const auto found = url ? times.find(*url) : times.end();
    return found != times.end() && found->second > 1;
  };
  for (PageComment& comment : comments) {
    if (is_shared(comment.id)) comment.id.reset();
    if (is_shared(comment.parent)) comment.parent.reset();
    if (is_shared(comment.url)) comment.url.reset();
  }
}

}  // namespace

StructuredData read_things(const Things& things) {
  StructuredData data;
  merge(data, PageThings(things).read());
  drop_shared_urls(data.comments);
  return data;
}

}  // namespace testigo::extract
