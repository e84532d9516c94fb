#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "cli/help.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

// Where CLI11 puts what it reads: flags and values alike, as the words that were typed.
struct Slot {
  Option option;
  bool flag = false;
  std::vector<std::string> words;
};

std::string cli11_name(const Option& option) {
  if (option.arity == Arity::positional || option.arity == Arity::rest) return option.name;
  return option.short_name.empty() ? option.name : option.short_name + "," + option.name;
}

void declare(CLI::App& app, Slot& slot) {
  const std::string name = cli11_name(slot.option);
  CLI::Option* declared = nullptr;
  if (slot.option.arity == Arity::flag) {
    app.add_flag(name, slot.flag);
    return;
  }
  declared = app.add_option(name, slot.words);
  if (slot.option.arity == Arity::value || slot.option.arity == Arity::positional) {
    declared->expected(1);
    declared->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    // Else the first positional would take the words of those after it that may be absent.
    declared->allow_extra_args(false);
  } else if (slot.option.arity == Arity::values) {
    declared->expected(1);
    declared->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  } else {
    declared->expected(0, -1);
  }
  if (slot.option.required) declared->required();
}

std::vector<std::unique_ptr<Slot>> declare_all(CLI::App& app, const Command& command) {
  std::vector<std::unique_ptr<Slot>> slots;
  const auto add = [&](const Option& option) {
    slots.push_back(std::make_unique<Slot>(Slot{option, false, {}}));
    declare(app, *slots.back());
  };
  for (const Option& option : command.options) add(option);
  for (const Option& option : common_options()) add(option);
  return slots;
}

Arguments collect(const CLI::App& app, const std::vector<std::unique_ptr<Slot>>& slots) {
  std::map<std::string, std::vector<std::string>> given;
  for (const auto& slot : slots) {
    const bool typed = slot->option.arity == Arity::flag
                           ? slot->flag
                           : app.get_option(slot->option.name)->count() > 0;
    if (typed) given[slot->option.name] = slot->words;
  }
  return Arguments(std::move(given));
}

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h"; }

bool is_group(const std::string& word) {
  return std::any_of(commands().begin(), commands().end(),
                     [&](const Command& command) { return command.name.starts_with(word + " "); });
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands())
    if (command.name == name) return &command;
  return nullptr;
}

UsageError unknown_command(const std::string& typed) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  const auto meant = text::did_you_mean(typed, names);
  return {"testigo: there is no command \"" + typed + "\"" +
          (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : "; see testigo --help")};
}

UsageError wrong_words(const Command& command, std::string what) {
  std::replace(what.begin(), what.end(), '\n', ' ');
  return {"testigo " + command.name + ": " + what + "; see testigo " + command.name + " --help"};
}

std::variant<Invocation, Help, UsageError> parse_command(const Command& command,
                                                         std::vector<std::string> words) {
  if (std::any_of(words.begin(), words.end(), asks_for_help)) return Help{command_page(command)};
  CLI::App app;
  app.set_help_flag();
  const auto slots = declare_all(app, command);
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return wrong_words(command, error.what());
  }
  return Invocation{&command, collect(app, slots)};
}

// The option of every command that a word names: "--db", "--db=x.db", "-c".
const Option* find_common(const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const Option& option : common_options())
    if (name == option.name || (!option.short_name.empty() && word == option.short_name))
      return &option;
  return nullptr;
}

struct Split {
  std::vector<std::string> leading;  // options of every command that stand before it
  std::vector<std::string> words;    // the command and what follows
};

std::variant<Split, UsageError> take_leading_options(const std::vector<std::string>& typed) {
  Split split;
  std::size_t at = 0;
  for (; at < typed.size() && typed[at].starts_with('-') && typed[at].size() > 1; ++at) {
    const std::string& word = typed[at];
    if (asks_for_help(word) || word == "--version") break;
    const Option* option = find_common(word);
    if (option == nullptr)
      return UsageError{"testigo: \"" + word +
                        "\" stands before the command; write testigo COMMAND " + word +
                        " …, and see testigo --help"};
    split.leading.push_back(word);
    const bool has_value = word.find('=') != std::string::npos && word.starts_with("--");
    if (option->arity == Arity::value && !has_value && at + 1 < typed.size())
      split.leading.push_back(typed[++at]);
  }
  split.words.assign(typed.begin() + static_cast<std::ptrdiff_t>(at), typed.end());
  return split;
}

}  // namespace

std::span<const Option> common_options() {
  static const std::array<Option, 7> options = {{
      {"--config", Arity::value, "FILE",
       "configuration; else $TESTIGO_CONFIG, ./testigo.toml, the user's own", false, "-c"},
      {"--db", Arity::value, "FILE", "the store, in place of the configured one", false, ""},
      {"--now", Arity::value, "TIME", "the clock, as ISO 8601 UTC", false, ""},
      {"--format", Arity::value, "F", "table, json, jsonl, csv, tsv or md, where rows are shown",
       false, ""},
      {"--json", Arity::flag, "", "short for --format json", false, ""},
      {"--progress", Arity::value, "P", "auto, json or none: what long work says on stderr", false,
       ""},
      {"--color", Arity::value, "C", "auto, always or never", false, ""},
  }};
  return options;
}

std::variant<Invocation, Help, UsageError> parse_words(const std::vector<std::string>& typed) {
  auto split = take_leading_options(typed);
  if (auto* wrong = std::get_if<UsageError>(&split)) return std::move(*wrong);
  auto& [leading, words] = std::get<Split>(split);
  if (words.empty() || asks_for_help(words[0]) || words[0] == "help") return Help{overview_page()};
  if (words[0] == "--version" || words[0] == "version")
    return Help{"testigo " TESTIGO_VERSION "\n"};
  const auto parse = [&](const Command& command, std::ptrdiff_t name_words) {
    leading.insert(leading.end(), words.begin() + name_words, words.end());
    return parse_command(command, std::move(leading));
  };
  if (const Command* command = find_command(words[0])) return parse(*command, 1);
  if (!is_group(words[0])) return unknown_command(words[0]);
  if (words.size() == 1 || asks_for_help(words[1])) {
    if (words.size() == 1) return UsageError{group_page(words[0])};
    return Help{group_page(words[0])};
  }
  const std::string name = words[0] + " " + words[1];
  if (const Command* command = find_command(name)) return parse(*command, 2);
  return unknown_command(name);
}

}  // namespace testigo::cli
