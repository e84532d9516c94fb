#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_range.h"
#include "core/ids.h"
#include "core/post.h"
#include "core/result.h"
#include "core/time.h"
#include "store/store.h"

namespace testigo::store {

// Which posts an erasure is to take (erasure.h), and where their words stand.

// A record of the archive, by where it begins.
struct ArchiveRecord {
  std::string file;  // within the archive folder
  std::uint64_t offset = 0;
  std::vector<ByteRange> rows{};  // of its block: these alone are to go; empty: all of it

  friend auto operator<=>(const ArchiveRecord&, const ArchiveRecord&) = default;
};

struct AuthorPosts {
  std::vector<std::string> pseudonyms;  // one for each source that has posts of the author
  std::vector<PostId> posts;
};
// Whether anything was erased that is not to come back, and whether this post was.
[[nodiscard]] Result<bool> some_are_withheld(Store& store);
[[nodiscard]] Result<bool> is_withheld(Store& store, const Post& post);

// By name, in whatever source, or by pseudonym.
[[nodiscard]] Result<AuthorPosts> posts_of_author(Store& store, std::string_view author);
// Those whose own address it is.
[[nodiscard]] Result<std::vector<PostId>> posts_at(Store& store, std::string_view url);
// By a post's id or that of a mention of it.
[[nodiscard]] Result<std::optional<PostId>> post_of_id(Store& store, std::int64_t id);
// Posts that are kept for being told apart, but say the same as these: post.copy_of.
[[nodiscard]] Result<std::vector<PostId>> copies_of(Store& store, std::span<const PostId> posts);

// Sources that have posts; those that have or once had.
[[nodiscard]] Result<std::vector<SourceId>> sources_with_posts(Store& store);
[[nodiscard]] Result<std::vector<SourceId>> all_sources(Store& store);
// Of one source, in order of id: those that came before then; those that it no longer shows.
[[nodiscard]] Result<std::vector<PostId>> posts_collected_before(Store& store,
                                                                 const SourceId& source,
                                                                 UtcTime before);
[[nodiscard]] Result<std::vector<PostId>> gone_posts(Store& store, const SourceId& source);
// Addresses of the records that posts of a source were read from.
[[nodiscard]] Result<std::vector<std::string>> evidence_urls(Store& store, const SourceId& source);

// What a post said once, and where that was read.
struct RevisionTrace {
  std::string text;  // without title
  std::optional<std::string> external_id;
  std::optional<ArchiveRecord> record;
};

// What posts said, and where.
struct PostTraces {
  std::vector<std::string> texts;          // of all revisions, without titles
  std::vector<std::string> urls;           // of the posts themselves
  std::vector<std::string> page_urls;      // of pages that they were read from
  std::vector<RevisionTrace> revisions{};  // all of them
};
[[nodiscard]] Result<PostTraces> traces_of(Store& store, std::span<const PostId> posts);

}  // namespace testigo::store
