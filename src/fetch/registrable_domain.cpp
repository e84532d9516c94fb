#include "fetch/registrable_domain.h"

#include <algorithm>
#include <libpsl.h>

#include "fetch/address_guard.h"
#include "text/normalize.h"

namespace testigo::fetch {

std::string registrable_domain(std::string_view host) {
  std::string name = text::ascii_lower(host);
  while (!name.empty() && name.back() == '.') name.pop_back();
  if (parse_ip(name)) return name;
  // The list is compiled into the library; the handle is shared and never freed.
  const psl_ctx_t* list = psl_builtin();
  const char* domain = list == nullptr ? nullptr : psl_registrable_domain(list, name.c_str());
  return domain == nullptr ? name : std::string(domain);
}

}  // namespace testigo::fetch
