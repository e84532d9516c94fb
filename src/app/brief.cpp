#include "app/brief.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/bursts.h"
#include "app/quote_of.h"
#include "insight/topics.h"
#include "query/match.h"
#include "store/read_weighed.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::size_t most_replies = 20'000;

// From rows of the store to what the brief weighs.
class PostReader {
 public:
  PostReader(const BriefTools& tools, const BrandId& brand, std::set<PostId> answered)
      : tools_(tools), answered_(std::move(answered)) {
    if (const ListenedBrand* one = tools.brands.find(brand))
      for (std::string& word : text::folded_words(one->name)) names_.insert(std::move(word));
  }

  [[nodiscard]] insight::BriefPost read(const store::WeighedMention& row) const {
    insight::BriefPost post;
    post.quote = quote_of(row.id, row);
    post.post = row.post;
    post.parent = row.parent;
    post.author = row.author;
    post.tag = row.tag;
    post.stage = row.stage;
    post.act = row.act;
    post.intent = row.intent;
    post.score = row.score;
    post.confidence = row.confidence;
    post.reach = row.reach;
    post.answered = row.owner_replied || answered_.contains(row.post);
    post.themes = row.themes;
    AskingSigns signs = tools_.words.read(row.text, row.language, names_);
    post.words = signs.words;
    post.asks_how = signs.how;
    post.asks_for_experience = signs.experience;
    post.compares = row.tag == Tag::question &&
                    (signs.compare || row.act == Act::compare || names_competitor(row));
    post.terms = std::move(signs.stems);
    if (row.tag == Tag::advocacy) post.runs = tools_.words.runs(row.text, row.language, names_);
    for (const Facet& theme : row.themes)
      post.terms.push_back(std::string(insight::theme_prefix) + theme.name);
    return post;
  }

 private:
  // In its own words, not in the name of what it is about.
  [[nodiscard]] bool names_competitor(const store::WeighedMention& row) const {
    const query::Document document("", row.text);
    query::Facts facts;
    facts.source = row.source;
    facts.language = row.language;
    facts.day = row.day;
    return std::any_of(tools_.competitors.begin(), tools_.competitors.end(),
                       [&](const BrandId& id) {
                         const ListenedBrand* brand = tools_.brands.find(id);
                         facts.brand = id;
                         return brand != nullptr && brand->matcher.matches(document, facts);
                       });
  }

  const BriefTools& tools_;
  std::set<PostId> answered_;
  std::set<std::string> names_;  // words of the brand's own name
};

BurstRequest burst_request(const BriefTools& tools, const insight::BriefOptions& options) {
  const ListenedBrand* const brand = tools.brands.find(options.brand);
  return {options.brand, brand != nullptr ? brand->name : options.brand.value, std::nullopt,
          options.window, tools.zone};
}

// Which burst each of their mentions is of.
std::map<MentionId, std::size_t> bursts_by_mention(const AdvocacyBursts& alike) {
  std::map<MentionId, std::size_t> found;
  for (std::size_t i = 0; i < alike.bursts.size(); ++i)
    for (const std::size_t post : alike.bursts[i].posts)
      found.emplace(alike.posts[post].quote.mention, i);
  return found;
}

}  // namespace

Result<insight::Brief> brief_of(const BriefTools& tools, const insight::BriefOptions& options) {
  auto replies =
      store::brand_replies(tools.store, options.brand, options.window.first, most_replies);
  if (!replies) return fail(std::move(replies.error()));
  std::set<PostId> answered;
  for (const store::BrandReply& reply : *replies) answered.insert(reply.to);
  const PostReader reader(tools, options.brand, std::move(answered));
  std::vector<insight::BriefPost> posts;
  auto alike = advocacy_bursts(tools.store, tools.words, burst_request(tools, options));
  if (!alike) return fail(std::move(alike.error()));
  const auto bursts = bursts_by_mention(*alike);
  for (const Tag tag : {Tag::question, Tag::advocacy, Tag::complaint}) {
    auto rows = store::weighed_mentions(
        tools.store, {options.brand, tag, options.window.first,
                      Day{options.window.last.days + std::chrono::days(1)}, most_brief_posts});
    if (!rows) return fail(std::move(rows.error()));
    for (const store::WeighedMention& row : *rows) {
      insight::BriefPost& post = posts.emplace_back(reader.read(row));
      const auto burst = bursts.find(row.id);
      if (burst == bursts.end()) continue;
      post.burst = burst->second;
      post.quote.look_alikes = static_cast<std::int64_t>(alike->bursts[burst->second].posts.size());
    }
  }
  return insight::make_brief(posts, options);
}

}  // namespace testigo::app
