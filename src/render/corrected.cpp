#include "render/corrected.h"

#include "formats/json_writer.h"

namespace testigo::render {
namespace {

// advocacy_share, advocacy_low, complaint_high, …: of share of voice, `share` is none.
bool is_of_a_tag(std::string_view column) {
  const bool tag = column.starts_with("advocacy_") || column.starts_with("complaint_");
  return tag &&
         (column.ends_with("_share") || column.ends_with("_low") || column.ends_with("_high"));
}

}  // namespace

std::string corrected_line(const Terminal& terminal) {
  return paint(
             "corrected: shares of advocacy and complaint; counts and net sentiment are as tagged",
             Style::dim, terminal) +
         "\n";
}

void say_corrected(Rows& rows) {
  formats::JsonWriter json;
  json.begin_array();
  for (const std::string& column : rows.columns)
    if (is_of_a_tag(column)) json.string(column);
  const std::string names = json.end_array().take();
  rows.columns.emplace_back("corrected");
  for (auto& row : rows.rows) row.emplace_back(RawJson{names});
}

}  // namespace testigo::render
