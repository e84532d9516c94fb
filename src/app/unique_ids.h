#pragma once

#include "core/post.h"
#include "formats/canonical_url.h"

namespace testigo::app {

// Makes the addresses of a post that was read those that are stored: of its page, and of its own
// with the fragment.
void clean_addresses(Post& post, const formats::TrackingParameters& tracking);

// Posts that pages and feeds of any site give their ids to come under one source, where an id may
// name one post only. Addresses and names ("urn:uuid:…", "tag:…") do by themselves, and the post's
// own address in its cleaned form; a fragment ("#post-3000") gets the address of its page's list
// before it (core/list_address.h), a small one ("#r1"), which each page may have anew, its page's;
// a plain number its site's. Changes external_id and parent; the addresses must be clean.
void make_ids_unique(Post& post, const formats::TrackingParameters& tracking);

}  // namespace testigo::app
