#include "cli/commands/turn.h"

#include <ostream>

#include "store/turn.h"

namespace testigo::cli {
namespace {

constexpr std::chrono::milliseconds patience{2'000};  // longer than a batch of a crawl

}  // namespace

void say_if_waiting(const Context& context, store::Store& store) {
  if (store::is_free_within(store, patience)) return;
  context.err() << "waiting for another program that is writing " << store.path() << " …"
                << std::endl;
}

}  // namespace testigo::cli
