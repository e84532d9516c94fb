#pragma once

#include "core/post.h"

namespace testigo::extract {

// Takes from a post's texts what no reader sees and what may deceive: control characters, a
// terminal's control sequences (ECMA-48 §5.4, §5.6: colours, window titles), and the marks that
// embed or turn the direction of writing (U+202A to U+202E). A name and a title, which stand among
// other words when shown, keep none of the marks that isolate either (U+2066 to U+2069); words from
// right to left need them nowhere.
void tidy(Post& post);

}  // namespace testigo::extract
