#include "app/rule_book.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <future>

#include "app/files.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

bool is_source(const std::string& path) {
  return path.ends_with(".toml") && path.find("/sources/") != std::string::npos;
}

bool is_import_preset(const std::string& path) {
  return path.ends_with(".toml") && path.find("/import/") != std::string::npos;
}

bool is_tracking_table(const std::string& path) {
  return path.ends_with(".tsv") && path.find("/tracking/") != std::string::npos;
}

bool is_table_of_texts(const std::string& path) {
  return path.ends_with(".tsv") && path.find("/texts/") != std::string::npos;
}

// Whether it is named as a file of rules; not what editors leave hidden.
bool is_named_as_rules(const std::filesystem::path& path) {
  const std::string ending = text::ascii_lower(path.extension().string());
  return (ending == ".tsv" || ending == ".toml") && !path.filename().string().starts_with('.');
}

Error no_plain_file(const std::filesystem::directory_entry& entry) {
  std::error_code error;
  const std::string_view what = entry.is_directory(error) ? "a folder"
                                : !entry.exists(error)    ? "a link to nothing"
                                                          : "no plain file";
  return {
      Errc::malformed,
      "is " + std::string(what) + ", so it holds no rules; put a file in its place, or rename it",
      entry.path().string()};
}

// Every file below the folder, in no order.
Result<std::vector<RuleFile>> walk_overlay(const std::string& folder) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator walk(folder, error);
  if (error)
    return fail(Errc::not_found,
                "the rules folder cannot be read: " + error.message() +
                    "; make it, or take rules = … out of testigo.toml",
                folder);
  std::vector<RuleFile> files;
  std::string path = folder;
  for (; walk != std::filesystem::recursive_directory_iterator(); walk.increment(error)) {
    path = walk->path().string();
    if (std::error_code unknown; walk->is_regular_file(unknown)) {
      auto bytes = read_file(path);
      if (!bytes) return fail(std::move(bytes.error()));
      files.push_back({path, std::move(*bytes), true});
    } else if (is_named_as_rules(walk->path())) {
      return fail(no_plain_file(*walk));
    }
  }
  if (error)
    return fail(Errc::io,
                "this folder of rules cannot be read: " + error.message() +
                    "; make it readable, or move it out of the rules",
                path);
  return files;
}

Result<std::vector<RuleFile>> overlay_files(const std::string& folder) {
  auto files = walk_overlay(folder);
  if (!files) return files;
  std::sort(files->begin(), files->end(),
            [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
  return files;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Whether a file of the overlay is meant as a source; not what editors and systems leave hidden.
bool is_meant_as_source(const RuleFile& file) {
  const std::string name = file_name(file.path);
  return file.overlay && file.path.find("/sources/") != std::string::npos &&
         !name.starts_with('.') && text::ascii_lower(name).ends_with(".toml");
}

Error misnamed(const RuleFile& file) {
  return {Errc::malformed,
          "a source's file is named with small letters, digits, _ and -, such as "
          "\"acme_reviews.toml\"; rename it",
          file.path + ":1:1"};
}

Error named_twice(const RuleFile& file, const std::string& other) {
  return {Errc::malformed, "the source stands in " + other + " too; rename one of them",
          file.path + ":1:1"};
}

// A source of the user's own. One that is broken takes the built-in one of its name away: what it
// was to say instead is not known.
void add_own_source(RuleBook& book, const RuleFile& file) {
  const std::string name = file_name(file.path);
  const SourceId id(name.substr(0, name.size() - std::string_view(".toml").size()));
  if (book.broken_sources.contains(id)) return;
  const auto known = book.sources.find(id);
  const bool twice = book.own_sources.contains(id);
  auto source = sources::load_source(file.path, file.bytes);
  std::optional<Error> error;
  if (!sources::is_source_name(id.value) || !name.ends_with(".toml"))
    error = misnamed(file);
  else if (twice)
    error = named_twice(file, known->second.file);
  else if (!source)
    error = std::move(source.error());
  if (error) {
    book.broken_sources.emplace(id, std::move(*error));
    book.sources.erase(id);
    return;
  }
  book.own_sources.emplace(id, known != book.sources.end());
  book.sources.insert_or_assign(id, std::move(*source));
}

Result<classify::Rules> load_classifier_rules(const std::vector<RuleFile>& files) {
  std::vector<classify::RulesFile> tables;
  for (const RuleFile& file : files) tables.push_back({file.path, file.bytes, file.overlay});
  return classify::load_rules(tables);
}

// Puts into the book what is not for the classifier.
Result<void> add_files(RuleBook& book, std::span<const RuleFile> files, BookParts parts) {
  for (const RuleFile& file : files) {
    if (parts == BookParts::for_verdicts && !file.overlay) continue;
    if (is_meant_as_source(file)) {
      add_own_source(book, file);
    } else if (!file.overlay && is_source(file.path)) {
      auto source = sources::load_source(file.path, file.bytes);
      if (!source) return fail(std::move(source.error()));
      book.sources.insert_or_assign(source->id, std::move(*source));
    } else if (is_import_preset(file.path)) {
      auto preset = load_import_preset(file.path, file.bytes);
      if (!preset) return fail(std::move(preset.error()));
      std::string name = preset->name;
      book.import_presets.insert_or_assign(std::move(name), std::move(*preset));
    } else if (is_tracking_table(file.path)) {
      if (auto added = book.tracking.add(file.path, file.bytes); !added)
        return fail(std::move(added.error()));
    } else if (is_table_of_texts(file.path)) {
      if (auto added = book.own_words.add(file.path, file.bytes); !added)
        return fail(std::move(added.error()));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<RuleFile>> rule_files(std::span<const EmbeddedFile> embedded,
                                         const std::optional<std::string>& overlay) {
  std::vector<RuleFile> files;
  for (const EmbeddedFile& file : embedded)
    if (file.path.starts_with("rules/"))
      files.push_back({std::string(file.path), std::string(file.bytes), false});
  if (!overlay) return files;
  auto own = overlay_files(*overlay);
  if (!own) return fail(std::move(own.error()));
  std::move(own->begin(), own->end(), std::back_inserter(files));
  return files;
}

const RuleFile* last_rule_file(std::span<const RuleFile> files, std::string_view name) {
  const RuleFile* found = nullptr;
  for (const RuleFile& file : files)
    if (file.path == name || file.path.ends_with("/" + std::string(name))) found = &file;
  return found;
}

// The classifier's rules are compiled beside the rest, if there is much of that: they take longest.
Result<RuleBook> load_rule_book(std::vector<RuleFile> files, BookParts parts) {
  const auto when = parts == BookParts::all ? std::launch::async : std::launch::deferred;
  auto compiled = std::async(when, load_classifier_rules, std::cref(files));
  RuleBook book{{}, classify::Rules(nullptr), {}, {}, {}, {}, {}, {}};
  auto added = add_files(book, files, parts);
  auto rules = compiled.get();
  if (!rules) return fail(std::move(rules.error()));
  if (!added) return fail(std::move(added.error()));
  book.rules = std::move(*rules);
  book.files = std::move(files);
  return book;
}

}  // namespace testigo::app
