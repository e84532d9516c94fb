#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/verdict.h"

namespace testigo::render {

// What a verdict's JSON needs beside the verdict.
struct VerdictFrame {
  std::string_view id_json;  // the input's id as JSON: "\"7\"", "7"; empty: null
  std::string_view text;     // the fields as given, from which reasons are quoted
  std::string_view title;
  std::string_view rules;                 // "sha256:…"
  bool explain = false;                   // write `why`
  std::string_view correction_json = {};  // written before the axes; empty: nobody corrected it
  std::span<const std::string> rules_gone = {};  // named by reasons, but no rules of today
};

// One line of the contract in DESIGN §7, without a line break: keys in that order, null for absent,
// `why` only if explained. An unclassified verdict has null for every axis. Numbers are written in
// full, so that contributions sum to the logits they explain.
[[nodiscard]] std::string verdict_json(const Verdict& verdict, const VerdictFrame& frame);

// {"line":N,"id":…,"error":"…"}: in place of an input line that could not be read.
[[nodiscard]] std::string error_json(std::size_t line, std::string_view id_json,
                                     std::string_view error);

}  // namespace testigo::render
