#include "app/import_dates.h"
#include "app/import_rows.h"
#include "extract/number.h"
#include "formats/json_writer.h"

namespace testigo::app {

ImportSurvey::ImportSurvey(const ImportPlan& plan)
    : plan_(plan),
      wants_scale_(!plan.rating_best_said && plan.mapping.contains("rating")),
      wants_order_((!plan.day_first || !plan.day_first_why.empty()) &&
                   (plan.mapping.contains("posted_at") || plan.mapping.contains("edited_at"))) {}

void ImportSurvey::Order::see(const std::string& place) {
  if (dates++ == 0) first = place;
}

void ImportSurvey::see(const ImportRow& row) {
  if (row.skipped) return;
  if (wants_scale_) see_rating(row);
  if (wants_order_) see_dates(row);
}

void ImportSurvey::see_rating(const ImportRow& row) {
  if (beyond_line_ > 0 || row.fields.contains("rating_best")) return;
  const auto written = written_rating(row, plan_);
  if (!written || written->find('%') != std::string::npos) return;
  const auto rating = extract::parse_number(*written);
  if (!rating || *rating <= plan_.rating_best || plan_.preset.rating_none == rating) return;
  beyond_ = *written;
  beyond_line_ = row.line;
}

void ImportSurvey::see_dates(const ImportRow& row) {
  for (const auto& [field, column] : row.date_columns) {
    const std::string& written = row.fields.at(field);
    const auto place = [&] { return written + " in line " + std::to_string(row.line); };
    if (const auto day_first = shows_day_first(written)) {
      for (Orders* orders : {&all_, &columns_[column]})
        (*day_first ? orders->day_first : orders->month_first).see(place());
    } else if (either_.empty() && is_either_order(written)) {
      either_ = place();
    }
  }
}

Result<void> ImportSurvey::check_scale() const {
  if (beyond_line_ == 0) return {};
  return fail(Errc::malformed,
              "rating " + beyond_ + " is beyond " + formats::shortest(plan_.rating_best) +
                  ", and nothing says where the scale ends: say --rating-best 10, 5 to "
                  "reject such rows, or --map rating= where these are no ratings",
              plan_.file + ", line " + std::to_string(beyond_line_));
}

void ImportSurvey::learn_order(ImportPlan& plan) const {
  if (!wants_order_) return;
  if (columns_.empty()) {
    if (!plan.day_first) plan.either_order = either_;
    return;
  }
  plan.day_first = all_.day_is_first();
  plan.day_first_why = all_.day_is_first() ? all_.day_first.first : all_.month_first.first;
  for (const auto& [column, orders] : columns_) {
    const bool day = orders.day_is_first();
    DateColumn& dates = plan.date_columns[column];
    dates.day_first = day;
    dates.day_first_why = day ? orders.day_first.first : orders.month_first.first;
    dates.other_order = day ? orders.month_first.first : orders.day_first.first;
  }
}

}  // namespace testigo::app
