#pragma once

#include "store/connection.h"

namespace testigo::store {

// Of an older store, whose requests were told apart by the entry that their pages were found from as
// well: those that come back with every pass are brought under the names that request_key() gives
// now, with what is known of their pages and lists. Of several that are now one, one stays.
void rename_requests(Connection& c);

}  // namespace testigo::store
