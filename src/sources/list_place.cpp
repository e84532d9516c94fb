#include "sources/list_place.h"

#include <array>
#include <string_view>

#include "core/list_address.h"
#include "sources/requests.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

constexpr std::array<std::string_view, 2> since_variables = {since_unix_variable,
                                                             since_iso_variable};

}  // namespace

std::string list_name(const Source& source, const PageRequest& request) {
  const StepState state = read_step(request.step);
  Variables variables = without_page(state.variables);
  for (const std::string_view since : since_variables) variables.erase(std::string(since));
  const Step* step = find_step(source, state.name);
  if (step == nullptr || step->extractor.format != extract::Format::page)
    return write_step(state.name, variables);
  variables.erase("url");  // whatever entry the page was found from
  return write_step(state.name, variables) + " " + list_address(request.archive_url);
}

bool is_selection(const Source& source, const PageRequest& request) {
  const StepState state = read_step(request.step);
  const Step* step = find_step(source, state.name);
  if (step != nullptr && step->recheck) return true;
  for (const std::string_view since : since_variables)
    if (state.variables.contains(std::string(since))) return true;
  return false;
}

std::int64_t page_of_list(const PageRequest& request) {
  return chain_length(read_step(request.step).variables);
}

bool is_newest_first(const Source& source, const PageRequest& request) {
  const Step* step = find_step(source, read_step(request.step).name);
  return step != nullptr && step->paging.newest_first;
}

bool is_whole_list(const Source& source, const PageRequest& request) {
  const Step* step = find_step(source, read_step(request.step).name);
  return step != nullptr && step->whole;
}

}  // namespace testigo::sources
