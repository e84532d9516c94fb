#include "app/unique_ids.h"

#include <string_view>

#include "core/list_address.h"

namespace testigo::app {
namespace {

bool is_unique_by_itself(std::string_view id) {
  for (const std::string_view beginning : {"http://", "https://", "urn:", "tag:"})
    if (id.starts_with(beginning)) return true;
  return false;
}

// "https://shop.example:8443/p/1" → "shop.example:8443".
std::string_view site_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

void make_unique(std::optional<std::string>& id, const std::string& page_url) {
  if (!id || is_unique_by_itself(*id)) return;
  if (id->starts_with('#')) {
    id->insert(0, is_small_number(*id) ? page_url : list_address(page_url));
  } else {
    id->insert(0, std::string(site_of(page_url)) + "/");
  }
}

}  // namespace

void clean_addresses(Post& post, const formats::TrackingParameters& tracking) {
  if (auto page = formats::canonical_url(post.page_url, tracking)) post.page_url = *std::move(page);
  if (!post.url) return;
  if (auto url = formats::canonical_permalink(*post.url, tracking)) post.url = *std::move(url);
}

void make_ids_unique(Post& post, const formats::TrackingParameters& tracking) {
  make_unique(post.external_id, post.page_url);
  make_unique(post.parent, post.page_url);
  if (!post.external_id || !post.url || post.external_id == post.url) return;
  const auto link = formats::canonical_permalink(*post.external_id, tracking);
  if (link && *link == *post.url) post.external_id = post.url;
}

}  // namespace testigo::app
