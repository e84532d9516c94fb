#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/link_header.h"

using namespace testigo::formats;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string written(const WebLink& link) {
  std::string rels;
  for (const std::string& rel : link.rels) rels += (rels.empty() ? "" : " ") + rel;
  std::string text = "<" + link.target + ">; rel=" + quoted(rels);
  if (!link.type.empty()) text += "; type=" + quoted(link.type);
  if (!link.title.empty()) text += "; title=" + quoted(link.title);
  if (!link.anchor.empty()) text += "; anchor=" + quoted(link.anchor);
  return text;
}

}  // namespace

// Properties: what is found is bounded and has a relation; a link that is written out again reads
// back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto links = parse_link_header({reinterpret_cast<const char*>(data), size});
  require(links.size() <= 256);
  std::string all;
  for (const WebLink& link : links) {
    require(!link.rels.empty());
    all += (all.empty() ? "" : ", ") + written(link);
  }
  require(parse_link_header(all) == links);
  return 0;
}
