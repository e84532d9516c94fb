#include <filesystem>
#include <ostream>
#include <system_error>

#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "text/fold.h"

namespace testigo::cli {
namespace {

// "Acme Cloud" → "acme_cloud": a key for [brand.…].
std::string key_of(const std::string& name) {
  std::string key;
  for (const char c : text::fold(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      key += c;
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  return key.empty() ? "brand" : key;
}

std::string toml_string(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  return quoted + "\"";
}

std::string watch_section(const std::string& key, const sources::Source& source) {
  std::string out = "\n[[brand." + key + ".watch]]   # " + source.title + "\nsource = \"" +
                    source.id.value + "\"\nevery = \"24h\"\n";
  for (const auto& [name, parameter] : source.parameters)
    if (parameter.required) out += name + " = \"\"   # " + parameter.about + "\n";
  return out;
}

std::string configuration_text(const std::string& name, const std::string& contact,
                               const std::string& timezone,
                               const std::vector<const sources::Source*>& sources) {
  const std::string key = key_of(name);
  std::string out = "# What testigo listens for. Check it with: testigo config check\n";
  out += "store = \"testigo.db\"\narchive = \"archive\"\n";
  out += "contact = " + toml_string(contact) + "   # sites see it, to know whom to write to\n";
  out += "timezone = " + toml_string(timezone) + "   # days are cut here\n";
  out += "\n[brand." + key + "]\nname = " + toml_string(name) + "\n";
  out += "query = '\"" + text::fold(name) + "\"'   # try it with: testigo brand test " + key + "\n";
  out += "own_domains = []\ncompetitors = []\n";
  for (const sources::Source* source : sources) out += watch_section(key, *source);
  return out;
}

Result<std::vector<const sources::Source*>> sources_of(Context& context,
                                                       const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  std::vector<std::string> names = arguments.values("--source");
  if (names.empty()) names = {"hackernews"};
  std::vector<const sources::Source*> sources;
  for (const std::string& name : names) {
    const auto found = (*book)->sources.find(SourceId(name));
    if (found == (*book)->sources.end())
      return fail(Errc::not_found, "there is no source \"" + name + "\"; see: testigo source list",
                  "--source");
    sources.push_back(&found->second);
  }
  return sources;
}

// A word of a shell's line in a crontab, where "%" would end the line (crontab(5)).
std::string cron_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'')
      word += "'\\''";
    else if (c == '%')
      word += "\\%";
    else
      word += c;
  }
  return word + "'";
}

// cron knows few folders of programs, and starts at home. What is due to be erased is so too where
// the crawl was partial.
std::string cron_line(const std::filesystem::path& file) {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string testigo = error ? "testigo" : cron_word(program.string());
  if (file.filename() != "testigo.toml") testigo += " -c " + cron_word(file.filename().string());
  return "20 5 * * *  cd " + cron_word(std::filesystem::absolute(file).parent_path().string()) +
         " && { " + testigo + " crawl; " + testigo + " retain; } >> crawl.log 2>&1";
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::string file = arguments.value_or("--config", "testigo.toml");
  if (std::filesystem::exists(file))
    return context.failed({Errc::refused, "is there already; move it away or edit it", file});
  app::Configuration none;
  context.use_configuration(none);
  auto sources = sources_of(context, arguments);
  if (!sources) return context.bad_usage(sources.error());
  const std::string text =
      configuration_text(arguments.value_or("--brand", ""), arguments.value_or("--contact", ""),
                         arguments.value_or("--timezone", "UTC"), *sources);
  if (auto parsed = app::parse_configuration(file, text); !parsed)
    return context.bad_usage(parsed.error());
  if (auto written = app::write_new_file(file, text); !written)
    return context.failed(written.error());
  context.out() << "wrote " << file << "\n\nFor a crawl every day at 05:20, and then what is to be "
                << "erased, add this line with crontab -e:\n\n"
                << cron_line(file) << "\n\n";
  context.err() << "Next: fill in what is empty, then testigo config check, testigo crawl\n";
  return ExitCode::done;
}

}  // namespace

Command init_command() {
  return {"init",
          "set up",
          "Write a testigo.toml and print the line for a daily cron job",
          {{"--brand", Arity::value, "NAME", "what to listen for, \"Acme Cloud\"", true, ""},
           {"--source", Arity::values, "NAME",
            "a place to watch, may be repeated; hackernews unless said", false, ""},
           {"--contact", Arity::value, "URL", "mailto: or https: address that sites may write to",
            false, ""},
           {"--timezone", Arity::value, "ZONE",
            "where days are cut, \"Europe/Madrid\"; UTC unless said", false, ""}},
          {{"init --brand \"Acme Cloud\" --source hackernews --source appstore --contact "
            "mailto:me@acme.example",
            "a configuration for one brand on two sources"}},
          run};
}

}  // namespace testigo::cli
