#pragma once

// SQL: the address of post `p`, which stands on page `g`; NULL where it has none of its own. A
// literal, since statements are literals: it stands between their parts. What a post keeps of its
// address is post.url (schema_tables.h).
#define TESTIGO_POST_URL "iif(substr(p.url, 1, 1) IN ('', '#'), g.url || p.url, p.url)"

// The same, and where there is none that of the page.
#define TESTIGO_POST_OR_PAGE_URL "coalesce(" TESTIGO_POST_URL ", g.url)"
