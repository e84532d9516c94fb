"""Slips of the pen in what is asked: told in one line, never passed over in silence."""
import datetime
import json
import pathlib
import sqlite3
import threading
import unittest

from support import ScratchCase

TODAY = datetime.date(2026, 11, 20)
NOW = ('--now', '2026-11-20T12:00:00Z')


class Asking(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'text': 'Acme broke, terrible delivery', 'lang': 'en', 'rating': 1,
             'date': f'{TODAY - datetime.timedelta(days=i)}T10:00:00Z'}) + '\n' for i in range(60)))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme', '--source', 'shop_a', *NOW).code, 0)

    def ask(self, *words, code=0):
        answer = self.cli(*words, *NOW)
        self.assertEqual(answer.code, code, answer.out + answer.err)
        return answer

    def refused(self, *words):
        answer = self.ask(*words, code=2)
        self.assertEqual(answer.out, '')
        return answer.err

    def test_names_that_nothing_has(self):
        for query, meant in (('brand:acmee', 'acme'), ('source:shop_b', 'shop_a'), ('theme:delivry', 'delivery'),
                             ('NOT (x AND source:shop_aa)', 'shop_a')):
            for command in ('mentions', 'export'):
                self.assertIn(f'did you mean "{meant}"', self.refused(command, query))
        self.assertIn('"zz"', self.refused('mentions', 'lang:zz'))
        for command in ('trend', 'share', 'journey', 'themes'):
            self.assertIn('did you mean "shop_a"', self.refused(command, '--source', 'shop_c'))
            self.ask(command, '--source', 'shop_a')
        for query, at in (('late brand:acmee', 5), ('lang:zz', 0), ('(x OR theme:delivry)', 6), ('source:shop_b', 0)):
            length = len(query[at:].rstrip(')'))
            self.assertIn(f'\n  {query}\n  {" " * at}{"^" * length}\n', self.refused('mentions', query))
        self.ask('mentions', 'brand:acme source:shop_a theme:delivery lang:pt-BR')
        self.ask('mentions', 'source:hackernews')

    def test_the_last_30_days_are_30(self):
        first = str(TODAY - datetime.timedelta(days=29))
        rows = self.ask('mentions', '--since', '30d', '--limit', '0', '--json').json()
        self.assertEqual((len(rows), rows[-1]['posted_at'][:10]), (30, first))
        rows = self.ask('trend', '--since', '30d', '--by', 'day', '--json').json()
        self.assertEqual((len(rows), rows[0]['begin']), (30, first))
        self.assertEqual(len(self.ask('mentions', '--since', '60d', '--until', '30d', '--json').json()), 30)

    def test_a_query_counts_days_back_as_the_options_do(self):
        for query, words in (('since:30d', ('--since', '30d')), ('(since:60d until:30d)', ('--since', '60d', '--until', '30d')),
                             ('until:today acme', ())):
            rows = self.ask('mentions', query, '--limit', '0', '--json').json()
            self.assertEqual(len(rows), len(self.ask('mentions', *words, '--limit', '0', '--json').json()), query)
        self.ask('mentions', '"since:30d"')

    def test_words_that_look_like_operators_are_hinted_at_where_nothing_is_found(self):
        self.assertIn('"or" is a word here; the operator is OR', self.ask('mentions', 'zyxo or acme').err)
        self.assertIn('the operator is NEAR/3', self.ask('mentions', 'terrible NER/3 delivery').err)
        self.assertNotIn('is a word here', self.ask('mentions', 'acme').err)

    def test_options_that_exclude_each_other(self):
        for words in (('trend', '--ratings', '--compare'), ('trend', '--changes', '--consistency'),
                      ('trend', '--changes', '--split', 'source'), ('trend', '--compare', '--by', 'day'),
                      ('brief', '--html', '--json'), ('share', '--switches', '--loyalty')):
            self.assertIn('says nothing beside', self.refused(*words))

    def test_days_that_are_none_and_ranges_the_wrong_way_round(self):
        for command in ('mentions', 'export', 'trend'):
            self.assertIn('before the first', self.refused(command, '--since', '2026-11-10', '--until', '2026-11-01'))
            self.assertIn('2026-02-30 does not exist', self.refused(command, '--since', '2026-02-30'))
        reversed_days = 'since:2026-11-10 until:2026-11-01'
        error = self.refused('mentions', reversed_days)
        self.assertIn('before the first', error)
        # What is drawn stays as it is drawn: the query, and carets under the spot.
        self.assertEqual(error.splitlines()[1:], ['  ' + reversed_days, '  ' + ' ' * 17 + '^' * 16])
        self.assertIn('2026-02-30 does not exist', self.refused('mentions', 'since:2026-02-30'))
        self.assertIn('--since: 2030-01-01 is still to come', self.refused('trend', '--since', '2030-01-01'))
        told = self.ask('trend', '--before-after', '2020-05-01').err
        self.assertIn('no mention from', told)
        self.assertIn(f'the store has those of {TODAY - datetime.timedelta(days=59)} to {TODAY}', told)

    def test_an_export_is_whole_or_not_there(self):
        self.ask('export', '-o', 'all.csv')
        self.assertEqual(sorted(p.name for p in self.folder.glob('all.csv*')), ['all.csv'])
        self.assertEqual(len((self.folder / 'all.csv').read_text().splitlines()), 61)
        if pathlib.Path('/dev/full').exists():
            self.assertIn('disk full', self.ask('export', '-o', '/dev/full', code=1).err)
            self.assertTrue(pathlib.Path('/dev/full').exists())

    def test_who_waits_for_a_writer_says_so_once(self):
        one = self.ask('mentions', '--limit', '1', '--json').json()[0]['id']
        writer = sqlite3.connect(self.folder / 'testigo.db', isolation_level=None, check_same_thread=False)
        self.addCleanup(writer.close)
        writer.execute('BEGIN IMMEDIATE')
        end = threading.Timer(3.5, lambda: writer.execute('ROLLBACK'))
        end.start()
        told = self.ask('correct', one, 'other', '--by', 'ana').err
        end.join()
        self.assertEqual(told.count('waiting for another program'), 1)

    def test_stamps_are_those_of_now(self):
        one = self.ask('mentions', '--limit', '1', '--json').json()[0]['id']
        self.ask('correct', one, 'other', '--by', 'ana')
        self.assertEqual(self.sql('SELECT at FROM correction'), [{'at': 1795176000000}])


if __name__ == '__main__':
    unittest.main(verbosity=2)
