#include <array>

#include "cli/command.h"
#include "cli/commands/commands.h"

namespace testigo::cli {

std::span<const Command> commands() {
  static const std::array table = {
      // set up
      init_command(), doctor_command(), config_check_command(), config_show_command(),
      brand_test_command(), source_list_command(), source_test_command(), source_new_command(),
      // collect
      crawl_command(), import_command(), status_command(), demo_command(),
      // classify
      classify_command(), evaluate_command(), why_command(), correct_command(),
      reclassify_command(), rules_list_command(), rules_lint_command(), rules_test_command(), rules_parity_command(), rules_suggest_command(),
      rules_accept_command(),
      // ask
      mentions_command(), trend_command(), share_command(), journey_command(), themes_command(),
      recoveries_command(), brief_command(),
      // tell
      export_command(),
      // keep
      evidence_show_command(), evidence_verify_command(), audit_command(), erase_command(),
      retain_command(), backup_command(), sql_command(),
      // look
      inspect_robots_command(), inspect_feed_command(), inspect_page_command(),
      inspect_url_command(), inspect_date_command()};
  return table;
}

}  // namespace testigo::cli
