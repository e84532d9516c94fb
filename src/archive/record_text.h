#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/warc_writer.h"
#include "core/page.h"
#include "core/time.h"

namespace testigo::archive {

// A record as text, ready to be compressed: fields in order, then the block. Control characters in
// values become spaces, so that nothing a server sent can end a field early. Content-Length and
// WARC-Block-Digest are added here.
[[nodiscard]] std::string record_text(std::vector<Header> fields, std::string_view block);

// "<urn:uuid:…>", random (RFC 9562 version 4).
[[nodiscard]] std::string new_record_id();

// The HTTP messages as they stand in blocks. What the transfer undid (Transfer-Encoding) is
// renamed, since readers would undo it again; HTTP/2 is written as 1.1, and WARC-Protocol says what
// it was.
[[nodiscard]] std::string response_head(const Page& page);  // without the body
[[nodiscard]] std::string response_block(const Page& page);
[[nodiscard]] std::string request_block(const Exchange& exchange);

// Fields that a response or revisit record and its request record begin with.
[[nodiscard]] std::vector<Header> answer_fields(std::string_view type, std::string_view record_id,
                                                std::string_view warcinfo_id,
                                                const Exchange& exchange);
[[nodiscard]] std::vector<Header> request_fields(std::string_view record_id,
                                                 std::string_view answer_id,
                                                 std::string_view warcinfo_id,
                                                 const Exchange& exchange);

}  // namespace testigo::archive
