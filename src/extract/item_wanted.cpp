#include <algorithm>
#include <string>

#include "extract/item.h"
#include "text/fold.h"

namespace testigo::extract {
namespace {

// "/type=pingback" holds where that text stands there, "/note*=#bot" where it stands within the
// text there; "/deleted" where something true does.
bool holds(const ItemView& item, std::string_view condition) {
  const bool compares = condition.starts_with('/') || condition.starts_with(piece_prefix);
  const std::size_t equals = compares ? condition.find('=') : std::string::npos;
  const bool within = equals != std::string::npos && condition[equals - 1] == '*';
  const std::string_view selector = condition.substr(0, equals - (within ? 1 : 0));
  const std::string word =
      equals == std::string::npos ? "" : std::string(condition.substr(equals + 1));
  const auto fits = [&](const Found& found) {
    if (equals == std::string::npos) return found.is_true();
    if (!within) return found.text() == word;
    return text::fold(found.text()).find(text::fold(word)) != std::string::npos;
  };
  if (item.look_up_each && selector.find("/*") != std::string_view::npos) {
    const std::vector<Found> all = item.look_up_each(selector);
    return std::any_of(all.begin(), all.end(), fits);
  }
  return fits(item.look_up(selector));
}

}  // namespace

bool is_gone(const ItemView& item, const ItemSpec& spec) {
  return std::any_of(spec.gone_if.begin(), spec.gone_if.end(),
                     [&](const std::string& condition) { return holds(item, condition); });
}

bool is_wanted(const ItemView& item, const Selector& only_if, const Selector& skip_if) {
  const auto here = [&](const std::string& condition) { return holds(item, condition); };
  if (std::any_of(skip_if.begin(), skip_if.end(), here)) return false;
  return only_if.empty() || std::any_of(only_if.begin(), only_if.end(), [&](const auto& condition) {
           if (condition.find('=') != std::string::npos) return holds(item, condition);
           return !item.look_up(condition).is_missing();
         });
}

}  // namespace testigo::extract
