// usage: conformance SUITE_DIR
// Prints {"case","actual"} for each case of SUITE_DIR/index.jsonl, in the suite's own shapes.
// Exit: 0 each case has its line · 1 the index cannot be read · 2 usage · 5 a line of the index or a
// case's file cannot be read. What is not known here is answered with null and said on stderr.
#include <fstream>
#include <iostream>

#include "answers.h"
#include "core/embedded.h"
#include "formats/json_writer.h"

namespace {

using namespace testigo;
using namespace testigo::conformance;

enum Exit { done = 0, failure = 1, usage = 2, partial = 5 };

int complain(const Error& error, Exit code) {
  std::cerr << "conformance: " << describe(error) << '\n';
  return code;
}

// One line out; whether all that the case names could be read.
bool print_answer(const Case& row, const Tools& tools) {
  const auto actual = answer(row, tools);
  formats::JsonWriter json;
  json.begin_object().field("case", row.name()).key("actual").raw(actual ? *actual : "null");
  std::cout << json.end_object().text() << '\n';
  if (actual) return true;
  complain(actual.error(), partial);
  return actual.error().code == Errc::unsupported;
}

int run(const std::filesystem::path& folder, const Tools& tools) {
  const std::filesystem::path index = folder / "index.jsonl";
  std::ifstream lines(index);
  if (!lines) return complain({Errc::not_found, "cannot be read", index.string()}, failure);
  bool all_read = true;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto row = formats::parse_json(line);
    if (row && row->find("case")) {
      all_read = print_answer({folder, std::move(*row)}, tools) && all_read;
      continue;
    }
    all_read = false;
    complain({Errc::malformed, row ? "names no case" : row.error().what,
              index.string() + ":" + std::to_string(number)}, partial);
  }
  std::cout.flush();
  if (!std::cout) return complain({Errc::io, "cannot write the answers", "stdout"}, failure);
  return all_read ? done : partial;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || std::string_view(argv[1]).starts_with("-")) {
    std::cerr << "usage: conformance SUITE_DIR\n";
    return usage;
  }
  const auto tools = load_tools(embedded_files());
  if (!tools) return complain(tools.error(), failure);
  return run(argv[1], *tools);
}
