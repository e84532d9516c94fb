#include "app/mail_closing.h"

#include <catch2/catch.hpp>
#include <string>

#include "app/import_words.h"

using testigo::app::before_closing;

TEST_CASE("a mail's closing is cut with the lines of who wrote it", "[app]") {
  for (const char* closing :
       {"Best regards,\nBob\n\nBob Stone\nDirector | Stone Ltd.\nT: +44 20 1234 5678",
        "Kind regards",
        "Regards, Bob",
        "Regards\nBob Stone, Jr.",
        "*Sincerely,*\n*Bob Stone*",
        "Thanks,\nBob",
        "Thank you.\nBob Stone\nbob@stone.example",
        "Thanks,\n\nBest regards,\nBob",
        "Un saludo,\nMaría López\nDirectora comercial\nTel. 600 123 456\nwww.lopez.example",
        "Saludos cordiales",
        "Saludos,\nÁngela",
        "Atentamente,\nJosé de la Torre",
        "Gracias\nMaría",
        "Cu stimă,\nȘtefan Pop",
        "Cu respect\nIon",
        "Toate cele bune!",
        "Mulțumesc,\nAna",
        "Mit freundlichen Grüßen\nDieter Meier\nBahnhofstr. 1, 8001 Zürich",
        "Cu stimă,\nIon Pop\nS.C. Pop S.R.L.\nStr. Lungă nr. 10, Brașov\n0721 000 111",
        "Regards,\nBob Stone\nHead of Care at Stone\nhttps://stone.example/care"}) {
    INFO(closing);
    CHECK(before_closing("It broke again.\n\n" + std::string(closing)) == "It broke again.");
  }
}

TEST_CASE("a closing that more is said below stays, and so do thanks of the author's own",
          "[app]") {
  for (const char* words :
       {"Regards,\nBob\nP.S. The lid is lovely", "Regards,\nBob\n\nThe lid broke again, too.",
        "Thanks", "Thanks!\nBob", "Thank you\nfor the kettle", "Thanks,\nit works well now",
        "Thanks, Acme.", "Gracias,\npor nada", "Regards\nto the whole team",
        "Best regards to all,\nBob", "Un saludo,\nAna\nnunca más", "Regards,\nBob\nNever again",
        "Regards,\nA disappointed customer", "Regards,\nBob\nI paid on 12/03/2024 and wait",
        "Kind regards,\nOne\nTwo\nThree\nFour\nFive\nSix\nSeven", "Regards,\nBob\nIt Broke!"}) {
    INFO(words);
    const std::string mail = "It broke again.\n\n" + std::string(words);
    CHECK(before_closing(mail) == mail);
  }
  CHECK(before_closing("").empty());
  CHECK(before_closing("Regards,\nBob") == "Regards,\nBob");
}

TEST_CASE("what a mail answers stays cut where only a closing is left", "[app]") {
  CHECK(testigo::app::own_words_of_mail("Late.\n\nCu stimă,\nIon\n\n> How is it?") == "Late.");
  CHECK(testigo::app::own_words_of_mail("Saludos,\nAna\n\n> ¿Qué tal?") == "Saludos,\nAna");
}
