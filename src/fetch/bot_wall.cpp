#include "fetch/bot_wall.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "text/normalize.h"

namespace testigo::fetch {
namespace {

using Name = std::optional<std::string_view>;

constexpr std::size_t looked_at_bytes = 16 * 1024;
// Visible words: challenges hold a few sentences, captchas alone hardly one. More is a page.
constexpr std::size_t most_words_of_challenge = 150;
constexpr std::size_t most_words_beside_captcha = 60;

// Markup or words, lower-case, that a vendor's challenge has and its customers' pages have not.
struct Mark {
  std::string_view wall;
  std::string_view needle;
  std::string_view also{};
};
constexpr std::array challenge_marks = {
    Mark{"cloudflare", "_cf_chl_opt"},
    Mark{"cloudflare", "cf-browser-verification"},
    Mark{"cloudflare", "<title>just a moment...</title>"},
    Mark{"cloudflare", "<title>attention required! | cloudflare</title>"},
    Mark{"datadome", "captcha-delivery.com"},
    Mark{"perimeterx", "px-captcha"},
    Mark{"imperva", "incapsula incident id"},
    Mark{"imperva", "/_incapsula_resource", "content=\"noindex, nofollow\""},
    Mark{"akamai", "errors.edgesuite.net"},
    Mark{"akamai", "sec-if-cpt-container"},
    Mark{"akamai", "<title>access denied</title>", "reference&#32;&#35;"},
    Mark{"aws_waf", "window.gokuprops"},
    Mark{"kasada", "window.kpsdk", "/ips.js"},
    Mark{"sucuri", "sucuri_cloudproxy_js"},
    Mark{"sucuri", "sucuri website firewall - access denied"},
};

constexpr std::array<std::string_view, 3> captcha_widgets = {"g-recaptcha", "h-captcha",
                                                             "cf-turnstile"};
constexpr std::array<std::string_view, 8> challenge_words = {
    "verify you are human",         "verify that you are human",  "are you a robot",
    "you are not a robot",          "confirm you are human",      "unusual traffic from your",
    "checking your browser before", "complete the security check"};

// Answers that a wall gives instead of the page's own.
bool is_refusal(int status) {
  return status == 401 || status == 403 || status == 405 || status == 406 || status == 429 ||
         status == 503;
}

bool holds(std::string_view text, std::string_view needle) {
  return text.find(needle) != std::string_view::npos;
}

std::string lower_header(const Page& page, std::string_view name) {
  return text::ascii_lower(find_header(page.headers, name).value_or(""));
}

bool has_header(const Page& page, std::string_view name) {
  return find_header(page.headers, name).has_value();
}

// What vendors say in headers: outright, or by being there in front of a refusal.
Name wall_of_headers(const Page& page) {
  if (lower_header(page, "cf-mitigated") == "challenge") return "cloudflare";
  const std::string action = lower_header(page, "x-amzn-waf-action");
  if (action == "challenge" || action == "captcha") return "aws_waf";
  if (has_header(page, "x-sucuri-block")) return "sucuri";
  if (!is_refusal(page.status)) return {};
  if (has_header(page, "x-datadome") || has_header(page, "x-dd-b")) return "datadome";
  if (has_header(page, "x-px-block") || has_header(page, "x-px-blocked")) return "perimeterx";
  if (has_header(page, "x-kpsdk-ct") || has_header(page, "x-kpsdk-r")) return "kasada";
  if (page.status == 403 && lower_header(page, "server") == "akamaighost") return "akamai";
  return {};
}

// Where the element that begins at `at` ends, if its content is no text: a script or a style.
std::size_t past_raw_text(std::string_view html, std::size_t at) {
  for (const std::string_view name : {"script", "style"}) {
    if (!text::equal_ignoring_case(html.substr(at + 1, name.size()), name)) continue;
    for (auto end = html.find("</", at); end != std::string_view::npos;
         end = html.find("</", end + 2)) {
      if (text::equal_ignoring_case(html.substr(end + 2, name.size()), name)) return end;
    }
    return html.size();
  }
  return at;
}

// Where text goes on after the '<' at `at`.
std::size_t past_markup(std::string_view html, std::size_t at) {
  const bool comment = html.substr(at).starts_with("<!--");
  at = comment ? at : past_raw_text(html, at);
  const auto end = html.find(comment ? "-->" : ">", at);
  return end == std::string_view::npos ? html.size() : end + (comment ? 3 : 1);
}

// Words outside of tags, scripts and styles; counting stops at `most`.
std::size_t visible_words(std::string_view html, std::size_t most) {
  std::size_t words = 0;
  bool in_word = false;
  for (std::size_t i = 0; i < html.size() && words < most;) {
    if (html[i] == '<') {
      in_word = false;
      i = past_markup(html, i);
      continue;
    }
    const auto byte = static_cast<unsigned char>(html[i++]);
    const bool letter = byte >= 0x80 || std::isalnum(byte) != 0;
    if (letter && !in_word) ++words;
    in_word = letter;
  }
  return words;
}

Name wall_of_marks(std::string_view lower) {
  for (const Mark& mark : challenge_marks) {
    if (holds(lower, mark.needle) && holds(lower, mark.also)) return mark.wall;
  }
  return {};
}

// A captcha, or a sentence that asks for a human, and nothing that a page would be there for.
bool is_captcha_alone(std::string_view lower) {
  if (holds(lower, "application/ld+json") || holds(lower, "itemprop")) return false;
  const auto in_lower = [lower](std::string_view needle) { return holds(lower, needle); };
  const bool widget =
      std::any_of(captcha_widgets.begin(), captcha_widgets.end(), [lower](std::string_view name) {
        return holds(lower, "class=\"" + std::string(name) + "\"");
      });
  return widget || std::any_of(challenge_words.begin(), challenge_words.end(), in_lower);
}

}  // namespace

Name bot_wall(const Page& page) {
  if (const Name wall = wall_of_headers(page)) return wall;
  const std::string_view body = page.body;
  const std::size_t words = visible_words(body, most_words_of_challenge + 1);
  if (words > most_words_of_challenge) return {};  // nearly every page: nothing else is looked at
  const std::string lower = text::ascii_lower(body.substr(0, looked_at_bytes));
  if (const Name wall = wall_of_marks(lower)) return wall;
  if (words <= most_words_beside_captcha && is_captcha_alone(lower)) return "captcha";
  return {};
}

}  // namespace testigo::fetch
