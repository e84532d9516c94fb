#include "core/result.h"

namespace testigo {

std::string describe(const Error& error) {
  if (error.where.empty()) return error.what;
  return error.where + ": " + error.what;
}

}  // namespace testigo
