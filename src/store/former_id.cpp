#include "store/former_id.h"

#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/list_address.h"
#include "store/connection.h"

namespace testigo::store {

std::optional<PostId> former_id(const Post& post) {
  const std::string list = list_address(post.page_url);
  if (!post.external_id) {
    if (list == post.page_url) return std::nullopt;
    return PostId(key_of({post.source.value, post.page_url, post.author.value_or(""),
                          post.posted_at_written.value_or(""), post.item.value_or("")}));
  }
  const std::string_view id = *post.external_id;
  const std::size_t hash = id.find('#');
  const std::size_t host = id.find("://");
  if (hash == std::string_view::npos || host > hash) return std::nullopt;
  const std::string_view page = id.substr(0, hash);
  if (page != list && page != post.page_url) return std::nullopt;
  const std::string_view site = page.substr(host + 3, page.find('/', host + 3) - (host + 3));
  return PostId(
      key_of({post.source.value, std::string(site).append("/").append(id.substr(hash + 1))}));
}

bool has_former_ids(Connection& c) {
  return c.integer("SELECT 1 FROM setting WHERE name = 'has_former_ids'").has_value();
}

}  // namespace testigo::store
