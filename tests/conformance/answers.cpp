#include "answers.h"

namespace testigo::conformance {

Result<Tools> load_tools(std::span<const EmbeddedFile> embedded) {
  Tools tools;
  for (const EmbeddedFile& file : embedded) {
    if (!file.path.starts_with("rules/shared/tracking/") || !file.path.ends_with(".tsv")) continue;
    if (auto added = tools.tracking.add(file.path, file.bytes); !added)
      return fail(std::move(added).error());
  }
  return tools;
}

Result<std::string> answer(const Case& row, const Tools& tools) {
  const auto kind = kind_of(row);
  if (!kind) return fail(Errc::unsupported, "is of a kind that is not known here", row.name());
  switch (*kind) {
    case Kind::robots: return answer_robots(row);
    case Kind::urls: return answer_url(row, tools);
    case Kind::dates: return answer_date(row);
    case Kind::ratings: return answer_rating(row);
    case Kind::charsets: return answer_charset(row);
    case Kind::feeds: return answer_feed(row);
    case Kind::sitemaps: return answer_sitemap(row);
    case Kind::structured: return answer_structured(row);
    case Kind::pagination: return answer_pagination(row);
    case Kind::content: return answer_content(row);
  }
  return fail(Errc::unsupported, "is of a kind that is not known here", row.name());
}

}  // namespace testigo::conformance
