#include <istream>
#include <thread>

#include "app/classify_lines.h"
#include "app/files.h"
#include "app/rule_book.h"
#include "cli/commands/commands.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

ExitCode run(Context& context, const Arguments& arguments) {
  app::ClassifyLinesOptions options;
  options.language = arguments.value_or("--language", "auto");
  if (options.language != "auto" && options.language != "en" && options.language != "es" &&
      options.language != "ro")
    return context.bad_usage({Errc::malformed,
                              "\"" + options.language + "\" is none of auto, en, es, ro",
                              "--language"});
  options.explain = arguments.has("--explain");
  const auto jobs = arguments.number("--jobs", 1, 1, 256);
  if (!jobs) return context.bad_usage(jobs.error());
  options.jobs = static_cast<unsigned>(*jobs);
  const auto percent = arguments.number("--min-confidence", 0, 0, 100);
  if (!percent) return context.bad_usage(percent.error());
  options.min_confidence = static_cast<double>(*percent) / 100;
  auto book = context.rule_book_for_verdicts();
  if (!book) return context.bad_configuration(book.error());

  auto switches = app::SwitchWords::load((*book)->files);
  if (!switches) return context.bad_configuration(switches.error());
  options.switches = &*switches;
  const classify::Classifier classifier((*book)->rules);
  const std::string file = arguments.value_or("FILE", "-");
  std::size_t failures = 0;
  if (file == "-") {
    failures = app::classify_lines(classifier, context.in(), context.out(), options);
  } else {
    auto in = app::open_file(file);
    if (!in) return context.failed(in.error());
    failures = app::classify_lines(classifier, *in, context.out(), options);
    if (in->bad()) return context.failed(app::unread_rest(file));
  }
  if (failures == 0) return ExitCode::done;
  context.err() << "testigo: " << failures << (failures == 1 ? " line" : " lines")
                << " could not be read; see the \"error\" in their place\n";
  return ExitCode::partial;
}

}  // namespace

Command classify_command() {
  return {"classify",
          "classify",
          "Tag texts: JSONL in, JSONL out, same order",
          {{"FILE", Arity::positional, "",
            "JSONL with \"text\" and, if known, id, title, lang, rating, brands; - for stdin",
            false, ""},
           {"--language", Arity::value, "L", "auto, en, es or ro, for all texts", false, ""},
           {"--explain", Arity::flag, "", "add \"why\": every rule that spoke, with its words",
            false, ""},
           {"--min-confidence", Arity::value, "P",
            "leave out verdicts that are less sure than P percent", false, ""},
           {"--jobs", Arity::value, "N", "threads, 1 unless said", false, "-j"}},
          {{"classify reviews.jsonl --explain > tagged.jsonl", "tag a file and say why"},
           {"classify - --language es < posts.jsonl", "Spanish texts from a pipe"}},
          run};
}

}  // namespace testigo::cli
