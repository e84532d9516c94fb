#include "formats/canonical_url.h"

#include <algorithm>
#include <optional>

#include "formats/plain_url.h"
#include "formats/tsv.h"
#include "formats/url.h"
#include "formats/url_encode.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

// RFC 3986 §2.3: characters whose escape means the same as they do.
bool is_unreserved(int byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// Of what the WHATWG form leaves as written, the rest that RFC 3986 has no place for.
bool must_encode(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte >= 0x7F ||
         std::string_view("\"<>\\^`{|}[]").find(c) != std::string_view::npos;
}

// One escape form for each character: RFC 3986 §6.2.2.
std::string normalize_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const int byte = decode_escape(text, i); byte >= 0) {
      if (is_unreserved(byte)) {
        out += static_cast<char>(byte);
      } else {
        append_escape(out, static_cast<unsigned char>(byte));
      }
      i += 2;
    } else if (text[i] == '%' || must_encode(text[i])) {
      append_escape(out, static_cast<unsigned char>(text[i]));
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string canonical_path(std::string_view path) {
  std::string out = normalize_escapes(path);
  const auto both_slashes = [](char a, char b) { return a == '/' && b == '/'; };
  out.erase(std::unique(out.begin(), out.end(), both_slashes), out.end());
  return out;
}

struct Parameter {
  std::string name;
  std::string written;  // "name=value"
};

Parameter read_parameter(std::string_view part) {
  const std::size_t equals = std::min(part.find('='), part.size());
  Parameter parameter{normalize_escapes(part.substr(0, equals)), {}};
  parameter.written = parameter.name;
  if (equals + 1 < part.size())
    parameter.written += "=" + normalize_escapes(part.substr(equals + 1));
  return parameter;
}

// The parts between "&" that are not to be dropped, by their name and value.
template <class Drops>
std::vector<std::string_view> kept_parts(std::string_view query, Drops drops) {
  std::vector<std::string_view> kept;
  for (std::size_t begin = 0; begin <= query.size();) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const std::string_view part = query.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string name = percent_decode(part.substr(0, equals));
    const std::string value = percent_decode(part.substr(std::min(equals + 1, part.size())));
    if (!drops(name, value)) kept.push_back(part);
  }
  return kept;
}

// Those whose names are not tracking's.
std::vector<std::string_view> kept_parts(std::string_view host, std::string_view query,
                                         const TrackingParameters& tracking) {
  return kept_parts(query, [&](const std::string& name, const std::string& value) {
    return tracking.drops(host, name, value);
  });
}

// Absent where nothing is kept.
std::optional<std::string> joined(const std::vector<std::string_view>& kept) {
  if (kept.empty()) return std::nullopt;
  std::string query;
  for (const std::string_view part : kept) {
    if (part.data() != kept.front().data()) query += '&';
    query += part;
  }
  return query;
}

std::string canonical_query(std::string_view host, std::string_view query,
                            const TrackingParameters& tracking) {
  std::vector<Parameter> kept;
  for (const std::string_view part : kept_parts(host, query, tracking)) {
    Parameter parameter = read_parameter(part);
    if (!parameter.name.empty()) kept.push_back(std::move(parameter));
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  std::string out;
  for (const Parameter& parameter : kept) {
    out += out.empty() ? '?' : '&';
    out += parameter.written;
  }
  return out;
}

Result<std::string> canonical(const Url& url, const TrackingParameters& tracking) {
  if (!url.is_web()) {
    return fail(Errc::malformed, "Only http and https URLs name a page.", url.href());
  }
  const std::string& host = url.host.value();
  std::string out = url.origin() + canonical_path(url.path);
  if (url.query) out += canonical_query(host, *url.query, tracking);
  if (url.fragment && url.fragment->substr(0, 1) == "!") {
    out += "#" + normalize_escapes(*url.fragment);
  }
  return out;
}

}  // namespace

bool TrackingParameters::Names::has(const std::string& name) const {
  if (exact.contains(name)) return true;
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&name](const std::string& prefix) { return name.starts_with(prefix); });
}

Result<void> TrackingParameters::add(std::string_view file, std::string_view tsv) {
  const Result<std::vector<TsvRow>> rows = parse_tsv(file, tsv, {.min_fields = 2});
  if (!rows) return fail(rows.error());
  for (const TsvRow& row : *rows) {
    std::string parameter = text::ascii_lower(row.fields[0]);
    Names& names = by_provider_[text::ascii_lower(row.fields[1])];
    ++size_;
    if (!parameter.empty() && parameter.back() == '*') {
      parameter.pop_back();
      if (parameter.empty()) {
        return fail(Errc::malformed, "A lone \"*\" would drop every parameter; name its beginning.",
                    std::string(file) + ":" + std::to_string(row.line) + ":1");
      }
      names.prefixes.push_back(std::move(parameter));
    } else {
      names.exact.insert(std::move(parameter));
    }
  }
  return {};
}

bool TrackingParameters::drops(std::string_view host, std::string_view parameter,
                               std::string_view value) const {
  const std::string name = text::ascii_lower(parameter);
  const std::string with_value = name + "=" + text::ascii_lower(value);
  const auto listed = [&](std::string_view provider) {
    const auto found = by_provider_.find(std::string(provider));
    return found != by_provider_.end() &&
           (found->second.has(name) || found->second.has(with_value));
  };
  if (listed("*")) return true;
  for (std::string_view domain = host; !domain.empty();) {
    const std::size_t dot = domain.find('.');
    if (listed(domain) || listed(std::string(domain.substr(0, dot)) + ".*")) return true;
    if (dot == std::string_view::npos) break;
    domain.remove_prefix(dot + 1);
  }
  return false;
}

Result<std::string> canonical_url(std::string_view url, const TrackingParameters& tracking) {
  const std::size_t origin = plain_origin_length(url);
  if (origin > 0 && is_plain_path(url.substr(origin))) return std::string(url);
  const Result<Url> parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  return canonical(*parsed, tracking);
}

Result<std::string> canonical_url(std::string_view url, std::string_view base,
                                  const TrackingParameters& tracking) {
  const Result<Url> parsed_base = parse_url(base);
  if (!parsed_base) return fail(parsed_base.error());
  const Result<Url> parsed = parse_url(url, *parsed_base);
  if (!parsed) return fail(parsed.error());
  return canonical(*parsed, tracking);
}

Result<std::string> canonical_permalink(std::string_view url, const TrackingParameters& tracking) {
  if (url.find('#') == std::string_view::npos) return canonical_url(url, tracking);
  const Result<Url> parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  auto address = canonical(*parsed, tracking);
  if (!address || !parsed->fragment || parsed->fragment->starts_with('!')) return address;
  std::string fragment;
  for (const std::string_view part : kept_parts(*parsed->host, *parsed->fragment, tracking))
    fragment.append(fragment.empty() ? "#" : "&").append(normalize_escapes(part));
  if (fragment.size() > 1) *address += fragment;
  return address;
}

Result<std::string> strip_tracking(std::string_view url, const TrackingParameters& tracking) {
  Result<Url> parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  if (parsed->query && parsed->host)
    parsed->query = joined(kept_parts(*parsed->host, *parsed->query, tracking));
  return parsed->href();
}

Result<std::string> strip_parameter(std::string_view url, std::string_view name) {
  Result<Url> parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  if (parsed->query) {
    parsed->query = joined(kept_parts(
        *parsed->query, [&](const std::string& found, const std::string&) { return found == name; }));
  }
  return parsed->href();
}

}  // namespace testigo::formats
