#include "store/turn.h"

#include "store/connection.h"

namespace testigo::store {

bool is_free_within(Store& store, std::chrono::milliseconds patience) {
  return store.connection().is_free_within(patience);
}

}  // namespace testigo::store
