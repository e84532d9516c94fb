#include "fetch/bot_wall.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo;
using namespace testigo::fetch;

namespace {

Page answer(int status, std::string body, std::vector<Header> headers = {}) {
  Page page;
  page.status = status;
  page.headers = std::move(headers);
  page.body = std::move(body);
  return page;
}

std::string wall(int status, std::string body, std::vector<Header> headers = {}) {
  return std::string(
      bot_wall(answer(status, std::move(body), std::move(headers))).value_or("none"));
}

// An ordinary page of that many words.
std::string prose(int words) {
  std::string text = "<article><p>";
  for (int i = 0; i < words; ++i) text += "palabra" + std::to_string(i) + " ";
  return text + "</p></article>";
}

}  // namespace

TEST_CASE("walls are known by their headers", "[fetch][wall]") {
  CHECK(wall(403, "", {{"CF-Mitigated", "challenge"}}) == "cloudflare");
  CHECK(wall(200, prose(900), {{"cf-mitigated", "challenge"}}) == "cloudflare");
  CHECK(wall(202, "", {{"x-amzn-waf-action", "challenge"}}) == "aws_waf");
  CHECK(wall(405, "", {{"x-amzn-waf-action", "captcha"}}) == "aws_waf");
  CHECK(wall(403, "", {{"X-DataDome", "protected"}}) == "datadome");
  CHECK(wall(429, "", {{"x-kpsdk-ct", "0abc"}}) == "kasada");
  CHECK(wall(403, "", {{"Server", "AkamaiGHost"}}) == "akamai");
  CHECK(wall(403, "", {{"X-Sucuri-Block", "IPB02"}}) == "sucuri");
}

TEST_CASE("walls are known by their markup, with a 200 too", "[fetch][wall]") {
  CHECK(wall(200, "<html><head><title>Just a moment...</title></head><body></body></html>") ==
        "cloudflare");
  CHECK(wall(503, "<script>(function(){window._cf_chl_opt={cvId:'3'}})()</script>") ==
        "cloudflare");
  CHECK(wall(403, "<title>Attention Required! | Cloudflare</title><h1>Sorry</h1>") == "cloudflare");
  CHECK(wall(200, "<script>var dd={'host':'geo.captcha-delivery.com'}</script>") == "datadome");
  CHECK(wall(403, "{\"url\":\"https://geo.captcha-delivery.com/captcha/?x=1\"}") == "datadome");
  CHECK(wall(200, "<body><div id=\"px-captcha\"></div></body>") == "perimeterx");
  CHECK(wall(200,
             "<html><head><META NAME=\"ROBOTS\" CONTENT=\"NOINDEX, NOFOLLOW\">"
             "<script src=\"/_Incapsula_Resource?SWJIYLWA=1\"></script></head></html>") ==
        "imperva");
  CHECK(wall(200, "<iframe>Request unsuccessful. Incapsula incident ID: 1-2</iframe>") ==
        "imperva");
  CHECK(wall(403, "<TITLE>Access Denied</TITLE>You don't have permission. Reference&#32;&#35;18") ==
        "akamai");
  CHECK(wall(405, "<script>window.gokuProps = {}</script>") == "aws_waf");
  CHECK(wall(429, "<script>window.KPSDK={}</script><script src='/1/2/ips.js'></script>") ==
        "kasada");
  CHECK(wall(200, "<script>sucuri_cloudproxy_js='';</script>") == "sucuri");
}

TEST_CASE("a captcha and nothing else is a wall", "[fetch][wall]") {
  CHECK(wall(200, "<form><div class=\"g-recaptcha\" data-sitekey=k></div></form>") == "captcha");
  CHECK(wall(403, "<h1>One more step</h1><div class=\"h-captcha\"></div>") == "captcha");
  CHECK(wall(200, "<p>Please verify you are human to go on.</p>") == "captcha");
  CHECK(wall(429, "<p>We have seen unusual traffic from your network.</p>") == "captcha");
}

TEST_CASE("a page is a page although a captcha stands in it", "[fetch][wall]") {
  const std::string form = "<form id=commentform><div class=\"g-recaptcha\"></div></form>";
  CHECK(wall(200, prose(300) + form) == "none");
  CHECK(wall(200, form + "<!-- Just a moment... -->" + prose(200)) == "none");
  CHECK(wall(200, "<script type=\"application/ld+json\">{\"@type\":\"Review\"}</script>" + form) ==
        "none");
  CHECK(wall(200, "<div itemprop=reviewBody>good</div>" + form) == "none");
  CHECK(wall(200, prose(300) + "<p>The shop asked me to verify you are human. Awful.</p>") ==
        "none");
  CHECK(
      wall(200, "<div id=root></div><script src='https://google.com/recaptcha/api.js'></script>") ==
      "none");
  CHECK(wall(200, "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>hello",
             {{"Server", "cloudflare"}, {"CF-RAY", "1"}}) == "none");
  CHECK(wall(200, "hello", {{"X-DataDome", "protected"}}) == "none");
  CHECK(wall(200, "<p>ok</p><script src=\"/_Incapsula_Resource?SWJIYLWA=1\"></script>") == "none");
}

TEST_CASE("an honest refusal is no wall", "[fetch][wall]") {
  CHECK(wall(403, "<title>403 Forbidden</title><h1>Forbidden</h1><hr>nginx") == "none");
  CHECK(wall(401, "<h1>Log in</h1>") == "none");
  CHECK(wall(429, "slow down") == "none");
  CHECK(wall(503, "<h1>Down for maintenance</h1>") == "none");
  CHECK(wall(404, "", {{"Server", "AkamaiGHost"}}) == "none");
  CHECK(wall(403, "", {{"Server", "cloudflare"}}) == "none");
}

TEST_CASE("broken and empty bodies are no wall", "[fetch][wall]") {
  for (const char* body :
       {"", "<", "<!--", "<!--x", "<script", "<script>x", "</", "<style></", "\0"}) {
    INFO(body);
    CHECK(wall(200, body) == "none");
  }
  CHECK(wall(200, std::string(1 << 20, '<')) == "none");
  std::string scripts;
  for (int i = 0; i < 50'000; ++i) scripts += "<script></";
  CHECK(wall(200, scripts) == "none");
}
