#include "archive/support/scratch.h"

#include <fstream>
#include <sstream>

#include "core/digest.h"

namespace testigo::test {

namespace fs = std::filesystem;
using archive::Exchange;
using archive::WriterOptions;

Scratch::Scratch() : path_(fs::temp_directory_path() / ("testigo-" + to_hex(random_bytes(8)))) {
  fs::create_directories(path_);
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

Exchange exchange(std::string url, std::string body, std::string_view time) {
  Exchange made;
  made.archive_url = std::move(url);
  made.request_headers = {{"User-Agent", "testigo/test"}};
  made.page.url = made.archive_url;
  made.page.status = 200;
  made.page.http_version = "1.1";
  made.page.headers = {{"Content-Type", "text/html"}};
  made.page.body_as_sent = std::move(body);
  made.page.remote_address = "192.0.2.7";
  made.page.fetched_at = *parse_iso8601(time);
  return made;
}

WriterOptions options(const Scratch& scratch) {
  WriterOptions made;
  made.folder = scratch.folder();
  made.software = "testigo/test";
  made.contact = "mailto:crawl@example.com";
  return made;
}

}  // namespace testigo::test
