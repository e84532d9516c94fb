#pragma once

// SQL, as literals since statements are literals: on which side mention `m`, whose verdict is `v`,
// stands apart from its text (sides.h: side_apart); NULL where it does not.
#define TESTIGO_SIDE_APART \
  "iif(m.polarity IS NULL AND m.score IS v.score, NULL, coalesce(m.polarity, v.polarity))"

// The polarity of facet `f` in a mention that stands on a side, or on none (sides.h: facets_on).
#define TESTIGO_FACET_ON(side)                                                            \
  "(CASE WHEN " side " IS NULL OR " side " IN (2, f.polarity) THEN f.polarity WHEN " side \
  " < 2 AND f.polarity = 2 THEN " side " ELSE 3 END)"

// The same of facet `f` in mention `m`, whose verdict is `v`.
#define TESTIGO_OWN_FACET                                                   \
  "(CASE WHEN m.polarity IS NULL AND m.score IS v.score "                   \
  "OR coalesce(m.polarity, v.polarity) IN (2, f.polarity) THEN f.polarity " \
  "WHEN coalesce(m.polarity, v.polarity) < 2 AND f.polarity = 2 "           \
  "THEN coalesce(m.polarity, v.polarity) ELSE 3 END)"
