#include "cli/commands/corrected.h"

#include <ostream>

#include "app/audits.h"

namespace testigo::cli {

Result<std::vector<insight::TagAccuracy>> audited_accuracy(Context& context, store::Store& store,
                                                           const std::optional<BrandId>& brand) {
  auto audit = store::latest_audit(store, brand, true);
  if (!audit) return fail(std::move(audit.error()));
  if (!*audit)
    return fail(Errc::not_found, "nothing was audited; begin with: testigo audit", "--corrected");
  context.err() << "testigo: shares of advocacy and complaint are corrected by audit "
                << (*audit)->id << ", " << (*audit)->labelled << " labels"
                << ((*audit)->rules_changed ? "; the rules have changed since, draw a new one" : "")
                << '\n';
  return app::accuracy_of(store, (*audit)->id);
}

}  // namespace testigo::cli
