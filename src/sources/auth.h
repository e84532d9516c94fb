#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "sources/source.h"

namespace testigo::sources {

// Secrets enter requests here, at the moment of sending. Rooms that remember requests never see
// one.

// Environment variables' names → their values, those that are set.
using Secrets = std::map<std::string, std::string>;

// The environment variables that a source's secrets stand in.
[[nodiscard]] std::vector<std::string> secret_names(const Auth& auth);

// Which of them are not set, and how to set them: "set the environment variable ACME_KEY (export
// ACME_KEY=…); a key is to be had at https://acme.example/keys". "" where none is missing.
[[nodiscard]] std::string missing_secrets(const Auth& auth, const Secrets& secrets);

// How the ledger calls a login, or a key, that the service does not take, and what to do: "login
// refused: http 401; check the environment variables ACME_USER and ACME_PASSWORD". Of a status that
// says nothing of who asks: "login failed: http 404".
[[nodiscard]] std::string login_refused(const Auth& auth, int status);

// Whether a secret is kept for a source, and an answer says that it is not taken: 401, or an error
// that says that a token has ended although it is new.
[[nodiscard]] bool refuses_secret(const Auth& auth, const Secrets& secrets, int status,
                                  std::string_view decoded_body);

// The host that a request's template names, "" where a variable does.
[[nodiscard]] std::string named_host(std::string_view url_template);

// Whether what is sent there is read by none on its way: https, or this very machine.
[[nodiscard]] bool travels_safely(std::string_view url);

// Whether a source's secret may go where a URL leads: to the hosts that the description itself
// names, in [auth] or in the addresses of its requests; never to one that came with a watch or an
// answer. In the clear only where one of these addresses begins with http://.
[[nodiscard]] bool is_meant_for(const Source& source, std::string_view url);

// Puts the secret into a request just before it is sent: into `url` and headers, with REDACTED in
// `archive_url`. Call it after the frontier, never before. Errc::refused when a secret that the
// source needs is not there, or an entry request leads to a host that it is not meant for; where it
// is optional, and in later steps, the request stays as it is. Sources that log in get their token
// by add_secret.
[[nodiscard]] Result<PageRequest> authorize(const Source& source, PageRequest request,
                                            const Secrets& secrets);
// An address as a service gives it, without the parameter that holds the secret: some write their
// "next" link with the query that they were asked with.
[[nodiscard]] std::string without_secret(const Auth& auth, const std::string& url);
[[nodiscard]] PageRequest add_secret(const Auth& auth, PageRequest request,
                                     std::string_view secret);

// Whether requests of the source need a token before they are sent: not where the login is optional
// and not set up.
[[nodiscard]] bool needs_token(const Source& source, const Secrets& secrets);

// The request that a token is asked with. It holds secrets whole: for sending, never for keeping.
// Errc::refused when a secret is not there.
[[nodiscard]] Result<PageRequest> login_request(const Source& source, const Secrets& secrets);

// What a login brought.
struct Token {
  std::string value;
  std::optional<std::chrono::seconds> lifetime;  // none: until it is refused

  friend bool operator==(const Token&, const Token&) = default;
};
// From the decoded body of a login's answer. Errc::malformed where there is no token in it, or none
// that can stand in a header; `what` never holds any of the body.
[[nodiscard]] Result<Token> read_token(const Source& source, std::string_view body);

// Whether an answer says that the token it was asked with has ended.
[[nodiscard]] bool token_ended(const Auth& auth, int status, std::string_view decoded_body);

}  // namespace testigo::sources
