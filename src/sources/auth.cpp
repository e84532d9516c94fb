#include "sources/auth.h"

#include <algorithm>

#include "formats/canonical_url.h"
#include "formats/json.h"
#include "formats/url.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

constexpr std::string_view redacted = "REDACTED";
constexpr std::size_t max_login_answer = 256 * 1024;  // a token with an account's profile around it
constexpr std::size_t max_token = 16 * 1024;          // servers refuse longer headers
// A token is renewed when a tenth of its time is left, before it is refused in the middle of a
// list.
constexpr double lifetime_used = 0.9;
constexpr double longest_lifetime = 366.0 * 86'400.0;
constexpr double shortest_lifetime = 30.0;  // less would be a login for each request

bool has_login(const Auth& auth) { return !auth.login.url.empty(); }

// "shop.example:8443", "" of what is no web address.
std::string host_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->host) return {};
  return *parsed->host + (parsed->port ? ":" + std::to_string(*parsed->port) : "");
}

const std::string* value_of(const Secrets& secrets, const std::string& name) {
  const auto secret = secrets.find(name);
  return secret == secrets.end() || secret->second.empty() ? nullptr : &secret->second;
}

Error needs_secret(const Source& source, const Secrets& secrets) {
  return {Errc::refused,
          "the source \"" + source.id.value + "\" needs " +
              (has_login(source.auth) ? "a login" : "a key") + ": " +
              missing_secrets(source.auth, secrets),
          source.file};
}

Error needs_host(const Source& source) {
  const Auth& auth = source.auth;
  return {Errc::refused,
          "the key in " + auth.env +
              " goes to no server before it is said to which: set the "
              "environment variable " +
              auth.host_env + " (export " + auth.host_env + "=the.server.example)",
          source.file};
}

// Whether the description itself asks that host in the clear.
bool asks_in_the_clear(const Source& source, const std::string& host) {
  return std::any_of(source.steps.begin(), source.steps.end(), [&](const Step& step) {
    if (!step.url.starts_with("http://")) return false;
    const std::string named = named_host(step.url);
    return named.empty() || named == host;
  });
}

Error is_for_another(const Source& source, std::string_view url) {
  const Auth& auth = source.auth;
  if (!auth.host.empty() && host_of(url) == auth.host)
    return {Errc::refused,
            "the key in " + auth.env +
                " is not sent in the clear: give the watch an address that begins with https://, "
                "or put a copy of the source whose \"url\" begins with http:// into your own "
                "rules folder.",
            source.file};
  return {Errc::refused,
          "the key in " + auth.env + " is for " + auth.host +
              (auth.host_env.empty() ? "; for another server put a copy of the source with its "
                                       "\"host\" into your own rules folder."
                                     : "; where it is for another server, set the environment "
                                       "variable " +
                                           auth.host_env + "."),
          source.file};
}

// RFC 4648 §4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U;
    };
    const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += digits[group >> 18];
    out += digits[group >> 12 & 63];
    out += i + 1 < bytes.size() ? digits[group >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? digits[group & 63] : '=';
  }
  return out;
}

// RFC 6749 §2.3.1: both are encoded as a form's values are, then sent as HTTP Basic.
Header basic_header(const std::string& id, const std::string& secret) {
  return {"Authorization",
          "Basic " + base64(formats::percent_encode(id) + ":" + formats::percent_encode(secret))};
}

bool can_stand_in_header(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x21 || byte > 0x7e;
  });
}

}  // namespace

std::string named_host(std::string_view url_template) {
  const std::size_t scheme = url_template.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t end = url_template.find_first_of("/?#", scheme + 3);
  const std::string_view origin = url_template.substr(0, end);
  return origin.find('{') == std::string_view::npos ? host_of(origin) : std::string();
}

bool travels_safely(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->host) return false;
  return parsed->scheme == "https" || (parsed->scheme == "http" && (*parsed->host == "127.0.0.1" ||
                                                                    *parsed->host == "localhost"));
}

std::vector<std::string> secret_names(const Auth& auth) {
  std::vector<std::string> names;
  if (!auth.env.empty()) names.push_back(auth.env);
  for (const auto& [header, variable] : auth.beside) names.push_back(variable);
  for (const auto& [name, variable] : auth.login.env) names.push_back(variable);
  return names;
}

std::string missing_secrets(const Auth& auth, const Secrets& secrets) {
  std::string names;
  std::string exports;
  std::size_t missing = 0;
  for (const std::string& name : secret_names(auth)) {
    if (value_of(secrets, name) != nullptr) continue;
    names += (missing++ == 0 ? "" : " and ") + name;
    exports += (exports.empty() ? "" : " ") + name + "=…";
  }
  if (missing == 0) return {};
  std::string what = "set the environment variable" + std::string(missing > 1 ? "s " : " ") +
                     names + " (export " + exports + ")";
  if (!auth.get_one.empty()) what += "; it is to be had at " + auth.get_one;
  return what;
}

std::string login_refused(const Auth& auth, int status) {
  const std::string answer = "http " + std::to_string(status);
  // RFC 6749 §5.2: 400 and 401; 403 and 422 are what others say.
  const bool of_who_asks = status == 400 || status == 401 || status == 403 || status == 422;
  if (!of_who_asks) return "login failed: " + answer;
  const std::vector<std::string> names = secret_names(auth);
  std::string what = "login refused: " + answer + "; check the environment variable" +
                     (names.size() > 1 ? "s" : "");
  for (std::size_t i = 0; i < names.size(); ++i) what += (i == 0 ? " " : " and ") + names[i];
  return what;
}

bool refuses_secret(const Auth& auth, const Secrets& secrets, int status,
                    std::string_view decoded_body) {
  if (auth.kind == AuthKind::none || !missing_secrets(auth, secrets).empty()) return false;
  return status == 401 || token_ended(auth, status, decoded_body);
}

bool is_meant_for(const Source& source, std::string_view url) {
  const std::string host = host_of(url);
  if (host.empty() || (!travels_safely(url) && !asks_in_the_clear(source, host))) return false;
  if (!source.auth.host.empty()) return host == source.auth.host;
  return std::any_of(source.steps.begin(), source.steps.end(),
                     [&](const Step& step) { return named_host(step.url) == host; });
}

Result<PageRequest> authorize(const Source& source, PageRequest request, const Secrets& secrets) {
  const Auth& auth = source.auth;
  if (auth.kind == AuthKind::none || has_login(auth)) return request;
  const std::string* secret = value_of(secrets, auth.env);
  const bool is_for_nobody = auth.host.empty() && !auth.host_env.empty();
  if (is_for_nobody && secret != nullptr) return fail(needs_host(source));
  if (!is_meant_for(source, request.url)) {
    if (auth.optional || !request.entry) return request;
    return fail(is_for_nobody ? needs_secret(source, secrets)
                              : is_for_another(source, request.url));
  }
  if (secret == nullptr && auth.optional) return request;
  if (!missing_secrets(auth, secrets).empty()) return fail(needs_secret(source, secrets));
  request = add_secret(auth, std::move(request), *secret);
  for (const auto& [header, variable] : auth.beside)
    request.headers.push_back({header, *value_of(secrets, variable)});
  return request;
}

std::string without_secret(const Auth& auth, const std::string& url) {
  if (auth.kind != AuthKind::query) return url;
  return formats::strip_parameter(url, auth.name).value_or(url);
}

PageRequest add_secret(const Auth& auth, PageRequest request, std::string_view secret) {
  const std::string value = *expand(auth.value, {{"secret", std::string(secret)}}, Escape::none);
  if (auth.kind != AuthKind::query) {
    request.headers.push_back({auth.name, value});
    return request;
  }
  const char separator = request.url.find('?') == std::string::npos ? '?' : '&';
  request.url +=
      separator + formats::percent_encode(auth.name) + "=" + formats::percent_encode(value);
  request.archive_url +=
      separator + formats::percent_encode(auth.name) + "=" + std::string(redacted);
  return request;
}

bool needs_token(const Source& source, const Secrets& secrets) {
  return has_login(source.auth) &&
         (!source.auth.optional || missing_secrets(source.auth, secrets).empty());
}

Result<PageRequest> login_request(const Source& source, const Secrets& secrets) {
  const Login& login = source.auth.login;
  std::map<std::string, std::string> values;
  for (const auto& [name, variable] : login.env) {
    const std::string* value = value_of(secrets, variable);
    if (value == nullptr) return fail(needs_secret(source, secrets));
    values[name] = *value;
  }
  const bool form = login.body_type == "form";
  PageRequest request;
  request.source = source.id;
  request.method = "POST";
  request.url = request.archive_url = login.url;
  request.headers = {
      {"Content-Type", form ? "application/x-www-form-urlencoded" : "application/json"},
      {"Accept", "application/json"}};
  if (source.auth.kind == AuthKind::oauth_client)
    request.headers.push_back(basic_header(values["id"], values["secret"]));
  request.body = expand(login.body, values, form ? Escape::percent : Escape::json).value_or("");
  return request;
}

Result<Token> read_token(const Source& source, std::string_view body) {
  const Login& login = source.auth.login;
  formats::JsonLimits limits;
  limits.max_bytes = max_login_answer;
  const auto answer = formats::parse_json(body, limits);
  if (!answer) return fail(Errc::malformed, "the login's answer is not JSON", login.url);
  const formats::JsonValue* value = formats::find(*answer, login.token);
  const std::string* text = value == nullptr ? nullptr : value->as_string();
  if (text == nullptr || text->empty())
    return fail(Errc::malformed, "source drifted: the login's " + login.token + " is missing",
                login.url);
  if (text->size() > max_token || !can_stand_in_header(*text))
    return fail(Errc::malformed, "source drifted: the login's " + login.token + " is no token",
                login.url);
  Token token{*text, std::nullopt};
  const formats::JsonValue* lasts =
      login.lifetime.empty() ? nullptr : formats::find(*answer, login.lifetime);
  const std::optional<double> seconds = lasts == nullptr ? std::nullopt : lasts->as_double();
  if (seconds && *seconds > 0.0) {
    const double kept = std::clamp(*seconds * lifetime_used, shortest_lifetime, longest_lifetime);
    token.lifetime = std::chrono::seconds(static_cast<std::int64_t>(kept));
  }
  return token;
}

bool token_ended(const Auth& auth, int status, std::string_view decoded_body) {
  if (!has_login(auth)) return false;
  if (status == 401) return true;
  const std::string& word = auth.login.expired;
  return status >= 400 && status < 500 && !word.empty() &&
         decoded_body.find(word) != std::string_view::npos;
}

}  // namespace testigo::sources
