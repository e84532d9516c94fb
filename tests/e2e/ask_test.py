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

    def test_brief_walks_each_quote_back(self):
        brief = self.json('brief', '--since', '2026-05-01')
        self.assertEqual(brief['brand'], 'brumiva')
        ranks = [topic['priority'] for topic in brief['topics']]
        self.assertEqual(ranks, sorted(ranks, reverse=True))
        self.assertGreaterEqual(len(ranks), 5)
        for topic in brief['topics']:
            lack = 1 - topic['advocacy'] / (topic['advocacy'] + topic['complaints'] + topic['demand'])
            weight = 1 + topic['complaints'] / (topic['advocacy'] + topic['complaints'] + 1)
            self.assertAlmostEqual(topic['priority'], topic['demand'] * lack * weight)
            self.assertIn(topic['format'], ('faq', 'comparison', 'how_to', 'testimonial'))
        quotes = [q for t in brief['topics'] for q in t['asked'] + t['in_favour'] + t['against']]
        quotes += [one['quote'] for one in brief['amplify'] + brief['answer']]
        stored = {row['id']: row for row in self.sql('SELECT id, text, evidence FROM v_mentions')}
        for quote in quotes:
            self.assertEqual(quote['text'], stored[quote['id']]['text'])
            self.assertEqual(quote['evidence'], stored[quote['id']]['evidence'])
        self.assert_every_format('brief', formats=('table', 'md', 'json'))
        self.assertIn('a brief is a page', self.ask('brief', '--format', 'csv', code=2).err)

    def test_brief_as_html_is_one_harmless_file(self):
        self.ask('brief', '--html', '-o', 'brief.html')
        page = (self.folder / 'brief.html').read_text()
        self.assertNotRegex(page, r'<script|<link|<img| on[a-z]+=| style=')
        self.assertIn("default-src 'none'", page)
        for link in re.findall(r'href="([^"]*)"', page):
            self.assertRegex(link, r'^(https?://|#)')

    def test_journey_counts_each_mention_in_one_moment_of_any_framework(self):
        shares = {row['brand']: row['mentions'] for row in self.json('share')}
        for framework in ('five_moments', 'four_moments', 'extended_moments', 'glory_pain', 'stellar_bitter'):
            rows = self.json('journey', '--framework', framework)
            self.assertEqual(sum(row['mentions'] for row in rows), shares['brumiva'], framework)
            self.assertLessEqual(sum(row['weakest'] for row in rows), 1)
        for framework in ('service_cycle', 'service_moments'):
            rows = self.json('journey', '--framework', framework, '--since', '2026-05-01')
            self.assertGreater(sum(row['mentions'] for row in rows), 10, framework)
        self.assertIn('Momento cero', self.ask('journey', '--ui', 'es').out)
        self.assertIn('mențiuni', self.ask('journey', '--ui', 'ro').out)
        self.assert_every_format('journey', '--brand', 'kestrona')
        self.assertIn('did you mean "service_cycle"', self.ask('journey', '--framework', 'service_cicle', code=2).err)
        self.assertIn('none of en, es, ro', self.ask('journey', '--ui', 'fr', code=2).err)

    def test_themes_equal_the_daily_sums_and_stand_in_order(self):
        rows = self.json('themes', '--since', '2026-05-01')
        counted = {r['theme']: r['n'] for r in self.sql(
            "SELECT theme, sum(mentions) AS n FROM v_theme_daily WHERE brand = 'brumiva' AND day >= '2026-05-01' GROUP BY 1")}
        self.assertEqual({row['theme']: row['mentions'] for row in rows if row['mentions']}, counted)
        self.assertEqual([row['rank'] for row in rows], sorted((row['rank'] for row in rows), reverse=True))
        recent = self.json('themes', '--since', '60d', '--limit', '3')
        self.assertEqual(len(recent), 3)
        for row in recent:
            self.assertAlmostEqual(row['growth'], (row['mentions'] + 1) / (row['before'] + 1))
            self.assertAlmostEqual(row['rank'], row['mentions'] * row['pain'] * row['growth'])
        self.assert_every_format('themes', '--brand', 'kestrona')
        self.ask('themes', '--since', '2000-01-01', '--until', '2000-02-01', '--fail-empty', code=3)

    def test_recoveries_add_up(self):
        made = self.json('recoveries', '--since', '2026-05-01')
        ended = made['inside'] + made['edit'] + made['later']
        self.assertGreater(made['later'], 3)
        self.assertAlmostEqual(made['share'], ended / made['pains'])
        self.assertGreater(made['replied'], 3)
        opens = [point['open'] for point in made['curve']]
        self.assertEqual(opens, sorted(opens, reverse=True))
        for point in made['curve']:
            self.assertTrue(point['open_low'] <= point['open'] <= point['open_high'], point)
        for one in made['recovered']:
            self.assertEqual(one['days'] is None, one['way'] == 'inside')
        self.assert_every_format('recoveries', '--since', '2026-05-01')
        self.ask('recoveries', '--since', '2000-01-01', '--until', '2000-02-01', '--fail-empty', code=3)

    def test_a_correction_reaches_every_figure_and_can_be_undone(self):
        before = self.json('share', '--since', '2026-05-01')
        one = self.json('mentions', 'tag:complaint', '--brand', 'brumiva', '--limit', '1')[0]['id']
        made = self.json('correct', one, 'advocacy', '--by', 'ana', '--note', 'irony')[0]
        self.assertEqual((made['was'], made['tag'], made['by']), ('complaint', 'advocacy', 'ana'))
        self.assertTrue(made['at'].startswith(NOW[:16]), made['at'])
        after = self.json('share', '--since', '2026-05-01')
        self.assertEqual(after[0]['advocacy'], before[0]['advocacy'] + 1)
        self.assertEqual(after[0]['complaint'], before[0]['complaint'] - 1)
        self.assertEqual(self.sql('SELECT mention, person, note FROM v_corrections'),
                         [{'mention': one, 'person': 'ana', 'note': 'irony'}])
        self.ask('doctor', '--deep')
        self.ask('correct', one, '--undo')
        self.assertEqual(self.json('share', '--since', '2026-05-01'), before)
        self.ask('doctor', '--deep')
        for words in ((one, 'praise'), (one,), ('x', 'other'), (one, 'other', '--undo')):
            self.ask('correct', *words, code=2)
        self.ask('correct', '0000000000000001', 'other', code=1)

    def test_a_backup_answers_as_the_store_does(self):
        made = self.json('backup', 'copy.db')[0]
        self.assertEqual(made['mentions'], self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n'])
        self.assertEqual(self.ask('trend', '--db', 'copy.db', '--json').out, self.ask('trend', '--json').out)
        self.ask('doctor', '--deep', '--db', 'copy.db')
        self.assertIn('exists already', self.ask('backup', 'copy.db', code=1).err)
        self.ask('backup', 'no/such/folder/copy.db', code=1)
        self.assertEqual([p.name for p in self.folder.glob('*.part*')], [])

    def test_what_cannot_be_asked_is_said_in_one_line(self):
        for words in (('share', '--brand', 'brumva'), ('share', '--since', '2026-13-01'),
                      ('share', '--since', '2026-11-02', '--until', '2026-11-01')):
            answer = self.ask(*words, code=2)
            self.assertEqual(len(answer.err.strip().splitlines()), 1, answer.err)
        self.assertIn('did you mean "brumiva"', self.ask('share', '--brand', 'brumva', code=2).err)
        self.assertEqual(self.ask('share', '--until', '2001-01-01', '--fail-empty', '--since', '2000-01-01', code=3).err, '')


if __name__ == '__main__':
    unittest.main(verbosity=2)
