#pragma once

#include "core/post.h"

namespace testigo::app {

// Posts that pages and feeds of any site give their ids to come under one source, where an id may
// name one post only. Addresses and names ("urn:uuid:…", "tag:…") do by themselves; a fragment
// ("#r1") gets its page's address before it (JSON-LD 1.1 §3.3), a plain number its site's. Changes
// external_id and parent; page_url must be canonical.
void make_ids_unique(Post& post);

}  // namespace testigo::app
