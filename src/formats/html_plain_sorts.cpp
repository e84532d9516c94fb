#include "formats/html_plain_sorts.h"

#include <algorithm>
#include <unordered_map>

namespace testigo::formats {
namespace {

using Sort = PlainSort;

struct SortOfName {
  std::string_view names;
  Sort sort;
};
constexpr SortOfName sorts_by_name[] = {
    {"html head body frameset frame table caption colgroup col tbody thead tfoot tr td th select "
     "option optgroup svg math template plaintext xmp noframes listing isindex image keygen nobr "
     "ruby rb rt rtc rp applet marquee object center dialog dir menu menuitem pre title iframe "
     "noembed",
     Sort::odd},
    {"area br embed img input param source track wbr", Sort::empty},
    {"hr", Sort::rule},
    {"base basefont bgsound link meta", Sort::metadata},
    {"script style", Sort::raw},
    {"address article aside blockquote details div dl fieldset figcaption figure footer "
     "header hgroup main nav ol section summary ul",
     Sort::block},
    {"form", Sort::form},
    {"button", Sort::button},
    {"textarea", Sort::textarea},
    {"h1 h2 h3 h4 h5 h6", Sort::heading},
    {"p", Sort::paragraph},
    {"li dd dt", Sort::list_item},
    {"a", Sort::anchor},
    {"b big code em font i s small strike strong tt u", Sort::formatting},
};

using Sorts = std::unordered_map<std::string_view, Sort>;

Sorts make_sorts() {
  Sorts sorts;
  for (const SortOfName& row : sorts_by_name) {
    for (std::size_t at = 0; at < row.names.size();) {
      const std::size_t end = std::min(row.names.find(' ', at), row.names.size());
      sorts.emplace(row.names.substr(at, end - at), row.sort);
      at = end + 1;
    }
  }
  return sorts;
}

}  // namespace

PlainSort plain_sort_of(std::string_view name) {
  static const Sorts sorts = make_sorts();
  const auto found = sorts.find(name);
  return found == sorts.end() ? Sort::ordinary : found->second;
}

}  // namespace testigo::formats
