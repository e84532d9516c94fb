#include "cli/commands/corrected.h"

#include <ostream>

#include "app/audits.h"

namespace testigo::cli {

Result<std::vector<insight::TagAccuracy>> audited_accuracy(Context& context, store::Store& store,
                                                           const std::optional<BrandId>& brand) {
  auto audit = store::latest_audit(store, brand, true);
  if (!audit) return fail(std::move(audit.error()));
  if (!*audit) return fail(no_audit(store, brand, true, "--corrected"));
  context.err() << "testigo: shares of advocacy and complaint are corrected by audit "
                << (*audit)->id << ", " << (*audit)->labelled
                << " labels; counts and net sentiment are not"
                << ((*audit)->rules_changed ? "; the rules have changed since, draw a new one" : "")
                << '\n';
  return app::accuracy_of(store, (*audit)->id);
}

Error no_audit(store::Store& store, const std::optional<BrandId>& brand, bool labelled,
               std::string_view where) {
  const std::string begin = "testigo audit" + (brand ? " --brand " + brand->value : "");
  const auto other = store::latest_audit_of_any(store, labelled);
  if (!other || !*other || !(*other)->brand)
    return {Errc::not_found,
            (labelled ? "no audit has labels; begin with: " : "no audit was drawn; begin with: ") +
                begin,
            std::string(where)};
  const std::string& known = (*other)->brand->value;
  return {Errc::not_found,
          "audit " + std::to_string((*other)->id) + " is of " + known + " alone (--brand " + known +
              "), none is of " + (brand ? brand->value : "all brands") + "; begin with: " + begin,
          std::string(where)};
}

}  // namespace testigo::cli
