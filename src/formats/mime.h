#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::formats {

// The words of one mail message (RFC 5322 with MIME, RFC 2045 to 2047): UTF-8 throughout. Read as
// well as can be: mail that breaks the rules is mail all the same.
struct Mail {
  struct Field {
    std::string name;   // as written
    std::string value;  // unfolded, encoded words decoded
  };
  std::vector<Field> fields;
  std::string body;           // the first readable alternative; attachments are left out
  bool body_is_html = false;  // no plain alternative was there

  // The first field of that name, whatever its case; nothing where it is absent or empty.
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

// Bounded: parts beyond these are not looked at.
inline constexpr std::size_t max_mail_depth = 16;     // multiparts within multiparts
inline constexpr std::size_t max_mail_parts = 200;    // in all
inline constexpr std::size_t max_mail_fields = 1000;  // of one header

// `bytes`: header, blank line, body; lines end as LF or CR LF.
[[nodiscard]] Mail read_mail(std::string_view bytes);

// RFC 2047: "=?utf-8?Q?caf=C3=A9?=" → "café"; words in an unknown encoding stay as they are.
[[nodiscard]] std::string decode_encoded_words(std::string_view text);

// RFC 2045 §6.7 and §6.8. What is no such encoding is left as it stands, or out.
[[nodiscard]] std::string decode_quoted_printable(std::string_view text);
[[nodiscard]] std::string decode_base64(std::string_view text);

// Who a From field names: ("Ana Pop", "ana@mail.example"); the name is empty where there is none.
struct Mailbox {
  std::string name;
  std::string address;
};
[[nodiscard]] Mailbox parse_mailbox(std::string_view field);

}  // namespace testigo::formats
