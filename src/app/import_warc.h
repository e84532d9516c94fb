#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/import.h"
#include "archive/warc_reader.h"
#include "core/page.h"
#include "core/result.h"
#include "extract/extract.h"

namespace testigo::app {

// Pages of archives that other tools wrote (WARC 0.17 to 1.1, ARC), read as a crawl would have read
// them.
class ArchivePages {
 public:
  // `source` reads the pages; without one, HTML is read as pages with reviews and comments, and
  // feeds as feeds. Errc::malformed where there is no such source. Keeps a reference to `book`.
  [[nodiscard]] static Result<ArchivePages> make(const RuleBook& book,
                                                 const std::optional<SourceId>& source);

  struct Reading {
    Page page;  // as in the record; its body is decoded
    SourceId source;
    std::vector<Post> posts;
    std::vector<std::string> drift;
    bool about_brand = false;  // the source's posts are all about the brand
  };
  // What a record says. Nothing for one that is no page of the source, that forbids to be kept, or
  // that is a wall against robots. Errors: the reader's, for the rejects.
  [[nodiscard]] Result<std::optional<Reading>> read(const archive::WarcRecord& record,
                                                    UtcTime now) const;

 private:
  explicit ArchivePages(const RuleBook& book) : book_(&book) {}

  [[nodiscard]] std::optional<extract::Extraction> extract_by(const sources::Source& source,
                                                              const Page& page) const;

  const RuleBook* book_;
  std::vector<const sources::Source*> sources_;
  bool any_ = false;  // no source was named
};

// Imports an archive; see import_posts.
[[nodiscard]] Result<ImportSummary> import_archive(const ImportTools& tools,
                                                   const ImportOptions& options);

}  // namespace testigo::app
