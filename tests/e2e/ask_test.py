"""The commands that ask, on the store that `testigo demo` makes."""
import json
import pathlib
import re
import tempfile
import unittest

from support import testigo

NOW = '2026-11-26T00:00:00Z'
FORMATS = ('table', 'json', 'jsonl', 'csv', 'tsv', 'md')


class Ask(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix='testigo-ask-')
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = pathlib.Path(cls._folder.name)
        made = testigo('demo', '--dir', 'd', '--now', NOW, cwd=cls.folder)
        assert made.code == 0, made.err

    def ask(self, *words, code=0):
        answer = testigo(*words, '--now', NOW, cwd=self.folder,
                         env={'TESTIGO_CONFIG': str(self.folder / 'd/testigo.toml')})
        self.assertEqual(answer.code, code, answer.err)
        return answer

    def json(self, *words):
        return json.loads(self.ask(*words, '--json').out)

    def sql(self, query):
        return self.ask('sql', query, '--format', 'jsonl').lines()

    def assert_every_format(self, *words, formats=FORMATS):
        """Each format has something to say, and says the same twice."""
        for form in formats:
            first = self.ask(*words, '--format', form).out
            self.assertGreater(len(first), 10, form)
            self.assertEqual(first, self.ask(*words, '--format', form).out, form)

    def test_share_equals_the_mentions_it_counts(self):
        rows = self.json('share', '--since', '2026-05-01')
        counted = self.sql("SELECT brand, count(*) AS n, sum(tag = 'advocacy') AS good FROM v_mentions "
                           "WHERE copy_of IS NULL AND coalesce(act, '') NOT IN ('reply', 'promote') AND post NOT IN "
                           "(SELECT printf('%016x', key) FROM post WHERE by_brand) AND "
                           "date(coalesce(posted_at, collected_at), '+3 hours') >= '2026-05-01' GROUP BY 1 ORDER BY n DESC")
        self.assertEqual([(r['brand'], r['mentions'], r['advocacy']) for r in rows],
                         [(r['brand'], r['n'], r['good']) for r in counted])
        self.assertAlmostEqual(sum(r['share'] for r in rows), 1.0)
        self.assertAlmostEqual(sum(r['advocacy_share'] for r in rows), 1.0)
        for row in rows:
            self.assertLessEqual(row['share_low'], row['share'])
            self.assertLessEqual(row['share'], row['share_high'])
        self.assert_every_format('share')

    def test_switches_say_from_whom_to_whom_with_quotes(self):
        rows = self.json('share', '--switches', '--since', '2026-05-01')
        cells = {(r['from'], r['to']): r for r in rows}
        self.assertIn(('kestrona', 'brumiva'), cells)
        self.assertIn(('brumiva', 'kestrona'), cells)
        for cell in rows:
            for quote in cell['quotes']:
                self.assertIsNotNone(quote['evidence'])
                self.assertEqual(self.ask('why', quote['id']).code, 0)
        self.assert_every_format('share', '--switches')

    def test_what_cannot_be_asked_is_said_in_one_line(self):
        for words in (('share', '--brand', 'brumva'), ('share', '--since', '2026-13-01'),
                      ('share', '--since', '2026-11-02', '--until', '2026-11-01')):
            answer = self.ask(*words, code=2)
            self.assertEqual(len(answer.err.strip().splitlines()), 1, answer.err)
        self.assertIn('did you mean "brumiva"', self.ask('share', '--brand', 'brumva', code=2).err)
        self.assertEqual(self.ask('share', '--until', '2001-01-01', '--fail-empty', '--since', '2000-01-01', code=3).err, '')


if __name__ == '__main__':
    unittest.main(verbosity=2)
