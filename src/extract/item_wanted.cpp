#include <algorithm>
#include <string>

#include "extract/condition.h"
#include "extract/item.h"
#include "text/fold.h"

namespace testigo::extract {
namespace {

// "/type=pingback" holds where that text stands there, "/note*=#bot" where it stands within the
// text there; "/deleted" where something true does.
bool holds(const ItemView& item, std::string_view written) {
  const Condition condition = parse_condition(written);
  const auto fits = [&](const Found& found) {
    if (!condition.word) return found.is_true();
    if (!condition.within) return found.text() == *condition.word;
    return text::fold(found.text()).find(text::fold(*condition.word)) != std::string::npos;
  };
  if (item.look_up_each && condition.place.find("/*") != std::string_view::npos) {
    const std::vector<Found> all = item.look_up_each(condition.place);
    return std::any_of(all.begin(), all.end(), fits);
  }
  return fits(item.look_up(condition.place));
}

}  // namespace

bool has_more(const ItemView& item, const ItemSpec& spec) {
  return std::any_of(spec.more_if.begin(), spec.more_if.end(),
                     [&](const std::string& condition) { return holds(item, condition); });
}

bool is_gone(const ItemView& item, const ItemSpec& spec) {
  return std::any_of(spec.gone_if.begin(), spec.gone_if.end(),
                     [&](const std::string& condition) { return holds(item, condition); });
}

bool is_wanted(const ItemView& item, const Selector& only_if, const Selector& skip_if) {
  const auto here = [&](const std::string& condition) { return holds(item, condition); };
  if (std::any_of(skip_if.begin(), skip_if.end(), here)) return false;
  return only_if.empty() || std::any_of(only_if.begin(), only_if.end(), [&](const auto& condition) {
           if (parse_condition(condition).word) return holds(item, condition);
           return !item.look_up(condition).is_missing();
         });
}

}  // namespace testigo::extract
