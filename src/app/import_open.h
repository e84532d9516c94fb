#pragma once

#include <memory>
#include <string>

#include "app/import_rows.h"
#include "formats/byte_source.h"
#include "formats/utf8_source.h"

namespace testigo::app {

// An import file as a stream: gzip undone, its beginning looked at.
struct ImportFile {
  formats::ByteSource bytes;  // from the beginning, as they stand
  std::string head;           // the first of them
  bool whole = false;         // there are no more
};
inline constexpr std::size_t import_head_bytes = 256u << 10;  // to sniff from

// Errc::not_found or io, with the path.
[[nodiscard]] Result<ImportFile> open_import_file(const std::string& path);

// The encoding that was said, or that the beginning shows, and the stream in UTF-8.
struct DecodedFile {
  formats::ByteSource text;
  std::string about;  // for people: "windows-1252, by its letters"
};
[[nodiscard]] Result<DecodedFile> decode_import_file(ImportFile file,
                                                     const std::optional<std::string>& encoding);

[[nodiscard]] Result<std::unique_ptr<ImportReader>> open_csv_import(ImportFile file,
                                                                    const ImportOptions& options,
                                                                    const ImportPresets& presets);
[[nodiscard]] Result<std::unique_ptr<ImportReader>> open_json_import(ImportFile file,
                                                                     const ImportOptions& options,
                                                                     const ImportPresets& presets);
[[nodiscard]] Result<std::unique_ptr<ImportReader>> open_mbox_import(ImportFile file,
                                                                     const ImportOptions& options,
                                                                     const ImportPresets& presets);

}  // namespace testigo::app
