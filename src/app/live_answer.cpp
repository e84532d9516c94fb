#include "app/live_answer.h"

#include <utility>
#include <vector>

#include "app/flight.h"
#include "archive/redact.h"
#include "extract/extract.h"
#include "fetch/robots.h"

namespace testigo::app {
namespace {

constexpr int max_redirects = 5;
constexpr std::string_view agent = "testigo";

class Asker {
 public:
  explicit Asker(const LiveTools& tools) : tools_(tools) {
    for (const auto& [name, value] : tools.secrets) hidden_.push_back(value);
  }

  Result<Page> ask(PageRequest request) {
    if (auto allowed = see_robots(request.url); !allowed) return fail(std::move(allowed.error()));
    auto authorized = sources::authorize(tools_.source, std::move(request), tools_.secrets);
    if (!authorized) return fail(std::move(authorized.error()));
    if (sources::needs_token(tools_.source, tools_.secrets) &&
        sources::is_meant_for(tools_.source, authorized->url)) {
      auto token = log_in();
      if (!token) return fail(std::move(token.error()));
      authorized = sources::add_secret(tools_.source.auth, std::move(*authorized), *token);
    }
    return follow(*std::move(authorized));
  }

 private:
  // Redirects lead on without what is secret.
  Result<Page> follow(PageRequest request) {
    for (int hop = 0; hop <= max_redirects; ++hop) {
      auto answer = transfer(request, request.archive_url);
      if (!answer) return fail(std::move(answer.error()));
      if (!answer->redirect) return decoded(std::move(answer->page), request.archive_url);
      request.url = *answer->redirect;
      request.archive_url = archive::redact(request.url, hidden_);
      if (request.url != request.archive_url && !sources::is_meant_for(tools_.source, request.url))
        return fail(Errc::refused, "a redirect would take the key where it is not meant for",
                    request.archive_url);
      request.method = "GET";
      request.body.clear();
      request.headers.clear();
      if (auto allowed = see_robots(request.url); !allowed) return fail(std::move(allowed.error()));
    }
    return fail(Errc::refused, "it leads from one address to the next without an end",
                request.archive_url);
  }

  Result<Page> decoded(Page page, const std::string& url) {
    const int status = page.status;
    auto answer = fetch::decode_page(std::move(page), most_bytes);
    if (!answer) return fail(answer.error().code, answer.error().what, url);
    answer->url = url;
    answer->body = archive::redact(answer->body, hidden_);  // before words of it are cut short
    if (status < 400) return answer;
    if (sources::refuses_secret(tools_.source.auth, tools_.secrets, status, answer->body) &&
        sources::is_meant_for(tools_.source, url))
      return fail(Errc::refused, sources::login_refused(tools_.source.auth, status), url);
    std::string what = "the service answered http " + std::to_string(status);
    if (const auto said = extract::error_words(*answer, tools_.source.steps.front().extractor))
      what += " and says: " + *said;
    const std::string missing = sources::missing_secrets(tools_.source.auth, tools_.secrets);
    if (!missing.empty() && (status == 401 || status == 403)) what += "; " + missing;
    return fail(Errc::refused, std::move(what), url);
  }

  Result<std::string> log_in() {
    auto request = sources::login_request(tools_.source, tools_.secrets);
    if (!request) return fail(std::move(request.error()));
    const std::string url = request->url;
    auto answer = transfer(std::move(*request), url);
    if (!answer) return fail(std::move(answer.error()));
    if (answer->page.status != 200)
      return fail(Errc::refused, sources::login_refused(tools_.source.auth, answer->page.status),
                  url);
    auto page = fetch::decode_page(std::move(answer->page), most_bytes);
    if (!page) return fail(page.error().code, page.error().what, url);
    auto token = sources::read_token(tools_.source, page->body);
    if (!token) return fail(std::move(token.error()));
    hidden_.push_back(token->value);
    return std::move(token->value);
  }

  Result<void> see_robots(const std::string& url) {
    if (!tools_.source.robots) return {};
    const auto destination = destination_of(url);
    if (!destination) return fail(Errc::malformed, "it is no web address");
    PageRequest request;
    request.url = request.archive_url = destination->site + "/robots.txt";
    auto answer = transfer(request, request.url);
    if (!answer) return fail(std::move(answer.error()));
    const int status = answer->page.status;
    auto page = fetch::decode_page(std::move(answer->page), fetch::robots_max_bytes);
    const auto rules = fetch::RobotsRules::from_answer(status, page ? page->body : std::string());
    if (rules.allowed(agent, url).allowed) return {};
    return fail(Errc::refused, "the site's robots.txt does not allow it", request.url);
  }

  Result<fetch::TransferResult> transfer(PageRequest request, const std::string& shown) {
    fetch::TransferRequest wanted;
    wanted.id = ++id_;
    wanted.method = std::move(request.method);
    wanted.url = std::move(request.url);
    wanted.archive_url = shown;
    wanted.headers = std::move(request.headers);
    wanted.body = std::move(request.body);
    tools_.transfers.start(std::move(wanted));
    while (tools_.transfers.running() > 0) {
      for (fetch::TransferResult& result : tools_.transfers.wait(Millis(1000))) {
        if (result.error == fetch::TransferError::none) return std::move(result);
        return fail(Errc::io, archive::redact(result.detail, hidden_), shown);
      }
    }
    return fail(Errc::io, "nothing came back", shown);
  }

  static constexpr std::size_t most_bytes = 64 * 1024 * 1024;  // of one answer, decoded

  const LiveTools& tools_;
  std::vector<std::string> hidden_;
  std::int64_t id_ = 0;
};

}  // namespace

Result<Page> ask_live(const LiveTools& tools, PageRequest request) {
  auto page = Asker(tools).ask(std::move(request));
  if (page) page->fetched_at = tools.now;
  return page;
}

fetch::TransferLimits transfer_limits(const FetchSettings& fetch) {
  fetch::TransferLimits limits;
  limits.max_body_bytes = fetch.max_body_bytes;
  limits.max_decoded_bytes = 4 * fetch.max_body_bytes;
  limits.max_connections = fetch.connections;
  limits.connect = fetch.connect_timeout;
  limits.first_byte = fetch.answer_timeout;
  limits.slow = fetch.stall_timeout;
  limits.total = fetch.total_timeout;
  return limits;
}

std::string user_agent(const Configuration& configuration) {
  std::string agent = "testigo/" TESTIGO_VERSION;
  if (!configuration.contact.empty()) agent += " (+" + configuration.contact + ")";
  return agent;
}

}  // namespace testigo::app
