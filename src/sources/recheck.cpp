#include "sources/recheck.h"

#include <algorithm>

#include "sources/requests.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

// "Ug?*": any character at each "?", and whatever there is from "*" on.
bool has_form(std::string_view id, std::string_view form) {
  if (form.empty()) return true;
  const std::size_t star = form.find('*');
  const std::string_view begin = form.substr(0, star);
  if (star == std::string_view::npos ? id.size() != begin.size() : id.size() < begin.size())
    return false;
  return std::equal(begin.begin(), begin.end(), id.begin(),
                    [](char of_form, char of_id) { return of_form == '?' || of_form == of_id; });
}

// The first step that asks for such an id; null pointer where none does.
const Step* recheck_step(const Source& source, std::string_view id) {
  const auto found = std::find_if(source.steps.begin(), source.steps.end(), [&](const Step& step) {
    return step.recheck && has_form(id, step.ids);
  });
  return found == source.steps.end() ? nullptr : &*found;
}

}  // namespace

std::size_t most_rechecked(const Source& source) {
  std::size_t most = 0;
  for (const Step& step : source.steps)
    if (step.recheck) most += step.together * step.max_requests;
  return most;
}

std::vector<PageRequest> recheck_requests(const Source& source, const Watch& watch,
                                          std::span<const std::string> ids) {
  std::vector<PageRequest> requests;
  for (const Step& step : source.steps) {
    if (!step.recheck) continue;
    std::vector<Variables> elements;
    for (const std::string& id : ids)
      if (recheck_step(source, id) == &step) elements.push_back({{std::string(ids_variable), id}});
    for (const Variables& variables : together(step, std::move(elements)))
      if (auto request = request_of(source, watch, step, variables))
        requests.push_back(*std::move(request));
  }
  return requests;
}

std::vector<std::string> rechecked_ids(const Source& source, const PageRequest& request) {
  std::vector<std::string> ids;
  const StepState state = read_step(request.step);
  const Step* step = find_step(source, state.name);
  const auto joined = state.variables.find(std::string(ids_variable));
  if (step == nullptr || !step->recheck || joined == state.variables.end()) return ids;
  for (std::string_view rest = joined->second; !rest.empty();) {
    const std::size_t end = std::min(rest.find(extract::joint), rest.size());
    ids.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return ids;
}

}  // namespace testigo::sources
