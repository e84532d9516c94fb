"""What is shown of one mention: the side of each brand, and the words that were asked for."""
import json
import unittest

from support import ScratchCase

DIVIDED = 'I love my Acme kettle, best purchase ever, I recommend it to everyone. My Globex kettle broke after two days and was a waste of money.'


class Why(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n'
                                   '[brand.acme]\nname = "Acme"\nquery = "acme"\n[brand.globex]\nname = "Globex"\nquery = "globex"\n')

    def put(self, *texts):
        self.write('rows.jsonl', ''.join(json.dumps({'id': str(i), 'text': text, 'date': '2026-11-01T10:00:00Z'}) + '\n'
                                         for i, text in enumerate(texts)))
        answer = self.cli('import', 'rows.jsonl')
        self.assertEqual(answer.code, 0, answer.err)

    def test_of_a_divided_post_each_brand_has_its_own_tag(self):
        self.put(DIVIDED, 'My Acme kettle broke after two days and was a waste of money.')
        sides = {row['brand']: row for row in self.sql("SELECT id, brand, tag FROM v_mentions WHERE text LIKE '%Globex%'")}
        self.assertEqual({brand: row['tag'] for brand, row in sides.items()}, {'acme': 'advocacy', 'globex': 'complaint'})
        for row in sides.values():
            said = self.cli('why', row['id']).out
            self.assertRegex(said, r'\nof acme  advocacy  score \+\d\.\d\d\nof globex  complaint  score -\d\.\d\d\n')
        other = self.sql("SELECT id FROM v_mentions WHERE text NOT LIKE '%Globex%'")[0]['id']
        self.assertNotIn('of acme', self.cli('why', other).out)

    def test_an_excerpt_shows_the_phrase_that_was_asked_for_wherever_it_stands(self):
        long = 'Acme sells many things and this is about one of them. ' * 30
        self.put(long + 'In the end they never wrote back to us at all. ' + long, 'Acme wrote, and we never went back.')
        for query, shown in (('"never wrote back"', 'never wrote back'), ('wrote ONEAR/2 back', 'wrote back'),
                             ('"wrote back to us"', 'wrote back to us')):
            answer = self.cli('mentions', query, '--brand', 'acme')
            self.assertEqual(answer.code, 0, answer.err)
            self.assertIn(shown, answer.out, query)
            self.assertNotIn('we never went back', answer.out, query)
            self.assertLess(len(answer.out), len(long), query)


if __name__ == '__main__':
    unittest.main(verbosity=2)
