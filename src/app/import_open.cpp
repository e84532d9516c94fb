#include "app/import_open.h"

#include <filesystem>
#include <fstream>

#include "app/files.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

Result<formats::ByteSource> file_source(const std::string& path) {
  auto file = open_file(path);
  if (!file) return fail(std::move(file.error()));
  auto in = std::make_shared<std::ifstream>(std::move(*file));
  return [in = std::move(in), path](std::span<char> room) -> Result<std::size_t> {
    in->read(room.data(), static_cast<std::streamsize>(room.size()));
    if (in->bad()) return fail(unread_rest(path));
    return static_cast<std::size_t>(in->gcount());
  };
}

// "reviews.CSV.gz" → "csv".
std::string ending_of(const std::string& file) {
  std::filesystem::path path(text::ascii_lower(file));
  if (path.extension() == ".gz") path.replace_extension();
  return path.extension().string();
}

// Zero bytes and "WARC/" have no place in text; "From " begins an mbox (RFC 4155).
ImportFormat format_of_bytes(std::string_view head) {
  if (head.starts_with("WARC/")) return ImportFormat::warc;
  if (head.starts_with("From ")) return ImportFormat::mbox;
  const std::size_t first = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string_view::npos && (head[first] == '{' || head[first] == '[')
             ? ImportFormat::jsonl
             : ImportFormat::csv;
}

}  // namespace

Result<std::size_t> ImportReader::skip(std::size_t rows) {
  std::size_t passed = 0;
  while (passed < rows) {
    auto row = next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) break;
    ++passed;
  }
  return passed;
}

Result<ImportFile> open_import_file(const std::string& path) {
  auto source = file_source(path);
  if (!source) return fail(std::move(source.error()));
  auto head = formats::read_up_to(*source, import_head_bytes);
  if (!head) return fail(std::move(head.error()));
  ImportFile file;
  file.bytes = formats::prepended(*head, std::move(*source));
  file.head = std::move(*head);
  if (formats::is_gzip(file.head)) {
    auto unpacked = formats::gunzip_source(std::move(file.bytes));
    auto first = formats::read_up_to(unpacked, import_head_bytes);
    if (!first) return fail(first.error().code, first.error().what, path);
    file.bytes = formats::prepended(*first, std::move(unpacked));
    file.head = std::move(*first);
  }
  file.whole = file.head.size() < import_head_bytes;
  return file;
}

Result<DecodedFile> decode_import_file(ImportFile file, const std::optional<std::string>& said) {
  if (said) {
    const auto name = text::encoding_for_label(*said);
    if (!name)
      return fail(Errc::malformed,
                  "\"" + *said + "\" names no known encoding, such as utf-8 or windows-1252",
                  "--encoding");
    const formats::TextEncoding encoding{std::string(*name), false, false};
    return DecodedFile{formats::utf8_source(std::move(file.bytes), encoding),
                       encoding.name + ", as said"};
  }
  const formats::TextEncoding encoding = formats::sniff_text_encoding(file.head, file.whole);
  const std::string why = encoding.marked            ? ", by its byte order mark"
                          : encoding.plain           ? ", as far as seen plain ASCII"
                          : encoding.name == "UTF-8" ? ""
                                                     : ", by its bytes";
  return DecodedFile{formats::utf8_source(std::move(file.bytes), encoding), encoding.name + why};
}

Result<ImportFormat> import_format_of(const ImportOptions& options) {
  if (options.format) return *options.format;
  const std::string ending = ending_of(options.file);
  if (ending == ".csv" || ending == ".tsv") return ImportFormat::csv;
  if (ending == ".jsonl" || ending == ".ndjson" || ending == ".json") return ImportFormat::jsonl;
  if (ending == ".mbox" || ending == ".eml") return ImportFormat::mbox;
  if (ending == ".warc" || ending == ".arc") return ImportFormat::warc;
  auto file = open_import_file(options.file);
  if (!file) return fail(std::move(file.error()));
  return format_of_bytes(file->head);
}

Result<std::unique_ptr<ImportReader>> open_import(const ImportOptions& options,
                                                  const ImportPresets& presets) {
  const auto format = import_format_of(options);
  if (!format) return fail(format.error());
  auto file = open_import_file(options.file);
  if (!file) return fail(std::move(file.error()));
  if (file->head.empty()) return fail(Errc::malformed, "the file is empty", options.file);
  switch (*format) {
    case ImportFormat::csv:
      return open_csv_import(std::move(*file), options, presets);
    case ImportFormat::jsonl:
      return open_json_import(std::move(*file), options, presets);
    case ImportFormat::mbox:
      return open_mbox_import(std::move(*file), options, presets);
    case ImportFormat::warc:
      break;
  }
  return fail(Errc::unsupported, "an archive's pages are no rows; testigo import reads them",
              options.file);
}

}  // namespace testigo::app
