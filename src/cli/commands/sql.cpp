#include <ostream>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "store/sql.h"

namespace testigo::cli {
namespace {

render::Value value_of(const store::Cell& cell) {
  return std::visit([](const auto& value) { return render::Value(value); }, cell);
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto seconds = arguments.number("--timeout", 30, 1, 86'400);
  if (!seconds) return context.bad_usage(seconds.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  store::SqlLimits limits;
  limits.time = std::chrono::seconds(*seconds);
  std::optional<render::RowWriter> writer;
  store::SqlSink sink;
  sink.columns = [&](std::span<const std::string> names) {
    writer.emplace(std::vector<std::string>(names.begin(), names.end()), context.format(),
                   context.terminal());
    context.out() << writer->begin();
  };
  sink.row = [&](std::span<const store::Cell> cells) {
    std::vector<render::Value> values;
    for (const store::Cell& cell : cells) values.push_back(value_of(cell));
    context.out() << writer->row(std::move(values));
    return static_cast<bool>(context.out());
  };
  auto done = store::run_sql(*store, arguments.value_or("SQL", ""), limits, sink);
  if (writer) context.out() << writer->end();
  return done ? ExitCode::done : context.failed(done.error());
}

}  // namespace

Command sql_command() {
  return {"sql",
          "keep",
          "Ask the store in SQL, reading only",
          {{"SQL", Arity::positional, "", "one SELECT; the views are v_mentions, v_why, v_daily, …", true, ""},
           {"--timeout", Arity::value, "S", "seconds, 30 unless said", false, ""}},
          {{"sql 'SELECT tag, count(*) FROM v_mentions GROUP BY tag'", "how many of each tag"},
           {"sql 'SELECT * FROM v_daily' --format csv > daily.csv", "a view as a spreadsheet"}},
          run};
}

}  // namespace testigo::cli
