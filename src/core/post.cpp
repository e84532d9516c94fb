#include "core/post.h"

#include <algorithm>

#include "core/digest.h"
#include "core/list_address.h"

namespace testigo {

double stars(const Rating& rating) {
  const double width = rating.best - rating.worst;
  if (width == 0.0) return rating.value;
  return std::clamp(1.0 + 4.0 * (rating.value - rating.worst) / width, 1.0, 5.0);
}

PostId post_id(const Post& post) {
  if (post.external_id) return PostId(key_of({post.source.value, *post.external_id}));
  return PostId(key_of({post.source.value, list_address(post.page_url), post.author.value_or(""),
                        post.posted_at_written.value_or(""), post.item.value_or("")}));
}

std::optional<PostId> parent_id(const Post& post) {
  if (!post.parent && !post.answered) return std::nullopt;
  Post parent;
  parent.source = post.source;
  parent.external_id = post.parent;
  parent.page_url = post.page_url;
  if (post.answered) {
    parent.item = post.answered->item;
    parent.author = post.answered->author;
    parent.posted_at_written = post.answered->posted_at_written;
  }
  return post_id(parent);
}

MentionId mention_id(const BrandId& brand, PostId post) {
  return MentionId(key_of({brand.value, show_key(post.value)}));
}

}  // namespace testigo
