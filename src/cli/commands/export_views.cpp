#include "cli/commands/export_views.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>
#include <variant>

#include "store/sql.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

// A view of a large store takes its time; nobody waits for less than the whole of it.
constexpr std::chrono::hours longest_export{24};

}  // namespace

Result<std::vector<std::string>> views_of(store::Store& store) {
  std::vector<std::string> views;
  store::SqlSink sink;
  sink.columns = [](std::span<const std::string>) {};
  sink.row = [&](std::span<const store::Cell> cells) {
    if (const auto* name = std::get_if<std::string>(&cells[0])) views.push_back(*name);
    return true;
  };
  auto done = store::run_sql(
      store, "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'v_*' ORDER BY name",
      {}, sink);
  if (!done) return fail(std::move(done.error()));
  return views;
}

Result<void> check_view(const std::vector<std::string>& views, const std::string& name) {
  if (std::find(views.begin(), views.end(), name) != views.end()) return {};
  std::string all;
  for (const std::string& view : views) all += (all.empty() ? "" : ", ") + view;
  const std::vector<std::string_view> known(views.begin(), views.end());
  const auto meant = text::did_you_mean(name, known);
  return fail(
      Errc::not_found,
      "there is no view \"" + name + "\"" +
          (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : "; there are " + all),
      "--view");
}

Result<std::size_t> write_view(store::Store& store, const std::string& view, render::Format format,
                               std::ostream& out) {
  std::size_t rows = 0;
  std::optional<render::RowWriter> writer;
  store::SqlSink sink;
  sink.columns = [&](std::span<const std::string> names) {
    writer.emplace(std::vector<std::string>(names.begin(), names.end()), format);
    out << writer->begin();
  };
  sink.row = [&](std::span<const store::Cell> cells) {
    std::vector<render::Value> values;
    for (const store::Cell& cell : cells)
      values.push_back(std::visit([](const auto& value) { return render::Value(value); }, cell));
    out << writer->row(std::move(values));
    ++rows;
    return static_cast<bool>(out);
  };
  store::SqlLimits limits;
  limits.time = longest_export;
  auto done = store::run_sql(store, "SELECT * FROM " + view, limits, sink);
  if (!done) return fail(std::move(done.error()));
  out << writer->end();
  return rows;
}

}  // namespace testigo::cli
