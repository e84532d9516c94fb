#pragma once

#include "cli/command.h"

namespace testigo::cli {

// One row of the command table each; defined in the file of the command's name.
[[nodiscard]] Command audit_command();
[[nodiscard]] Command backup_command();
[[nodiscard]] Command brand_test_command();
[[nodiscard]] Command brief_command();
[[nodiscard]] Command classify_command();
[[nodiscard]] Command config_check_command();
[[nodiscard]] Command config_show_command();
[[nodiscard]] Command correct_command();
[[nodiscard]] Command crawl_command();
[[nodiscard]] Command demo_command();
[[nodiscard]] Command doctor_command();
[[nodiscard]] Command erase_command();
[[nodiscard]] Command evaluate_command();
[[nodiscard]] Command evidence_show_command();
[[nodiscard]] Command evidence_verify_command();
[[nodiscard]] Command export_command();
[[nodiscard]] Command import_command();
[[nodiscard]] Command init_command();
[[nodiscard]] Command inspect_date_command();
[[nodiscard]] Command inspect_feed_command();
[[nodiscard]] Command inspect_page_command();
[[nodiscard]] Command inspect_robots_command();
[[nodiscard]] Command inspect_url_command();
[[nodiscard]] Command journey_command();
[[nodiscard]] Command mentions_command();
[[nodiscard]] Command reclassify_command();
[[nodiscard]] Command recoveries_command();
[[nodiscard]] Command retain_command();
[[nodiscard]] Command rules_accept_command();
[[nodiscard]] Command rules_lint_command();
[[nodiscard]] Command rules_list_command();
[[nodiscard]] Command rules_parity_command();
[[nodiscard]] Command rules_suggest_command();
[[nodiscard]] Command rules_test_command();
[[nodiscard]] Command share_command();
[[nodiscard]] Command source_list_command();
[[nodiscard]] Command source_new_command();
[[nodiscard]] Command source_test_command();
[[nodiscard]] Command sql_command();
[[nodiscard]] Command status_command();
[[nodiscard]] Command themes_command();
[[nodiscard]] Command trend_command();
[[nodiscard]] Command why_command();

}  // namespace testigo::cli
