#include "app/mail_notice.h"

#include <catch2/catch.hpp>
#include <string>

#include "app/import_words.h"

using testigo::app::before_notice;

TEST_CASE("what a company says below each of its mails is cut", "[app]") {
  for (const char* notice :
       {"This e-mail and any attachments are confidential\nand intended only for the addressee.",
        "CONFIDENTIALITY NOTICE: this message is for its intended recipient.\n\nPlease consider "
        "the "
        "environment before printing.",
        "Este mensaje y sus anexos son confidenciales y van dirigidos a su destinatario.",
        "Acest mesaj este confidențial și se adresează destinatarului.",
        "Antes de imprimir este correo, piense en el medio ambiente."}) {
    INFO(notice);
    CHECK(before_notice("It broke.\n \n" + std::string(notice) + "\n") == "It broke.");
  }
  CHECK(testigo::app::own_words_of_mail(
            "It broke.\n\nRegards,\nBob\n\nThis email is confidential and intended for "
            "its recipient.") == "It broke.");
}

TEST_CASE("words of one's own about mails and confidence stay", "[app]") {
  for (const char* words :
       {"", "It broke.", "It broke.\n\nYour staff read my confidential email aloud.",
        "It broke.\n\nThis message is confidential and for its addressee.\n\nIt broke again.",
        "This message is confidential and for its addressee."}) {
    INFO(words);
    CHECK(before_notice(words) == words);
  }
}
