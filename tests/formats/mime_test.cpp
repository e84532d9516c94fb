#include "formats/mime.h"

#include <catch2/catch.hpp>

#include "formats/mbox.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

std::vector<MboxMessage> messages_of(std::string_view bytes, MboxLimits limits = {}) {
  MboxReader reader(bytes_source(bytes), limits);
  std::vector<MboxMessage> messages;
  while (true) {
    auto message = reader.next();
    REQUIRE(message.has_value());
    if (!*message) return messages;
    messages.push_back(std::move(**message));
  }
}

}  // namespace

TEST_CASE("messages of an mbox are parted by From lines alone", "[formats]") {
  // RFC 4155 appendix A; bodies hold lines that only look like separators.
  const auto messages = messages_of(
      "From a@x.example Mon Jan  5 10:00:00 2026\nSubject: 1\n\nhello\n\nFrom now on: tea\n>From "
      "here\n\n"
      "From b@x.example Mon Jan  5 11:00:00 2026\r\nSubject: 2\r\n\r\nworld\r\n");
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].bytes == "Subject: 1\n\nhello\n\nFrom now on: tea\nFrom here\n\n");
  CHECK(messages[0].line == 2);
  CHECK(messages[1].bytes == "Subject: 2\n\nworld\n");
  CHECK(messages[1].line == 10);
  CHECK(messages_of("").empty());
  CHECK(messages_of("Subject: eml\n\nbody\n").size() == 1);
}

TEST_CASE("a long message is cut, and the next one still found", "[formats]") {
  const std::string long_body(1000, 'x');
  const auto messages =
      messages_of("From a@x Mon Jan 5 10:00:00 2026\nA: 1\n\nwords\n" + long_body +
                      "\n\nFrom b@x Mon Jan 5 10:00:00 2026\nA: 2\n\n",
                  {.max_message_bytes = 100, .max_line_bytes = 50});
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].cut);
  CHECK(messages[0].bytes.find("words") != std::string::npos);
  CHECK(messages[1].bytes == "A: 2\n\n");
}

TEST_CASE("transfer encodings are undone, broken ones as far as they go", "[formats]") {
  CHECK(decode_quoted_printable("caf=C3=A9 a=\r\nb=3D= \nc =ZZ =") == "café ab=c =ZZ ");
  CHECK(decode_base64("Y2Fmw6k=\r\nignored") == "café");
  CHECK(decode_base64("Y2Fm w6k") == "café");
  CHECK(decode_base64("!!!").empty());
}

TEST_CASE("encoded words are decoded, torn characters joined", "[formats]") {
  CHECK(decode_encoded_words("=?utf-8?B?Y2Fm?= =?utf-8?B?w6k=?= ok") == "café ok");
  CHECK(decode_encoded_words("=?UTF-8?Q?caf=C3?= =?UTF-8?Q?=A9_?=x") == "café x");
  CHECK(decode_encoded_words("a =?iso-8859-1*es?q?ma=F1ana?= b") == "a mañana b");
  CHECK(decode_encoded_words("=?klingon?Q?x?= =?utf-8?X?y?= =?") ==
        "=?klingon?Q?x?= =?utf-8?X?y?= =?");
}

TEST_CASE("mailboxes are read in the forms that mailers write", "[formats]") {
  CHECK(parse_mailbox("\"Pop, \\\"Ana\\\"\" <ana@x.example>").name == "Pop, \"Ana\"");
  CHECK(parse_mailbox("ana@x.example (Ana Pop)").name == "Ana Pop");
  CHECK(parse_mailbox("ana@x.example").address == "ana@x.example");
  CHECK(parse_mailbox("><").address == "><");
}

TEST_CASE("the plain alternative is read, attachments are not", "[formats]") {
  const Mail mail = read_mail(
      "Content-Type: multipart/mixed; boundary=out\n\npreamble\n--out\nContent-Type: "
      "multipart/alternative;\n"
      " boundary=\"in\"\n\n--in\nContent-Type: text/html\n\n<b>html</b>\n--in\nContent-Type: "
      "text/plain; charset=latin1\n\n"
      "caf\xE9\n--in--\n--out\nContent-Type: text/plain\nContent-Disposition: attachment; "
      "filename=x\n\nsecret\n--out--\n");
  CHECK(mail.body == "café\n");
  CHECK_FALSE(mail.body_is_html);
  // A message that was cut has no closing boundary.
  CHECK(read_mail("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords").body == "words");
  CHECK(read_mail("Content-Type: multipart/mixed\n\nwords").body.empty());
  CHECK(read_mail("Content-Type: text/plain; format=flowed; delsp=no\n\none \ntwo\nthree\n").body ==
        "one two\nthree\n");
}

TEST_CASE("hostile mail is read in bounded time", "[formats]") {
  std::string nested;
  for (int i = 0; i < 20'000; ++i)
    nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
              std::to_string(i) + "\n";
  CHECK(read_mail(nested).body.empty());
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 100'000; ++i) many += "--b\n\nx\n";
  CHECK(read_mail(many).body.size() <= 3 * max_mail_parts);
  CHECK(read_mail(std::string(1u << 20, ':')).fields.size() == 1);
  CHECK(read_mail("").fields.empty());
  CHECK(decode_encoded_words(std::string(1u << 20, '=') + "?").size() == (1u << 20) + 1);
}
