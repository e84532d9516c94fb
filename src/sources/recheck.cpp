#include "sources/recheck.h"

#include <algorithm>

#include "sources/requests.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

const Step* recheck_step(const Source& source) {
  const auto found = std::find_if(source.steps.begin(), source.steps.end(),
                                  [](const Step& step) { return step.recheck; });
  return found == source.steps.end() ? nullptr : &*found;
}

}  // namespace

std::size_t most_rechecked(const Source& source) {
  const Step* step = recheck_step(source);
  return step == nullptr ? 0 : step->together * step->max_requests;
}

std::vector<PageRequest> recheck_requests(const Source& source, const Watch& watch,
                                          std::span<const std::string> ids) {
  std::vector<PageRequest> requests;
  const Step* step = recheck_step(source);
  if (step == nullptr) return requests;
  std::vector<Variables> elements;
  for (const std::string& id : ids) elements.push_back({{std::string(ids_variable), id}});
  for (const Variables& variables : together(*step, std::move(elements)))
    if (auto request = request_of(source, watch, *step, variables))
      requests.push_back(*std::move(request));
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
