#include "insight/switches.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace testigo::insight {
namespace {

using Cells = std::map<std::pair<BrandId, BrandId>, std::vector<const Crossing*>>;

std::vector<Cause> causes_of(const std::vector<const Crossing*>& crossings) {
  std::map<std::string, std::int64_t> posts;
  for (const Crossing* crossing : crossings)
    for (const std::string& theme : crossing->themes) ++posts[theme];
  std::vector<Cause> causes;
  for (const auto& [theme, count] : posts) causes.push_back({theme, count});
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& a, const Cause& b) { return a.posts > b.posts; });
  causes.resize(std::min(causes.size(), most_causes));
  return causes;
}

std::vector<Quote> quotes_of(std::vector<const Crossing*> crossings) {
  std::sort(crossings.begin(), crossings.end(), [](const Crossing* a, const Crossing* b) {
    return std::tuple(a->kind, b->quote.day, a->quote.mention) <
           std::tuple(b->kind, a->quote.day, b->quote.mention);
  });
  std::vector<Quote> quotes;
  for (const Crossing* crossing : crossings) {
    if (quotes.size() == most_quotes) break;
    quotes.push_back(crossing->quote);
  }
  return quotes;
}

std::int64_t size_of(const Cells& cells, const BrandId& from, const BrandId& to) {
  const auto found = cells.find({from, to});
  return found == cells.end() ? 0 : static_cast<std::int64_t>(found->second.size());
}

SwitchCell cell_of(const Cells& cells, const BrandId& from, const BrandId& to, std::int64_t all) {
  const std::vector<const Crossing*>& crossings = cells.at({from, to});
  SwitchCell cell;
  cell.from = from;
  cell.to = to;
  cell.goes = std::count_if(crossings.begin(), crossings.end(), [](const Crossing* crossing) {
    return crossing->kind == Crossing::Kind::goes;
  });
  const auto here = static_cast<std::int64_t>(crossings.size());
  cell.prefers = here - cell.goes;
  cell.share = share(here, all);
  if (const std::int64_t back = size_of(cells, to, from); !from.empty() && !to.empty())
    cell.balance = net_sentiment(here, back, here + back);
  cell.small = all < small_sample;
  cell.causes = causes_of(crossings);
  cell.quotes = quotes_of(crossings);
  return cell;
}

}  // namespace

std::vector<SwitchCell> switch_matrix(std::span<const Crossing> crossings) {
  Cells cells;
  std::int64_t all = 0;
  for (const Crossing& crossing : crossings) {
    if (crossing.from == crossing.to && !crossing.from.empty()) continue;
    cells[{crossing.from, crossing.to}].push_back(&crossing);
    ++all;
  }
  std::vector<SwitchCell> matrix;
  for (const auto& [names, of_cell] : cells)
    matrix.push_back(cell_of(cells, names.first, names.second, all));
  std::stable_sort(matrix.begin(), matrix.end(), [](const SwitchCell& a, const SwitchCell& b) {
    return a.goes + a.prefers > b.goes + b.prefers;
  });
  return matrix;
}

}  // namespace testigo::insight
