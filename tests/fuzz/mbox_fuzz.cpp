// Any bytes are a mailbox: reading ends within its bounds, in pieces as in one, and what a message
// says is UTF-8, the same twice.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/mbox.h"
#include "formats/mime.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

std::vector<MboxMessage> messages_of(ByteSource source) {
  const MboxLimits limits{.max_message_bytes = 16384, .max_line_bytes = 2048};
  MboxReader reader(std::move(source), limits);
  std::vector<MboxMessage> messages;
  while (true) {
    auto message = reader.next();
    expect(message.has_value());
    if (!*message) return messages;
    expect((*message)->bytes.size() <= limits.max_message_bytes);
    messages.push_back(std::move(**message));
  }
}

ByteSource in_pieces(std::string_view bytes) {
  return [bytes](std::span<char> room) mutable -> Result<std::size_t> {
    const std::size_t size = std::min<std::size_t>({5, bytes.size(), room.size()});
    std::copy_n(bytes.data(), size, room.data());
    bytes.remove_prefix(size);
    return size;
  };
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::vector<MboxMessage> messages = messages_of(bytes_source(bytes));
  const std::vector<MboxMessage> pieces = messages_of(in_pieces(bytes));
  expect(messages.size() == pieces.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    expect(messages[i].bytes == pieces[i].bytes && messages[i].line == pieces[i].line);
    const Mail mail = read_mail(messages[i].bytes);
    expect(text::is_valid_utf8(mail.body) && mail.fields.size() <= max_mail_fields);
    for (const Mail::Field& field : mail.fields) expect(text::is_valid_utf8(field.value));
    const Mailbox box = parse_mailbox(mail.field("From").value_or(""));
    expect(box.address.size() <= messages[i].bytes.size() * 4);
    expect(read_mail(messages[i].bytes).body == mail.body);
  }
  return 0;
}
