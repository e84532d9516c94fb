#include "extract/structured.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "extract/number.h"
#include "extract/plain.h"
#include "formats/url.h"
#include "text/normalize.h"

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

std::optional<std::string> non_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

class ThingReader {
 public:
  explicit ThingReader(const Things& things) : things_(things) { note_parents(); }

  StructuredData read() {
    StructuredData data;
    for (std::size_t i = 0; i < things_.size() && bytes_ < max_read_bytes; ++i) {
      const Thing& thing = things_[i];
      if (thing.properties.empty()) continue;
      if (is_any(thing, review_types) || hangs_on(i, {"review", "reviews"})) {
        data.reviews.push_back(review(i));
      } else if (is_any(thing, aggregate_types) || hangs_on(i, {"aggregateRating"})) {
        data.aggregates.push_back(aggregate(i));
      } else if (is_any(thing, comment_types)) {
        PageComment one = comment(i);
        if (!one.text.empty() && !is_reply_of_a_review(i)) data.comments.push_back(std::move(one));
      } else if (is_article(thing)) {
        data.articles.push_back(article(thing));
      }
    }
    return data;
  }

 private:
  struct Parent {
    std::size_t thing;
    std::string_view property;
  };

  void note_parents() {
    for (std::size_t i = 0; i < things_.size(); ++i) {
      for (const ThingProperty& property : things_[i].properties) {
        if (property.value.thing)
          parents_.try_emplace(*property.value.thing, Parent{i, property.name});
      }
    }
  }

  // The first value of the first of these names that has one. A product's hundred thousand reviews
  // ask it for its name, and it may come behind all of them: large things have an index.
  const ThingValue* first(const Thing& thing, std::initializer_list<std::string_view> names) const {
    constexpr std::size_t small = 32;
    if (thing.properties.size() <= small) return thing.first(names);
    const auto [large, is_new] = large_.try_emplace(&thing);
    auto& index = large->second;
    if (is_new) {
      for (const ThingProperty& property : thing.properties)
        if (has_value(property)) index.try_emplace(property.name, &property.value);
    }
    for (const std::string_view name : names)
      if (const auto found = index.find(name); found != index.end()) return found->second;
    return nullptr;
  }

  // Whether a thing that does not say what it is stands where only such things stand.
  bool hangs_on(std::size_t place, std::initializer_list<std::string_view> properties) const {
    const auto parent = parents_.find(place);
    if (parent == parents_.end() || !things_[place].types.empty()) return false;
    return std::find(properties.begin(), properties.end(), parent->second.property) !=
           properties.end();
  }

  const Thing* parent_of(std::size_t place) const {
    const auto parent = parents_.find(place);
    return parent == parents_.end() ? nullptr : &things_[parent->second.thing];
  }

  // A value's words; of a thing its name.
  std::string words(const ThingValue* value, int depth = 0) const {
    constexpr int deepest = 4;  // a name that is itself a thing, and so on round in a circle
    if (value == nullptr || depth > deepest) return {};
    if (!value->thing) return value->text.empty() ? value->url : value->text;
    const Thing& thing = things_[*value->thing];
    const std::string named = words(first(thing, {"name", "headline", "alternateName"}), depth + 1);
    if (!named.empty()) return named;
    return words(first(thing, {"givenName", "text", "url"}), depth + 1);
  }

  std::optional<std::string> words_of(const Thing& thing,
                                      std::initializer_list<std::string_view> names) const {
    return counted(words(first(thing, names)));
  }

  std::optional<std::string> counted(std::string text) const {
    bytes_ += text.size();
    return non_empty(std::move(text));
  }

  // All authors: a review by two has two.
  std::optional<std::string> author_of(const Thing& thing) const {
    constexpr std::size_t most = 20;  // names; more are a list of something else
    std::string authors;
    std::size_t count = 0;
    for (const std::string_view name : {"author", "creator", "reviewer"}) {
      for (const ThingProperty& property : thing.properties) {
        if (property.name != name || count >= most) continue;
        const std::string one = words(&property.value);
        if (one.empty() || ("; " + authors + ";").find("; " + one + ";") != std::string::npos)
          continue;
        authors += (authors.empty() ? "" : "; ") + one;
        ++count;
      }
      if (!authors.empty()) break;
    }
    return non_empty(authors);
  }

  std::optional<std::string> item_of(std::size_t place) const {
    const Thing& thing = things_[place];
    if (auto reviewed = words_of(thing, {"itemReviewed", "itemreviewed"})) return reviewed;
    const auto parent = parents_.find(place);
    if (parent == parents_.end()) return std::nullopt;
    const Thing& above = things_[parent->second.thing];
    if (auto name = words_of(above, {"name", "headline"})) return name;
    // "review" of an offer or a variant: what that hangs on has the name.
    return is_any(above, review_types) ? std::nullopt : item_above(parent->second.thing);
  }

  std::optional<std::string> item_above(std::size_t place) const {
    const Thing* above = parent_of(place);
    return above == nullptr ? std::nullopt : words_of(*above, {"name", "headline"});
  }

  struct Scale {
    std::optional<double> value, best, worst;
  };

  Scale scale_of(const Thing& thing) const {
    Scale scale;
    const std::string value = words(first(thing, {"ratingValue", "rating", "average", "value"}));
    if (const auto written = parse_rating(value)) {
      scale.value = parse_number(value).value_or(written->value);
      scale.best = written->best;
    }
    if (const auto best = parse_number(words(first(thing, {"bestRating", "best"}))))
      scale.best = best;
    scale.worst = parse_number(words(first(thing, {"worstRating", "worst"})));
    return scale;
  }

  Scale rating_of(const Thing& review) const {
    const ThingValue* rating = first(review, {"reviewRating", "rating"});
    if (rating == nullptr) return scale_of(review);
    if (rating->thing) return scale_of(things_[*rating->thing]);
    Scale scale = scale_of(review);
    if (const auto written = parse_rating(rating->text)) {
      scale.value = written->value;
      if (written->best) scale.best = written->best;
    }
    return scale;
  }

  std::optional<std::int64_t> count_of(const Thing& thing,
                                       std::initializer_list<std::string_view> names) const {
    return parse_count(words(first(thing, names)));
  }

  std::optional<std::string> url_of(const Thing& thing) const {
    const ThingValue* url = first(thing, {"url", "mainEntityOfPage"});
    if (url == nullptr) return std::nullopt;
    if (url->thing) return counted(things_[*url->thing].id);
    return counted(url->url.empty() ? url->text : url->url);
  }

  // The site's own number before @id: that is often the page's address and moves with the paging.
  std::optional<std::string> id_of(const Thing& thing) const {
    if (auto identifier = words_of(thing, {"identifier"})) return identifier;
    if (thing.id.empty() || thing.id.starts_with("_:")) return std::nullopt;
    return counted(thing.id);
  }

  Review review(std::size_t place) const {
    const Thing& thing = things_[place];
    const Scale scale = rating_of(thing);
    Review review;
    review.id = id_of(thing);
    review.item = item_of(place);
    review.author = author_of(thing);
    review.rating = scale.value;
    review.best = scale.best;
    review.worst = scale.worst;
    review.title = words_of(thing, {"name", "headline", "title", "summary"});
    review.body = words_of(thing, {"reviewBody", "description", "text"});
    review.date = words_of(thing, {"datePublished", "dateCreated", "dtreviewed"});
    review.edited = words_of(thing, {"dateModified"});
    review.url = url_of(thing);
    review.language = words_of(thing, {"inLanguage"});
    review.location = words_of(thing, {"locationCreated", "contentLocation"});
    review.reach = count_of(thing, {"upvoteCount", "helpfulCount"});
    read_reply(thing, review);
    return review;
  }

  // The owner's answer: a comment on the review by an organisation, by the publisher, or unsigned.
  void read_reply(const Thing& thing, Review& review) const {
    for (const ThingProperty& property : thing.properties) {
      if (property.name != "comment" || !property.value.thing) continue;
      const Thing& answer = things_[*property.value.thing];
      if (!is_by_owner(answer, thing)) continue;
      review.reply = words_of(answer, {"text", "description", "commentText"});
      review.reply_date = words_of(answer, {"datePublished", "dateCreated"});
      return;
    }
  }

  bool is_by_owner(const Thing& answer, const Thing& review) const {
    const ThingValue* author = first(answer, {"author", "creator"});
    if (author == nullptr) return true;  // shops sign strangers' comments, not always their own
    const std::string name = words(author);
    if (!name.empty() && name == words(first(review, {"publisher"}))) return true;
    if (!author->thing) return false;
    const Thing& who = things_[*author->thing];
    return !who.types.empty() && !who.is("Person");
  }

  bool is_reply_of_a_review(std::size_t place) const {
    const Thing* parent = parent_of(place);
    return parent != nullptr && is_any(*parent, review_types) &&
           is_by_owner(things_[place], *parent);
  }

  // What a comment says beside what it quotes; who only quotes has said that.
  std::optional<std::string> own_words_of(const Thing& thing) const {
    const ThingValue* value = first(thing, {"text", "articleBody", "commentText", "description"});
    return value == nullptr ? std::nullopt : counted(value->own);
  }

  // schema.org's InteractionCounter of likes, votes, agreement.
  std::optional<std::int64_t> likes_of(const Thing& thing) const {
    for (const ThingProperty& property : thing.properties) {
      if (property.name != "interactionStatistic" || !property.value.thing) continue;
      const Thing& counter = things_[*property.value.thing];
      const std::string kind = words(first(counter, {"interactionType"}));
      if (kind.find("Like") == std::string::npos && kind.find("Agree") == std::string::npos)
        continue;
      return count_of(counter, {"userInteractionCount"});
    }
    return std::nullopt;
  }

  Aggregate aggregate(std::size_t place) const {
    const Thing& thing = things_[place];
    const Scale scale = rating_of(thing);
    Aggregate aggregate;
    aggregate.item = item_of(place);
    aggregate.rating = scale.value;
    aggregate.best = scale.best;
    aggregate.worst = scale.worst;
    aggregate.review_count = count_of(thing, {"reviewCount", "count"});
    aggregate.rating_count = count_of(thing, {"ratingCount", "votes"});
    return aggregate;
  }

  PageComment comment(std::size_t place) const {
    const Thing& thing = things_[place];
    PageComment comment;
    comment.id = id_of(thing);
    comment.url = url_of(thing);
    if (!comment.id) comment.id = comment.url;
    comment.author = author_of(thing);
    comment.title = words_of(thing, {"headline", "name"});
    comment.text =
        words_of(thing, {"text", "articleBody", "commentText", "description"}).value_or("");
    comment.date = words_of(thing, {"datePublished", "dateCreated", "commentTime"});
    comment.own_words = own_words_of(thing);
    comment.reach = count_of(thing, {"upvoteCount"});
    if (!comment.reach) comment.reach = likes_of(thing);
    const auto parent = parents_.find(place);
    if (parent == parents_.end()) return comment;
    const Thing& above = things_[parent->second.thing];
    comment.item = words_of(above, {"name", "headline"});
    if (is_any(above, comment_types) || is_any(above, review_types)) {
      comment.parent = id_of(above);
      if (!comment.parent) comment.parent = url_of(above);
    }
    return comment;
  }

  PageArticle article(const Thing& thing) const {
    PageArticle article;
    article.title = words_of(thing, {"headline", "name"});
    article.author = author_of(thing);
    article.date = words_of(thing, {"datePublished", "dateCreated"});
    article.edited = words_of(thing, {"dateModified"});
    return article;
  }

  // Of all that is read together: each review has its product's name, and one of some megabytes
  // would be had a hundred thousand times.
  static constexpr std::size_t max_read_bytes = 64u << 20;

  const Things& things_;
  mutable std::size_t bytes_ = 0;
  std::unordered_map<std::size_t, Parent> parents_;
  mutable std::unordered_map<const Thing*, std::unordered_map<std::string_view, const ThingValue*>>
      large_;  // by name, of things with many properties
};

}  // namespace

StructuredData read_things(const Things& things) {
  StructuredData data;
  merge(data, ThingReader(things).read());
  return data;
}

}  // namespace testigo::extract
