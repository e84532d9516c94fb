#pragma once

#include <string_view>

namespace testigo::extract {

// What pages print around the name of who wrote.

// A name without what blogs print behind it: "Ana said...", "Ana dijo:", "Ana a spus...". As
// written, not folded.
[[nodiscard]] std::string_view without_said(std::string_view name);

// "By", "Posted by:", "Autor:": what stands before a name, and nothing else. As written.
[[nodiscard]] bool leads_to_name(std::string_view text);

// "Author", "Nume": what heads a column of names, and is nobody's. As written.
[[nodiscard]] bool heads_names(std::string_view text);

// "says:", "a scris": what blogs print behind a name, and nothing else. As written.
[[nodiscard]] bool is_said(std::string_view text);

// What follows "wrote on" where a text begins so: "a scris pe 10.03.2026" → "10.03.2026". Empty of
// other texts.
[[nodiscard]] std::string_view behind_said(std::string_view text);

}  // namespace testigo::extract
