#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_preset.h"
#include "classify/rules.h"
#include "core/embedded.h"
#include "core/ids.h"
#include "core/result.h"
#include "extract/own_words.h"
#include "formats/canonical_url.h"
#include "sources/source.h"

namespace testigo::app {

// A file of a rules folder, owned: built in, or of the user's overlay.
struct RuleFile {
  std::string path;  // as it shall appear in messages
  std::string bytes;
  bool overlay = false;
};

// Everything under rules/ that is built in, and then every file below the overlay folder.
// Errc::not_found where the overlay folder is not there, io where something in it cannot be read,
// malformed where what is named as a file of rules is none.
[[nodiscard]] Result<std::vector<RuleFile>> rule_files(std::span<const EmbeddedFile> embedded,
                                                       const std::optional<std::string>& overlay);

// The file of that name which counts: the overlay's, else the built-in one; none if there is
// neither.
[[nodiscard]] const RuleFile* last_rule_file(std::span<const RuleFile> files,
                                             std::string_view name);

// All that is known as data: how to judge texts, how to ask services, which URL parameters say
// nothing, how exports are laid out, where an author's own words end. A user's source or preset of
// the same name takes the place of the built-in one.
struct RuleBook {
  std::vector<RuleFile> files;
  classify::Rules rules;
  std::map<SourceId, sources::Source> sources;
  std::map<SourceId, bool> own_sources;  // of the overlay; true: in place of a built-in one
  // Of the overlay's sources those that cannot be used, nor the built-in ones of their names.
  std::map<SourceId, Error> broken_sources;
  formats::TrackingParameters tracking;
  ImportPresets import_presets;
  extract::OwnWords own_words;
};

// `for_verdicts`: without what is built in and no verdict is made with – sources, presets, tables
// of words. What the overlay has of these is read, and so checked, all the same.
enum class BookParts : std::uint8_t { all, for_verdicts };

// Loads the book. The first thing that is wrong is the error, with file, line and mend; but for
// the overlay's sources, which are kept as broken.
[[nodiscard]] Result<RuleBook> load_rule_book(std::vector<RuleFile> files,
                                              BookParts parts = BookParts::all);

}  // namespace testigo::app
