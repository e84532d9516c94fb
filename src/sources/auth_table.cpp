#include "sources/auth_table.h"

#include <algorithm>
#include <array>
#include <string>

#include "sources/auth.h"
#include "sources/body_type.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

using formats::TomlValue;

constexpr std::array<std::string_view, 5> auth_kinds = {"none", "query", "header", "oauth_client",
                                                        "session"};

void read_address(CheckedToml& toml, Login& login, const TomlValue& table) {
  login.url = toml.required(table, "url");
  if (toml.error()) return;
  if (!travels_safely(login.url) || !template_names(login.url).empty())
    toml.wrong(*table.find("url"),
               "\"url\" must begin with https:// and hold no variables: secrets "
               "go to one place that is known beforehand.");
}

void read_answer(CheckedToml& toml, Login& login, const TomlValue& table) {
  for (const std::string* pointer : {&login.token, &login.lifetime}) {
    if (pointer->empty() || pointer->starts_with('/')) continue;
    toml.wrong(table, "\"" + *pointer + "\" must be a JSON Pointer such as \"/access_token\".");
  }
}

// RFC 6749 §4.4.2 and §5.1.
Login oauth_client(CheckedToml& toml, const TomlValue& table) {
  Login login;
  read_address(toml, login, table);
  login.env["id"] = toml.required(table, "id_env");
  login.env["secret"] = toml.required(table, "secret_env");
  login.body = toml.string(table, "body", "grant_type=client_credentials");
  login.body_type = "form";
  login.token = toml.string(table, "token", "/access_token");
  login.lifetime = toml.string(table, "lifetime", "/expires_in");
  login.expired = toml.string(table, "expired");
  read_answer(toml, login, table);
  return login;
}

Login session(CheckedToml& toml, const TomlValue& table) {
  Login login;
  read_address(toml, login, table);
  login.body = toml.required(table, "body");
  login.body_type = toml.string(table, "body_type", body_type_of(login.body).value_or("json"));
  login.token = toml.required(table, "token");
  login.lifetime = toml.string(table, "lifetime");
  login.expired = toml.string(table, "expired");
  read_answer(toml, login, table);
  if (!toml.error() && login.body_type != "form" && login.body_type != "json")
    toml.wrong(*table.find("body_type"), "\"body_type\" must be json or form.");
  if (!toml.error() && login.body_type == "json" && !gives_json(login.body))
    toml.wrong(*table.find("body"),
               "the \"body\" is not JSON once its variables are filled in: mend it, or say "
               "body_type = \"form\".");
  for (auto& [name, variable] : toml.pairs(table, "env")) login.env[name] = std::move(variable);
  if (toml.error()) return login;
  if (login.env.empty())
    toml.wrong(table,
               "\"env\" is missing: say which environment variables the body's names stand "
               "for, such as env = { password = \"ACME_PASSWORD\" }.");
  for (const std::string& name : template_names(login.body)) {
    if (login.env.contains(name)) continue;
    toml.wrong(*table.find("body"), "the body's {" + name + "} is not in \"env\": add " + name +
                                        " = \"NAME_OF_A_VARIABLE\" to it.");
  }
  return login;
}

// POSIX names (XBD §8.1), in either case.
bool is_environment_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

void check_environment_name(CheckedToml& toml, const TomlValue& at, std::string_view name) {
  if (name.empty() || is_environment_name(name)) return;
  std::string better;
  for (const char c : name) better += is_environment_name("A" + std::string(1, c)) ? c : '_';
  toml.wrong(at, "\"" + std::string(name) +
                     "\" is no name of an environment variable: letters, digits and \"_\", such "
                     "as \"" +
                     (is_environment_name(better) ? better : "ACME_KEY") + "\".");
}

// Of the table's keys that name environment variables.
void check_environment(CheckedToml& toml, const TomlValue& table) {
  for (const std::string_view key : {"env", "id_env", "secret_env", "host_env", "beside"}) {
    const TomlValue* value = table.find(key);
    if (value == nullptr) continue;
    if (value->kind == TomlValue::Kind::string) check_environment_name(toml, *value, value->text);
    for (const formats::TomlMember& member : value->members)
      check_environment_name(toml, member.value, member.value.text);
  }
}

}  // namespace

Auth read_auth_table(CheckedToml& toml, const TomlValue& table) {
  Auth auth;
  if (!toml.is(table, TomlValue::Kind::table, "auth")) return auth;
  auth.kind = toml.one_of<AuthKind>(table, "kind", auth_kinds);
  auth.host = toml.string(table, "host");
  auth.host_env = toml.string(table, "host_env");
  auth.get_one = toml.string(table, "get_one");
  auth.optional = toml.boolean(table, "optional", false);
  switch (auth.kind) {
    case AuthKind::none:
      toml.only(table, {"kind"});
      return auth;
    case AuthKind::query:
    case AuthKind::header:
      toml.only(table, {"kind", "name", "value", "env", "beside", "host", "host_env", "get_one",
                        "optional"});
      auth.name = toml.required(table, "name");
      auth.value = toml.string(table, "value", "{secret}");
      auth.env = toml.required(table, "env");
      auth.beside = toml.pairs(table, "beside");
      if (auth.kind == AuthKind::query && !auth.beside.empty())
        toml.wrong(*table.find("beside"), "\"beside\" is for headers: kind = \"header\".");
      break;
    case AuthKind::oauth_client:
      toml.only(table, {"kind", "name", "value", "url", "id_env", "secret_env", "body", "token",
                        "lifetime", "expired", "host", "host_env", "get_one", "optional"});
      auth.login = oauth_client(toml, table);
      break;
    case AuthKind::session:
      toml.only(table, {"kind", "name", "value", "url", "env", "body", "body_type", "token",
                        "lifetime", "expired", "host", "host_env", "get_one", "optional"});
      auth.login = session(toml, table);
      break;
  }
  if (!auth.login.url.empty()) {
    auth.name = toml.string(table, "name", "Authorization");
    auth.value = toml.string(table, "value", "Bearer {secret}");
  }
  check_environment(toml, table);
  if (!toml.error() && auth.value.find("{secret}") == std::string::npos)
    toml.wrong(*table.find("value"), "\"value\" must hold {secret}, such as \"Bearer {secret}\".");
  return auth;
}

}  // namespace testigo::sources
