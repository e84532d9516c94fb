// usage: bare_fetch URLS.txt CONNECTIONS
// Asks for every URL of a list by libcurl's multi interface and forgets the answers: what fetching
// costs before anything is done with a page.
#include <cstdlib>
#include <curl/curl.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace {

struct CleanEasy {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct CleanMulti {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

constexpr int poll_ms = 1000;

std::size_t count_bytes(char*, std::size_t size, std::size_t count, void* total) noexcept {
  *static_cast<std::size_t*>(total) += size * count;
  return size * count;
}

class Fetcher {
 public:
  explicit Fetcher(std::vector<std::string> urls) : urls_(std::move(urls)) {}

  void run(std::size_t connections) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(connections));
    for (std::size_t i = 0; i < connections; ++i)
      begin(handles_.emplace_back(curl_easy_init()).get());
    for (int running = 1; running > 0;) {
      curl_multi_perform(multi_.get(), &running);
      running += collect();
      if (running > 0) curl_multi_poll(multi_.get(), nullptr, 0, poll_ms, nullptr);
    }
  }

  [[nodiscard]] std::size_t good() const { return good_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] bool all_good() const { return good_ == urls_.size(); }

 private:
  // Whether there was another URL to ask for with this handle.
  bool begin(CURL* easy) {
    if (next_ == urls_.size()) return false;
    curl_easy_setopt(easy, CURLOPT_URL, urls_[next_++].c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, count_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &bytes_);
    curl_multi_add_handle(multi_.get(), easy);
    return true;
  }

  // Takes what has ended, and returns how many new transfers it began.
  int collect() {
    int begun = 0;
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      CURL* easy = message->easy_handle;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      if (message->data.result == CURLE_OK && status == 200) ++good_;
      curl_multi_remove_handle(multi_.get(), easy);
      begun += begin(easy) ? 1 : 0;
    }
    return begun;
  }

  std::vector<std::string> urls_;
  std::size_t next_ = 0;
  std::size_t good_ = 0;
  std::size_t bytes_ = 0;
  std::unique_ptr<CURLM, CleanMulti> multi_{curl_multi_init()};
  std::vector<std::unique_ptr<CURL, CleanEasy>> handles_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: bare_fetch URLS.txt CONNECTIONS\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::vector<std::string> urls;
  for (std::string line; std::getline(file, line);) urls.push_back(line);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  Fetcher fetcher(std::move(urls));
  fetcher.run(static_cast<std::size_t>(std::atoi(argv[2])));
  std::cout << fetcher.good() << " pages, " << fetcher.bytes() << " bytes\n";
  return fetcher.all_good() ? 0 : 1;
}
