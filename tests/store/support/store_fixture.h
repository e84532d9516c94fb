#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/ingest.h"
#include "store/read.h"
#include "store/sql.h"
#include "store/store.h"

namespace testigo::store {

// 2026-03-10T12:00:00Z, and so many hours later.
[[nodiscard]] UtcTime noon(int hours = 0);
// The UTC day of an instant: the tests' zone.
[[nodiscard]] Day day_at(UtcTime time);

// A folder that goes with the test.
struct TempFolder {
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();
  [[nodiscard]] std::string file(std::string_view name) const;
  std::filesystem::path path;
};

[[nodiscard]] Store open_memory();
// The value, or the test fails with the error's words.
template <class T>
T value_of(Result<T> result);

// A classified post of source "forum" with an external id, by "Ana", for brand acme.
[[nodiscard]] Sighting sighting(std::string_view external_id, std::string_view text,
                                Tag tag = Tag::complaint);
[[nodiscard]] Batch batch_of(std::vector<Sighting> posts);
IngestCounts put(Store& store, std::vector<Sighting> posts);

// The post of such a sighting, as somebody asked.
void erase_post(Store& store, std::string_view external_id);

// Every row of a statement, cells joined by "|", rows by "\n"; NULL is "~".
[[nodiscard]] std::string ask(Store& store, std::string_view sql);

// The findings of check_deeply that are not good, as text; "" if all is well.
[[nodiscard]] std::string faults(Store& store);

}  // namespace testigo::store

#include <catch2/catch.hpp>

template <class T>
T testigo::store::value_of(Result<T> result) {
  if (!result) FAIL(describe(result.error()));
  return std::move(*result);
}
