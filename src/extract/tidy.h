#pragma once

#include "core/post.h"

namespace testigo::extract {

// Takes from a post's texts what no reader sees and what may deceive: control characters, and the
// marks that turn the direction of writing by force (U+202D, U+202E). A name and a title, which
// stand among other words when shown, keep none of the marks that embed or isolate either (U+202A
// to U+202E, U+2066 to U+2069); words from right to left need them nowhere.
void tidy(Post& post);

}  // namespace testigo::extract
