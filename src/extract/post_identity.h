#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/post.h"
#include "extract/feed.h"
#include "extract/page_reading.h"

namespace testigo::extract {

// What names a post, where pages and feeds of any site give ids of any reach. An id that says too
// much puts one post in another's place; one that says too little stores a post twice.

// Of contributions found on a page the first of these that there is:
//   1. the site's number of it (data-post-id="300"): unique in its site
//   2. a link to itself on another address than the list's (/goto?post=300#post-300): that address
//   3. the element's id as a fragment (RFC 3986 §3.5), unique in its page and, since posts move
//      from page to page, in the list (list_address.h); one of three digits or fewer only where a
//      link leads to it, for else it may count the places of the page anew; an address of its own
//      that ends in that number ("/threads/9/post-3") stands for it
//   4. none: page, author, date and words tell them apart
// Rewrites `id`, and `parent` with it. `page_url` canonical.
void settle_ids(std::vector<PageComment>& comments, std::string_view page_url);

// Of feed entries: a guid names one entry of its feed (RSS 2.0). Where it stands on entries with
// several links, their links do; where on entries with other words and one link or none, that are
// not told to be revisions of one, it names none of them. What is made of words and numbers alone
// ("1", "post-17", "hello-world") is the feed's, not the site's: "https://a.example/feed#17", and
// so is a part of an address that no entry has for its link. An entry without a guid is named by
// its link, unless entries with other words have the same. An answer to a comment that is named by
// its address gets that comment's id. `feed_url` canonical.
void settle_ids(Feed& feed, std::string_view feed_url);

// Of several revisions of an entry that a feed holds at once, those before the latest go.
void drop_earlier_revisions(Feed& feed);

// The address by which a page's posts without an id are known: the one that the page states
// (rel=canonical), where that differs in scheme, query, letter case or a slash at the end alone;
// else its own. `page_url` canonical, as is what is returned.
[[nodiscard]] std::string identity_address(const std::optional<std::string>& stated,
                                           std::string page_url);

// An id on posts of one page with different words, or that is the page's own address, tells none of
// them apart: those have none, and who answers one of several is known to answer none.
void drop_shared_ids(std::vector<Post>& posts, std::string_view page_address);

// Indices of posts of one page: what answers, and what it answers.
using Replies = std::vector<std::pair<std::size_t, std::size_t>>;

// Makes posts name what they answer, by its id or by what names a post without one; where several
// of the page have the same author, date and thing, that names none of them.
void settle_replies(std::vector<Post>& posts, const Replies& replies);

}  // namespace testigo::extract
