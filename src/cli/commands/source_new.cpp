#include <filesystem>
#include <ostream>

#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "sources/scaffold.h"

namespace testigo::cli {
namespace {

constexpr std::string_view default_folder = "rules";

// The user's own rules folder; "rules" beside the configuration (or here) where none is named.
struct RulesFolder {
  std::string path{default_folder};
  bool named = false;  // by the configuration, so that it is read
};

Result<RulesFolder> rules_folder(Context& context) {
  auto configuration = context.configuration();
  if (!configuration) {
    if (configuration.error().code == Errc::not_found) return RulesFolder{};
    return fail(std::move(configuration.error()));
  }
  const auto& named = (*configuration)->rules;
  return RulesFolder{
      app::resolve_path((*configuration)->folder, named.value_or(std::string(default_folder))),
      named.has_value()};
}

bool is_address(const std::string& from) {
  return from.starts_with("http://") || from.starts_with("https://");
}

ExitCode run(Context& context, const Arguments& arguments) {
  sources::ScaffoldWishes wishes;
  wishes.name = arguments.value_or("NAME", "");
  if (const auto from = arguments.value("--from")) {
    if (is_address(*from)) {
      wishes.url = *from;
    } else {
      auto answer = app::read_file(*from);
      if (!answer) return context.failed(answer.error());
      wishes.answer = std::move(*answer);
    }
  }
  const auto text = sources::scaffold(wishes);
  if (!text && text.error().where == "--from")
    return context.failed({text.error().code, text.error().what, arguments.value_or("--from", "")});
  if (!text) return context.bad_usage(text.error());
  const auto folder = rules_folder(context);
  if (!folder) return context.bad_configuration(folder.error());
  const std::filesystem::path file =
      std::filesystem::path(folder->path) / "sources" / (wishes.name + ".toml");
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error)
    return context.failed(
        {Errc::io, "the folder cannot be made: " + error.message(), file.parent_path().string()});
  if (auto written = app::write_new_file(file.string(), *text); !written)
    return context.failed(written.error());
  context.out() << "wrote " << file.string() << '\n';
  if (!folder->named)
    context.err() << "Add rules = \"" << default_folder
                  << "\" to testigo.toml, so that it is read.\n";
  context.err() << "Next: fill it in, then testigo source test " << wishes.name
                << " FILE with a saved answer, or --live\n";
  return ExitCode::done;
}

}  // namespace

Command source_new_command() {
  return {"source new",
          "set up",
          "Write a description of a service of your own, to fill in",
          {{"NAME", Arity::positional, "", "its name: small letters, digits, _ and -", true, ""},
           {"--from", Arity::value, "URL|FILE",
            "the address to ask, or a saved answer to guess the fields from", false, ""}},
          {{"source new acme_reviews --from answer.json",
            "rules/sources/acme_reviews.toml with the fields that it found"}},
          run};
}

}  // namespace testigo::cli
