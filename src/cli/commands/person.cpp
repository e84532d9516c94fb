#include "cli/commands/person.h"

#include <cstdlib>

namespace testigo::cli {

std::string person_of(const Arguments& arguments) {
  if (const auto given = arguments.value("--by")) return *given;
  for (const char* name : {"USER", "LOGNAME"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return "unknown";
}

}  // namespace testigo::cli
