#pragma once

#include <optional>
#include <string_view>

#include "core/page.h"

namespace testigo::fetch {

// The wall against robots that a site put in place of the page, by name ("cloudflare", "datadome",
// "akamai", "perimeterx", "imperva", "aws_waf", "kasada", "sucuri", "captcha"); none where the page
// is what it says. A wall counts as blocked: nothing of it is a post, and we do not try to pass it.
//
// Told by status, headers and the first 16 KiB of the decoded body (`page.body`). Conservative:
// with a 200 a page must have the challenge's own markup, or a captcha and hardly a word beside it
// – a review page with a captcha in its comment form is a page.
[[nodiscard]] std::optional<std::string_view> bot_wall(const Page& page);

}  // namespace testigo::fetch
