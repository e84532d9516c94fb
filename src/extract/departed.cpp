#include "extract/departed.h"

#include <set>
#include <string_view>
#include <utility>

namespace testigo::extract {

void add_departed(Extraction& extraction, std::optional<std::string> external_id) {
  if (!external_id || extraction.departed.size() >= max_items_per_page) return;
  extraction.departed.push_back({*std::move(external_id), std::nullopt});
}

void drop_shown(Extraction& extraction) {
  if (extraction.departed.empty()) return;
  std::set<std::string_view> shown;
  for (const Post& post : extraction.posts)
    if (post.external_id) shown.insert(*post.external_id);
  std::erase_if(extraction.departed,
                [&](const DepartedPost& post) { return shown.contains(post.external_id); });
}

}  // namespace testigo::extract
