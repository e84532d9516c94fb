"""What doctor finds in a damaged store, and what it mends."""
import json
import sqlite3
import unittest

from support import ScratchCase

TEXTS = ('Acme broke after two days, I want my money back', 'Love my Acme, works every day',
         'Does the Acme fit the old one?', 'The delivery of my Acme took three weeks, terrible')


class Doctor(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\narchive = "archive"\n'
                                   '[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        self.write('rows.jsonl', ''.join(json.dumps({'id': str(i), 'text': TEXTS[i % 4], 'date': '2026-11-03T10:00:00Z'})
                                         + '\n' for i in range(40)))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)

    def faults(self, *words):
        answer = self.cli('doctor', *(words or ('--deep',)), '--json')
        bad = {row['check']: row['what'] for row in answer.json() if not row['good']}
        self.assertEqual(answer.code, 1 if bad else 0, answer.out)
        return bad

    def damage(self, sql):
        with sqlite3.connect(self.folder / 'testigo.db') as db:
            db.executescript(sql)
        db.close()

    def test_what_can_be_made_again_is(self):
        self.assertEqual(self.faults(), {})
        index, = (self.folder / 'archive').glob('*.cdxj')
        index.unlink()
        self.damage('DROP VIEW v_daily; DROP INDEX mention_brand; UPDATE daily SET mentions = mentions + 1;'
                    'DELETE FROM brand_day; DELETE FROM day_docs')
        found = self.faults()
        self.assertEqual(set(found), {'schema', 'rollup daily', 'rollup brand_day', 'rollup split_day', 'days', 'archive index'})
        self.assertTrue(all('testigo doctor --rebuild' in what for what in found.values()), found)
        self.assertEqual(self.faults('--rebuild'), {})
        self.assertEqual(self.faults(), {})
        self.assertTrue(index.exists())

    def test_a_rule_under_another_name_is_found(self):
        self.damage("UPDATE label SET rule = 'en.lex.nobody' WHERE id = (SELECT min(id) FROM label)")
        self.assertIn('en.lex.nobody', self.faults()['rule names'])

    def test_a_verdict_that_its_reasons_do_not_bear_is_found(self):
        self.damage('UPDATE verdict SET tag = 4 - tag WHERE revision = 1')
        self.assertIn('revision 1', self.faults()['verdicts'])

    def kept(self):
        with sqlite3.connect(self.folder / 'testigo.db') as db:
            rows = [db.execute(sql).fetchall() for sql in (
                'SELECT * FROM v_mentions ORDER BY id', 'SELECT * FROM v_why ORDER BY mention, rule, axis, value, "begin"',
                'SELECT * FROM brand_day', 'SELECT * FROM daily')]
        db.close()
        return rows

    def test_verdicts_and_tags_that_were_lost_are_judged_again(self):
        self.write('both.jsonl', json.dumps({'id': 'b', 'text': 'I left Zenix, it is terrible and broke twice. Acme is great, '
                                             'I love my Acme.', 'date': '2026-11-03T10:00:00Z'}) + '\n')
        with open(self.folder / 'testigo.toml', 'a') as configuration:
            configuration.write('[brand.zenix]\nname = "Zenix"\nquery = "zenix"\n')
        self.assertEqual(self.cli('import', 'both.jsonl').code, 0)
        ids = [row[0] for row in self.kept()[0]]
        self.assertEqual(len(ids), 42)
        self.assertEqual(self.cli('correct', ids[0], 'mixed', '--by', 'ana').code, 0)
        self.assertEqual(self.faults(), {})
        before = self.kept()
        self.damage('DELETE FROM verdict WHERE revision IN (SELECT revision FROM post WHERE id % 4 = 1 OR external_id = \'b\')')
        self.assertIn('12 mentions lack the verdict', self.faults()['verdicts of mentions'])
        self.assertEqual(self.faults('--rebuild'), {})
        self.assertEqual(self.kept(), before)
        self.damage('UPDATE mention SET tag = 2 WHERE doc IN (3, 42)')
        self.assertIn('2 mentions have another tag', self.faults()['verdicts of mentions'])
        self.assertEqual(self.faults('--rebuild'), {})
        self.assertEqual(self.kept(), before)

    def test_a_verdict_of_other_rules_is_not_passed_over(self):
        self.damage("UPDATE rules SET hash = 'sha256:others'; DELETE FROM verdict WHERE revision < 5")
        self.assertIn('reclassify', self.faults('--rebuild')['verdicts of mentions'])
        self.assertEqual(self.cli('reclassify').code, 0)
        self.assertEqual(self.faults('--rebuild'), {})

    def test_an_emptied_store_beside_its_archive_is_found(self):
        for side in self.folder.glob('testigo.db*'):
            side.unlink()
        (self.folder / 'testigo.db').touch()
        self.assertIn('restore a backup', self.faults()['store'])


if __name__ == '__main__':
    unittest.main(verbosity=2)
