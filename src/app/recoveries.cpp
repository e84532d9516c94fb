#include "app/recoveries.h"

#include <map>

#include "app/quote_of.h"
#include "store/read_weighed.h"

namespace testigo::app {
namespace {

insight::RecoveryPost post_of(const store::WeighedMention& row,
                              const std::map<PostId, UtcTime>& replies) {
  insight::RecoveryPost post;
  post.quote = quote_of(row.id, row);
  post.author = row.author;
  post.said_at = row.said_at;
  post.tag = row.tag.value_or(Tag::other);
  post.claimed = row.recovery == Recovery::claimed;
  post.turned_at = row.turned_at;
  if (row.turned_from) {
    post.turned_from = post.quote;
    post.turned_from->text = *row.turned_from;
    post.turned_from->evidence = row.turned_evidence;
  }
  post.replied = row.owner_replied;
  post.replied_at = row.owner_reply_at;
  if (const auto reply = replies.find(row.post); reply != replies.end()) {
    post.replied = true;
    if (!post.replied_at || reply->second < *post.replied_at) post.replied_at = reply->second;
  }
  // Where the day of the post is that of its collection, the time to a reply is not known.
  if (!row.dated) post.replied_at.reset();
  return post;
}

}  // namespace

Result<insight::Recoveries> recoveries_of(store::Store& store, const BrandId& brand,
                                          const insight::DayRange& window, UtcTime now) {
  auto replies = store::brand_replies(store, brand, window.first, most_recovery_posts);
  if (!replies) return fail(std::move(replies.error()));
  std::map<PostId, UtcTime> first_replies;  // they come oldest first
  for (const store::BrandReply& reply : *replies) first_replies.emplace(reply.to, reply.at);
  std::vector<insight::RecoveryPost> posts;
  for (const Tag tag : {Tag::complaint, Tag::mixed, Tag::advocacy}) {
    auto rows = store::weighed_mentions(
        store, {brand, tag, Day{window.first.days - pain_memory},
                Day{window.last.days + std::chrono::days(1)}, most_recovery_posts});
    if (!rows) return fail(std::move(rows.error()));
    for (const store::WeighedMention& row : *rows) posts.push_back(post_of(row, first_replies));
  }
  return insight::make_recoveries(posts, window.first, now);
}

}  // namespace testigo::app
