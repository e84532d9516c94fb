#include "sources/auth.h"

#include <catch2/catch.hpp>
#include <string>

namespace testigo::sources {
namespace {

const std::string base = R"(title = "x"
format = "json"
[request]
url = "https://api.example/search?q=acme"
[items]
list = "/items"
[items.fields]
id = "/id"
text = "/text"
[auth]
)";

const std::string oauth = base + R"(kind = "oauth_client"
url = "https://api.example/token"
id_env = "ACME_ID"
secret_env = "ACME_SECRET"
get_one = "https://acme.example/apps"
)";

const std::string session = base + R"(kind = "session"
url = "https://api.example/login"
body = '{"user":"{user}","password":"{password}"}'
env = { user = "ACME_USER", password = "ACME_PASSWORD" }
token = "/jwt"
expired = "ExpiredToken"
)";

Source source_of(const std::string& toml) {
  auto source = load_source("rules/sources/acme.toml", toml);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  return *std::move(source);
}

PageRequest planned() {
  PageRequest request;
  request.url = request.archive_url = "https://api.example/search?q=acme";
  return request;
}

std::string error_of(const std::string& toml) {
  const auto source = load_source("rules/sources/acme.toml", toml);
  REQUIRE(!source);
  CHECK(source.error().where.starts_with("rules/sources/acme.toml:"));
  return source.error().what;
}

bool holds(std::string_view text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("what a secret is sent with is one line and holds no other secret", "[sources]") {
  const std::string header = base + "kind = \"header\"\nenv = \"ACME_KEY\"\n";
  CHECK(holds(error_of(header + R"(name = "X-Key\r\nHost: a")"),
              "take the line break out of \"name\""));
  CHECK(holds(error_of(header + R"(name = "X-Key"
value = "Bearer {secret}\nCookie: b")"),
              "take the line break out of \"value\""));
  CHECK(holds(error_of(header + R"(name = "X-Key"
beside = { "X-User\nHost" = "ACME_USER" })"),
              "a header is one line"));
  std::string login = session;
  login.replace(login.find("https://api.example/login"), 8, "https://ana:hush@");
  const std::string said = error_of(login);
  CHECK(holds(said, "see \"env\""));
  CHECK_FALSE(holds(said, "hush"));
}

TEST_CASE("a secret enters the request only when it is sent, and never the archive's form",
          "[sources]") {
  const Source query = source_of(base + "kind = \"query\"\nname = \"key\"\nenv = \"ACME_KEY\"\n");
  const auto sent = authorize(query, planned(), {{"ACME_KEY", "s3cret&"}});
  REQUIRE(sent);
  CHECK(sent->url == "https://api.example/search?q=acme&key=s3cret%26");
  CHECK(sent->archive_url == "https://api.example/search?q=acme&key=REDACTED");

  const Source header = source_of(base +
                                  "kind = \"header\"\nname = \"Authorization\"\n"
                                  "value = \"Bearer {secret}\"\nenv = \"ACME_KEY\"\n");
  const auto bearer = authorize(header, planned(), {{"ACME_KEY", "s3cret"}});
  REQUIRE(bearer);
  CHECK(bearer->headers.back() == Header{"Authorization", "Bearer s3cret"});
  CHECK(bearer->url == planned().url);
}

TEST_CASE("an address that a service leads on to loses the key in it", "[sources]") {
  const Auth query =
      source_of(base + "kind = \"query\"\nname = \"key\"\nenv = \"ACME_KEY\"\n").auth;
  const std::string at = "https://api.example/search";
  CHECK(without_secret(query, at + "?key=s3cret&q=a&page=2") == at + "?q=a&page=2");
  CHECK(without_secret(query, at + "?q=a&key=s3cret#top") == at + "?q=a#top");
  CHECK(without_secret(query, at + "?key=s3cret") == at);
  CHECK(without_secret(query, at + "?k%65y=s3cret&q=a") == at + "?q=a");
  CHECK(without_secret(query, at + "?key=1&q=a&key=2") == at + "?q=a");
  CHECK(without_secret(query, at + "?keys=1&q=key=2") == at + "?keys=1&q=key=2");
  CHECK(without_secret(query, at) == at);
  const Auth header = source_of(base +
                                "kind = \"header\"\nname = \"key\"\nvalue = \"{secret}\"\n"
                                "env = \"ACME_KEY\"\n")
                          .auth;
  CHECK(without_secret(header, at + "?key=1") == at + "?key=1");
}

TEST_CASE("a key that is missing is named, with how to set it and where to get it", "[sources]") {
  const std::string key = base +
                          "kind = \"header\"\nname = \"X-Key\"\nenv = \"ACME_KEY\"\n"
                          "get_one = \"https://acme.example/keys\"\n";
  const auto refused = authorize(source_of(key), planned(), {});
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(refused.error().what ==
        "the source \"acme\" needs a key: set the environment variable ACME_KEY (export "
        "ACME_KEY=…); it is to be had at https://acme.example/keys");
  CHECK(authorize(source_of(key), planned(), {{"ACME_KEY", ""}}).error() == refused.error());
  const Source optional = source_of(key + "optional = true\n");
  CHECK(authorize(optional, planned(), {})->headers.empty());
  CHECK(holds(missing_secrets(optional.auth, {}), "ACME_KEY"));
  CHECK(missing_secrets(optional.auth, {{"ACME_KEY", "k"}}).empty());
}

TEST_CASE("a secret goes to the hosts that the description names, and nowhere else", "[sources]") {
  const Secrets secrets = {{"ACME_KEY", "s3cret"}};
  const std::string key = base + "kind = \"header\"\nname = \"X-Key\"\nenv = \"ACME_KEY\"\n";
  const Source source = source_of(key);
  CHECK(is_meant_for(source, "https://API.example/other"));
  for (const char* url :
       {"https://evil.example/", "https://api.example.evil.example/", "https://api.example:8443/",
        "https://evil.example/api.example", "", "x"}) {
    INFO(url);
    CHECK_FALSE(is_meant_for(source, url));
    PageRequest later = planned();
    later.url = later.archive_url = url;
    CHECK(authorize(source, later, secrets)->headers.empty());
  }

  std::string anywhere = key;
  anywhere.replace(anywhere.find("https://api.example"), 19, "https://{server}");
  anywhere.insert(anywhere.find("[auth]"), "[parameters.server]\n");
  CHECK(holds(error_of(anywhere), "\"host\""));
  const Source bound = source_of(anywhere + "host = \"api.example\"\n");
  PageRequest entry = planned();
  entry.entry = true;
  CHECK(authorize(bound, entry, secrets)->headers.size() == 1);
  entry.url = "https://evil.example/search?q=acme";
  const auto refused = authorize(bound, entry, secrets);
  REQUIRE(!refused);
  CHECK(holds(refused.error().what, "the key in ACME_KEY is for api.example"));
}

TEST_CASE("a secret is sent in the clear only where the description itself asks so", "[sources]") {
  const Secrets secrets = {{"ACME_KEY", "s3cret"}};
  const std::string key = base + "kind = \"header\"\nname = \"X-Key\"\nenv = \"ACME_KEY\"\n";
  const auto with = [&](std::string_view origin, std::string_view host) {
    std::string toml = key;
    toml.replace(toml.find("https://api.example"), 19, origin);
    if (origin.find('{') != std::string_view::npos)
      toml.insert(toml.find("[auth]"), "[parameters.server]\n");
    if (!host.empty()) toml += "host = \"" + std::string(host) + "\"\n";
    return source_of(toml);
  };
  PageRequest request = planned();
  request.url = request.archive_url = "http://api.example/search?q=acme";

  CHECK_FALSE(is_meant_for(with("https://api.example", ""), request.url));
  CHECK(authorize(with("https://api.example", ""), request, secrets)->headers.empty());
  CHECK_FALSE(is_meant_for(with("https://{server}", "api.example"), request.url));
  CHECK_FALSE(is_meant_for(with("http://{server}", "api.example"), "http://other.example/"));

  const Source open = with("http://api.example", "");
  CHECK(authorize(open, request, secrets)->headers.size() == 1);
  CHECK(is_meant_for(open, "https://api.example/search"));
  CHECK(is_meant_for(with("http://{server}", "api.example"), request.url));

  const Source anywhere = with("{+server}", "api.example");
  CHECK(authorize(anywhere, request, secrets)->headers.empty());
  request.entry = true;
  const auto refused = authorize(anywhere, request, secrets);
  REQUIRE(!refused);
  CHECK(holds(refused.error().what, "not sent in the clear"));
  CHECK(is_meant_for(with("{+server}", "127.0.0.1:8080"), "http://127.0.0.1:8080/search"));
}

TEST_CASE("a key goes with a second header, to the server that it is said to be for", "[sources]") {
  Source source = source_of(R"(title = "x"
format = "json"
[parameters.forum]
required = true
[request]
url = "https://{forum}/search"
[items]
list = "/items"
[items.fields]
id = "/id"
text = "/text"
[auth]
kind = "header"
name = "Api-Key"
env = "ACME_KEY"
beside = { Api-Username = "ACME_USER" }
host_env = "ACME_HOST"
optional = true
)");
  CHECK(secret_names(source.auth) == std::vector<std::string>{"ACME_KEY", "ACME_USER"});
  const Secrets secrets = {{"ACME_KEY", "s3cret"}, {"ACME_USER", "listener"}};
  PageRequest request = planned();
  request.entry = true;
  CHECK(authorize(source, request, {})->headers.empty());
  const auto nobody = authorize(source, request, secrets);
  REQUIRE(!nobody);
  CHECK(holds(nobody.error().what, "set the environment variable ACME_HOST"));
  CHECK_FALSE(is_meant_for(source, request.url));

  source.auth.host = "api.example";
  const auto sent = authorize(source, request, secrets);
  REQUIRE(sent);
  CHECK(find_header(sent->headers, "Api-Key") == "s3cret");
  CHECK(find_header(sent->headers, "Api-Username") == "listener");
  const auto half = authorize(source, request, {{"ACME_KEY", "s3cret"}});
  REQUIRE(!half);
  CHECK(holds(half.error().what, "ACME_USER"));
  request.url = request.archive_url = "https://other.example/search";
  CHECK(authorize(source, request, secrets)->headers.empty());
  source.auth.optional = false;
  CHECK(holds(authorize(source, request, secrets).error().what, "ACME_HOST"));
}

TEST_CASE("a client's id and secret are sent as HTTP Basic, encoded as forms are", "[sources]") {
  const Source source = source_of(oauth);
  CHECK(secret_names(source.auth) == std::vector<std::string>{"ACME_ID", "ACME_SECRET"});
  const auto request = login_request(source, {{"ACME_ID", "me:too"}, {"ACME_SECRET", "pass word"}});
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->url == "https://api.example/token");
  CHECK(request->body == "grant_type=client_credentials");
  CHECK(find_header(request->headers, "Content-Type") == "application/x-www-form-urlencoded");
  // "me%3Atoo:pass%20word"
  CHECK(find_header(request->headers, "Authorization") == "Basic bWUlM0F0b286cGFzcyUyMHdvcmQ=");
}

TEST_CASE("a login's body holds the secrets, escaped as JSON is", "[sources]") {
  const auto request =
      login_request(source_of(session), {{"ACME_USER", "me"}, {"ACME_PASSWORD", "a\"b"}});
  REQUIRE(request);
  CHECK(request->body == R"({"user":"me","password":"a\"b"})");
  CHECK(find_header(request->headers, "Content-Type") == "application/json");
  CHECK_FALSE(find_header(request->headers, "Authorization"));
}

TEST_CASE("a login without its secrets names all that are missing", "[sources]") {
  const auto request = login_request(source_of(oauth), {});
  REQUIRE(!request);
  CHECK(request.error().what ==
        "the source \"acme\" needs a login: set the environment variables ACME_ID and ACME_SECRET "
        "(export ACME_ID=… ACME_SECRET=…); it is to be had at https://acme.example/apps");
  CHECK(needs_token(source_of(oauth), {}));
  CHECK_FALSE(needs_token(source_of(oauth + "optional = true\n"), {{"ACME_ID", "me"}}));
  CHECK_FALSE(needs_token(source_of(base + "kind = \"none\"\n"), {}));
}

TEST_CASE("a token is read with the time that it lasts, a tenth of it kept back", "[sources]") {
  using std::chrono::seconds;
  const Source source = source_of(oauth);
  const auto token = read_token(source, R"({"access_token":"abc","expires_in":1000})");
  REQUIRE(token);
  CHECK(*token == Token{"abc", seconds(900)});
  CHECK(read_token(source, R"({"access_token":"abc"})")->lifetime == std::nullopt);
  CHECK(read_token(source, R"({"access_token":"abc","expires_in":0})")->lifetime == std::nullopt);
  CHECK(read_token(source, R"({"access_token":"abc","expires_in":1})")->lifetime == seconds(30));
  CHECK(read_token(source, R"({"access_token":"abc","expires_in":1e300})")->lifetime <
        std::chrono::hours(24 * 367));
}

TEST_CASE("a login's answer without a token drifts, and its words stay secret", "[sources]") {
  const Source source = source_of(oauth);
  for (const std::string_view body :
       {"", "hush hush", "[]", R"({"access_token":{"hush":1}})", R"({"access_token":""})",
        R"({"token":"hush"})", R"({"access_token":"hush\r\nX-Evil: 1"})",
        R"({"access_token":"hush hush"})", R"({"access_token":"hûsh"})"}) {
    const auto token = read_token(source, body);
    INFO(body);
    REQUIRE(!token);
    CHECK(token.error().code == Errc::malformed);
    CHECK_FALSE(holds(describe(token.error()), "hush"));
  }
  CHECK(holds(read_token(source, "{}").error().what, "source drifted: the login's /access_token"));
  CHECK(!read_token(source, "{\"access_token\":\"" + std::string(20'000, 'a') + "\"}"));
}

TEST_CASE("a token has ended with a 401, or where the service says so in its own words",
          "[sources]") {
  const Auth& auth = source_of(session).auth;
  CHECK(token_ended(auth, 401, ""));
  CHECK(token_ended(auth, 400, R"({"error":"ExpiredToken"})"));
  CHECK_FALSE(token_ended(auth, 400, R"({"error":"InvalidRequest"})"));
  CHECK_FALSE(token_ended(auth, 200, R"({"text":"ExpiredToken"})"));
  CHECK_FALSE(token_ended(source_of(oauth).auth, 403, ""));
  CHECK_FALSE(token_ended(source_of(base + "kind = \"none\"\n").auth, 401, ""));
}

TEST_CASE("an [auth] that cannot work is refused with the mend", "[sources]") {
  const auto with = [](std::string toml, std::string_view from, std::string_view to) {
    toml.replace(toml.find(from), from.size(), to);
    return toml;
  };
  CHECK(holds(error_of(with(oauth, "https://api.example/token", "http://api.example/token")),
              "https://"));
  CHECK(holds(error_of(with(oauth, "https://api.example/token", "http://127.0.0.1.evil.example/")),
              "https://"));
  CHECK(holds(error_of(with(oauth, "api.example/token", "{host}/token")), "no variables"));
  CHECK(load_source("rules/sources/acme.toml",
                    with(oauth, "https://api.example/token", "http://127.0.0.1:8080/token")));
  CHECK(holds(error_of(with(oauth, "secret_env", "secret")), "secret"));
  CHECK(holds(error_of(with(session, "{user}", "{usr}")), "usr"));
  CHECK(holds(error_of(with(session, "\"/jwt\"", "\"jwt\"")), "JSON Pointer"));
  CHECK(holds(error_of(with(session, "env = {", "enw = {")), "env"));
  CHECK(holds(error_of(with(oauth, "oauth_client", "oauth_clients")),
              "did you mean \"oauth_client\"?"));
  CHECK(holds(error_of(oauth + "value = \"Bearer\"\n"), "{secret}"));
}

}  // namespace testigo::sources
