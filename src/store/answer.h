#pragma once

#include "core/result.h"
#include "store/connection.h"

namespace testigo::store {

// What was read, or the connection's error where reading failed.
template <class T>
Result<T> answer(Connection& c, T value) {
  if (!c.ok()) return fail(c.error());
  return value;
}

}  // namespace testigo::store
