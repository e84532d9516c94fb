#include "cli/help.h"

#include <algorithm>
#include <vector>

#include "cli/parse.h"

namespace testigo::cli {
namespace {

constexpr std::size_t left_column = 28;  // wide enough for "--format table|json|jsonl|…"

std::string padded(std::string text) {
  if (text.size() + 2 > left_column) return text + "\n" + std::string(left_column + 2, ' ');
  text.resize(left_column, ' ');
  return text + "  ";
}

std::string heading_of(const Option& option) {
  std::string text = option.short_name.empty() ? "" : option.short_name + ", ";
  text += option.name;
  if (!option.placeholder.empty()) text += " " + option.placeholder;
  if (option.arity == Arity::rest) text += "…";
  return text;
}

std::string usage_of(const Command& command) {
  std::string usage = "testigo " + command.name;
  bool optional = false;
  for (const Option& option : command.options) {
    if (option.arity != Arity::positional && option.arity != Arity::rest) {
      optional = true;
      continue;
    }
    const std::string word = option.name + (option.arity == Arity::rest ? "…" : "");
    usage += option.required ? " " + word : " [" + word + "]";
  }
  return usage + (optional ? " [options]" : "");
}

std::string option_rows(std::span<const Option> options) {
  std::string rows;
  for (const Option& option : options)
    rows += "  " + padded(heading_of(option)) + option.help + "\n";
  return rows;
}

std::string example_rows(const std::vector<Example>& examples) {
  std::string rows;
  for (const Example& example : examples)
    rows += "  testigo " + example.line + "\n      " + example.comment + "\n";
  return rows;
}

std::string command_rows(std::string_view group) {
  std::string rows;
  for (const Command& command : commands())
    if (command.group == group) rows += "  " + padded(command.name) + command.summary + "\n";
  return rows;
}

std::vector<std::string> groups() {
  std::vector<std::string> names;
  for (const Command& command : commands())
    if (std::find(names.begin(), names.end(), command.group) == names.end())
      names.push_back(command.group);
  return names;
}

}  // namespace

std::string overview_page() {
  std::string page =
      "testigo: collects what customers say of a brand, tags it by rules that say why,\n"
      "and keeps the evidence.\n\nUsage: testigo COMMAND [options]\n";
  for (const std::string& group : groups()) page += "\n" + group + ":\n" + command_rows(group);
  page += "\noptions of every command:\n";
  page += option_rows(common_options());
  page +=
      "\nexamples:\n"
      "  testigo demo\n      the whole road on a bundled web site: crawl, tags, trend, quotes\n"
      "  testigo init --brand \"Acme Cloud\" --source hackernews\n"
      "      writes testigo.toml and prints the line for a daily cron job\n"
      "  testigo crawl\n      one pass over what is due\n"
      "  testigo trend --brand acme --by week\n      how advocacy and complaints moved\n"
      "\nexit codes: 0 done, 1 failure, 2 usage, 3 nothing matched (--fail-empty), 4 "
      "configuration\n"
      "or rules wrong, 5 done in part, 7 evidence check failed, 130 interrupted\n"
      "\nHelp on one command: testigo COMMAND --help\n";
  return page;
}

std::string group_page(std::string_view first_word) {
  const std::string prefix = std::string(first_word) + " ";
  std::string rows;
  std::string examples;
  for (const Command& command : commands()) {
    if (!command.name.starts_with(prefix)) continue;
    rows += "  " + padded(command.name) + command.summary + "\n";
    examples += example_rows(command.examples);
  }
  return "Usage: testigo " + prefix + "COMMAND [options]\n\ncommands:\n" + rows +
         (examples.empty() ? "" : "\nexamples:\n" + examples);
}

std::string command_page(const Command& command) {
  std::string page = command.summary + "\n\nUsage: " + usage_of(command) + "\n";
  if (!command.options.empty()) page += "\noptions:\n" + option_rows(command.options);
  page += "\noptions of every command:\n" + option_rows(common_options());
  if (!command.examples.empty()) page += "\nexamples:\n" + example_rows(command.examples);
  return page;
}

}  // namespace testigo::cli
