#include "classify/shortened.h"

namespace testigo::classify {

Shortened::Shortened(std::string_view word, RunCut cut) {
  for (std::size_t begin = 0; begin < word.size() && size_ < letters_.size();) {
    std::size_t end = begin + 1;
    while (end < word.size() && word[end] == word[begin]) ++end;
    const bool letter = static_cast<unsigned char>(word[begin]) < 0x80;
    const std::size_t run = end - begin;
    for (std::size_t left = letter && run >= cut.from ? cut.keep : run;
         left > 0 && size_ < letters_.size(); --left) {
      letters_[size_++] = word[begin];
    }
    begin = end;
  }
}

}  // namespace testigo::classify
