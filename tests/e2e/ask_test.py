"""The commands that ask, on the store that `testigo demo` makes."""
import json
import pathlib
import re
import tempfile
import unittest

from support import ScratchCase, testigo

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

    def test_trend_by_hour_sums_to_its_days_and_forgets_what_is_too_old(self):
        hours = self.json('trend', '--by', 'hour', '--since', '2026-11-10', '--until', '2026-11-20')
        days = self.json('trend', '--by', 'day', '--since', '2026-11-10', '--until', '2026-11-20')
        self.assertEqual(len(hours), 11 * 24)
        self.assertRegex(hours[0]['bucket'], r'^2026-11-(09|10)T\d\d:00Z$')
        for figure in ('mentions', 'advocacy', 'negative', 'rated', 'star5'):
            self.assertEqual(sum(r[figure] or 0 for r in hours), sum(r[figure] or 0 for r in days), figure)
        self.assertGreater(sum(r['mentions'] or 0 for r in days), 10)
        self.assertIn('35 days', self.ask('trend', '--by', 'hour', '--since', '2026-09-01', code=2).err)
        self.assertIn('by day', self.ask('trend', '--by', 'hour', '--split', 'theme', code=2).err)
        self.assert_every_format('trend', '--by', 'hour', '--brand', 'brumiva')

    def test_ratings_equal_the_mentions_rated(self):
        for split in ('source', 'language', 'tag', 'stage', 'brand'):
            rows = self.json('trend', '--split', split, '--since', '2026-05-01', '--by', 'month')
            self.assertGreater(sum(r['rated'] or 0 for r in rows), 20)
        rows = self.json('trend', '--since', '2026-05-01', '--by', 'month')
        for row in rows:
            if row['rated']:
                self.assertEqual(sum(row[f'star{i}'] for i in range(1, 6)), row['rated'])
                self.assertTrue(row['rating_low'] <= row['mean_rating'] <= row['rating_high'], row)
        counted = self.sql("SELECT count(rating) AS n FROM v_mentions WHERE copy_of IS NULL AND coalesce(act, '') NOT IN "
                           "('reply', 'promote') AND post NOT IN (SELECT printf('%016x', key) FROM post WHERE by_brand) AND "
                           "date(coalesce(posted_at, collected_at), '+3 hours') >= '2026-05-01'")[0]['n']
        self.assertEqual(sum(r['rated'] or 0 for r in rows), counted)
        self.assertIn('5★', self.ask('trend', '--ratings', '--split', 'source').out)

    def test_each_series_is_set_beside_the_period_before(self):
        window = ('--since', '2026-09-27', '--until', '2026-11-25')
        before = ('--since', '2026-07-29', '--until', '2026-09-26')
        for split in ('source', 'theme', 'stage'):
            rows = {r['series']: r for r in self.json('trend', '--split', split, '--compare', *window)}
            self.assertGreater(len(rows), 2)
            for words, name in ((window, 'mentions'), (before, 'before_mentions')):
                counted = {}
                for row in self.json('trend', '--split', split, '--by', 'month', *words):
                    counted[row['series']] = counted.get(row['series'], 0) + (row['mentions'] or 0)
                for series, n in counted.items():
                    self.assertEqual(rows[series][name] or 0, n, (split, series, name))
        self.assert_every_format('trend', '--split', 'source', '--compare')
        self.assertIn('beside the period before', self.ask('trend', '--split', 'source').out)

    def test_a_change_is_dated_and_walks_back_to_its_sentences(self):
        rows = self.json('trend', '--brand', 'brumiva', '--changes', '--since', '2026-05-01')
        self.assertGreaterEqual(len(rows), 1)
        for row in rows:
            self.assertLessEqual(row['p'], 0.05)
            self.assertAlmostEqual(row['change'], row['net_after'] - row['net_before'])
            for quote in row['quotes']:
                stored = self.sql(f"SELECT text, polarity FROM v_mentions WHERE id = '{quote['id']}'")[0]
                self.assertIn(quote['text'], stored['text'])
                self.assertEqual(stored['polarity'], 'positive' if row['change'] > 0 else 'negative')
        self.assertTrue(any(row['quotes'] for row in rows))
        self.assert_every_format('trend', '--brand', 'brumiva', '--changes', '--since', '2026-05-01')
        self.ask('trend', '--changes', '--since', '2000-01-01', '--until', '2000-02-01', '--fail-empty', code=3)

    def test_before_and_after_stands_beside_a_placebo(self):
        rows = self.json('trend', '--brand', 'brumiva', '--before-after', '2026-09-24')
        self.assertIsNone(rows[0]['theme'])
        self.assertEqual((rows[0]['date'], rows[0]['days'], rows[0]['placebo_date']), ('2026-09-24', 28, '2026-08-27'))
        after = self.sql("SELECT sum(mentions) AS n FROM v_daily WHERE brand = 'brumiva' AND polarity IS NOT NULL "
                         "AND day >= '2026-09-24' AND day < '2026-10-22'")[0]['n']
        self.assertEqual(rows[0]['after'], after)
        for row in rows:
            self.assertIn(row['effect'], ('none', 'changed', 'changed_earlier'))
            self.assertTrue(row['effect'] == 'none' or min(row['before'], row['after']) >= 10)
        self.assert_every_format('trend', '--brand', 'brumiva', '--before-after', '60d')
        self.assertIn('before-after', self.ask('trend', '--before-after', '2026-12-24', code=2).err)
        self.ask('trend', '--before-after', 'soon', code=2)

    def test_consistency_names_the_groups_that_lie_apart(self):
        rows = self.json('trend', '--brand', 'brumiva', '--consistency')
        self.assertEqual({(r['brand'], r['across']) for r in rows},
                         {('brumiva', a) for a in ('source', 'language', 'week')})
        self.assertEqual({r['brand'] for r in self.json('trend', '--consistency')}, {'brumiva', 'kestrona'})
        for row in rows:
            if row['spread'] is not None:
                self.assertTrue(0 <= row['beyond_chance'] <= 1 and row['lowest_net'] <= row['highest_net'], row)
        self.assert_every_format('trend', '--consistency')

    def test_loyalty_counts_each_author_once(self):
        rows = {r['brand']: r for r in self.json('share', '--loyalty', '--since', '2026-05-01')}
        row = rows['brumiva']
        counted = self.sql(
            "WITH one AS (SELECT author, sum(tag = 'advocacy') AS good, sum(tag = 'complaint') AS bad FROM v_mentions "
            "WHERE brand = 'brumiva' AND author IS NOT NULL AND copy_of IS NULL AND coalesce(act, '') NOT IN "
            "('reply', 'promote') AND post NOT IN (SELECT printf('%016x', key) FROM post WHERE by_brand) GROUP BY 1) "
            "SELECT sum(good > bad) AS fans, sum(bad > good) AS detractors, sum(good = bad AND good > 0) AS even FROM one")[0]
        self.assertTrue(counted['fans'] <= row['fans'] <= counted['fans'] + counted['even'])
        self.assertEqual(row['fans'] + row['detractors'], counted['fans'] + counted['detractors'] + counted['even'])
        self.assertAlmostEqual(row['net_advocacy'], (row['fans'] - row['detractors']) / row['authors'])
        churn = self.ask('mentions', 'intent:churn NOT (act:reply OR act:promote)', '--brand', 'brumiva', '--since',
                         '2026-05-01', '--limit', '500', '--format', 'jsonl').lines()
        # A post that names several brands leaves one of them.
        self.assertTrue(0 < row['churn'] <= sum(m['copy_of'] is None for m in churn))
        cells = self.json('share', '--switches', '--since', '2026-05-01')
        self.assertEqual(row['switch'], sum(c['goes'] for c in cells if c['from'] == 'brumiva'))
        self.assertEqual(row['arrivals'], sum(c['goes'] for c in cells if c['to'] == 'brumiva'))
        self.assertTrue(all(re.fullmatch('[0-9a-f]{16}', a['author']) for a in row['top_fans']))
        self.assert_every_format('share', '--loyalty')

    def test_a_query_is_tried_before_it_is_saved(self):
        tried = self.json('brand', 'test', 'brumiva')[0]
        self.assertEqual(tried['looked_at'], self.sql('SELECT count(DISTINCT post) AS n FROM v_mentions')[0]['n'])
        self.assertTrue(tried['weak'] <= tried['caught'] <= tried['looked_at'])
        self.assertAlmostEqual(tried['noise'], tried['weak'] / tried['caught'])
        self.assertGreater(len(tried['terms']), 1)
        self.assertTrue(all(t['alone'] <= t['caught'] <= tried['caught'] for t in tried['terms']))
        (self.folder / 'sample.jsonl').write_text(''.join(json.dumps({'text': t}) + '\n' for t in (
            'The lumo in my corridor is bright', 'A lumo of another kind', 'Brumiva Lumo here', 'nothing at all')))
        other = self.json('brand', 'test', 'brumiva', 'sample.jsonl', '--query', 'lumo NOT kind')
        self.assertEqual((other[0]['looked_at'], other[0]['caught'], other[0]['near']), (4, 2, 1))
        self.assertIn('noise    at most', self.ask('brand', 'test', '--query', 'lumo').out)
        self.assert_every_format('brand', 'test', 'brumiva')
        self.assertIn('--query', self.ask('brand', 'test', code=2).err)
        self.ask('brand', 'test', 'brumva', code=2)
        self.ask('brand', 'test', '--query', '(lumo', code=2)
        brandless = self.json('brand', 'test', 'sample.jsonl', '--query', 'lumo NOT kind')[0]
        self.assertEqual(brandless['caught'], other[0]['caught'])
        self.assertIn('^', self.ask('brand', 'test', 'sample.jsonl', '--query', '(lumo', code=2).err)
        self.assertIn('no brand "none.jsonl"', self.ask('brand', 'test', 'none.jsonl', '--query', 'lumo', code=2).err)

    def test_a_query_is_tried_on_own_words_and_on_days_of_the_configured_zone(self):
        late = {'text': 'The lumo in my corridor is bright', 'posted_at': '2026-03-01T20:00:00Z'}
        quoting = {'text': '> The lumo in my corridor is bright\n\nI could not say so of mine, it broke within a week'}
        (self.folder / 'late.jsonl').write_text(json.dumps(late) + '\n' + json.dumps(quoting) + '\n')
        said = (self.folder / 'd/testigo.toml').read_text()
        for zone, caught in (('UTC', 0), ('Pacific/Auckland', 1)):
            (self.folder / 'd/zoned.toml').write_text(f'timezone = "{zone}"\n' + re.sub('(?m)^timezone.*\n', '', said))
            words = ('late.jsonl', '-c', 'd/zoned.toml', '--query')
            with self.subTest(zone):
                self.assertEqual(self.json('brand', 'test', 'brumiva', *words, 'lumo since:2026-03-02')[0]['caught'], caught)
                self.assertEqual(self.json('brand', 'test', 'brumiva', *words, 'lumo')[0]['caught'], 1)

    def test_notes_of_the_configuration_stand_on_the_trend(self):
        noted = (self.folder / 'd/testigo.toml').read_text() + '\n[[note]]\nday = 2026-10-05\ntext = "price up"\n'
        (self.folder / 'd/noted.toml').write_text(noted)
        shown = self.ask('trend', '-c', 'd/noted.toml').out
        self.assertIn('2026-W41 *', shown)
        self.assertIn('* 2026-10-05  price up', shown)
        rows = {r['bucket']: r['notes'] for r in self.json('trend', '-c', 'd/noted.toml')}
        self.assertEqual(rows['2026-W41'], [{'day': '2026-10-05', 'text': 'price up'}])

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
            self.assertAlmostEqual(row['growth'], (row['mentions'] + 1) / (row['before'] + 1)
                                   * row['before_seen'] / row['window_seen'])
            self.assertAlmostEqual(row['rank'], row['mentions'] * row['pain'] * row['growth'])
        compared = {r['series']: r for r in self.json('trend', '--brand', 'brumiva', '--split', 'theme', '--compare',
                                                      '--since', '60d')}
        for row in recent:
            for name in ('growth', 'growth_low', 'growth_high', 'window', 'window_seen', 'before_seen'):
                self.assertEqual(row[name], compared[row['theme']][name], (row['theme'], name))
        self.assert_every_format('themes', '--brand', 'kestrona')
        self.ask('themes', '--since', '2000-01-01', '--until', '2000-02-01', '--fail-empty', code=3)

    def test_new_phrases_are_those_that_more_people_say(self):
        rows = self.json('themes', '--brand', 'brumiva', '--since', '2026-09-20', '--until', '2026-10-31', '--phrases')
        self.assertGreater(len(rows), 0)
        ranks = [row['g2'] for row in rows]
        self.assertEqual(ranks, sorted(ranks, reverse=True))
        for row in rows:
            self.assertGreaterEqual(row['now'], 3)
            self.assertGreater(row['share'], row['share_before'])
            stored = self.sql(f"SELECT text FROM v_mentions WHERE id = '{row['quote']['id']}'")[0]['text']
            self.assertIn(row['phrase'], stored)
            self.assertIn(row['quote']['text'].strip('…'), stored)
        self.assertEqual(len(self.json('themes', '--phrases', '--since', '2026-09-20', '--limit', '1')), 1)
        self.assert_every_format('themes', '--phrases', '--since', '2026-09-20')

    def test_recoveries_add_up(self):
        made = self.json('recoveries', '--since', '2026-05-01')
        ended = made['inside'] + made['edited'] + made['later']
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
        self.assertGreater(after[0]['net'], before[0]['net'])
        self.assertTrue(self.ask('why', one).out.startswith(f"corrected to advocacy by ana, {made['at']}: irony\nby the rules"))
        told = self.ask('why', one, '--json').json()
        self.assertEqual(told['correction'], {'tag': 'advocacy', 'by': 'ana', 'at': made['at'], 'note': 'irony'})
        self.assertEqual(told['tag'], 'complaint')
        self.assertEqual(self.sql('SELECT mention, person, note FROM v_corrections'),
                         [{'mention': one, 'person': 'ana', 'note': 'irony'}])
        self.ask('doctor', '--deep')
        self.ask('correct', one, '--undo')
        self.assertEqual(self.json('share', '--since', '2026-05-01'), before)
        self.assertNotIn('corrected', self.ask('why', one).out)
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


class Bursts(ScratchCase):
    """Praise that was planted among ordinary posts is shown and weighed, and nothing is dropped."""

    def ask(self, *words):
        answer = self.cli(*words, '--now', NOW)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.out

    def test_a_burst_is_shown_and_weighs_as_one_voice(self):
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        nouns = ['kettle', 'lamp', 'desk', 'chair', 'stool', 'clock', 'radio', 'mirror', 'shelf', 'blender', 'toaster']
        places = ['kitchen', 'office', 'garden', 'bedroom', 'cabin', 'garage', 'studio']
        people = ['mother', 'father', 'daughter', 'neighbour', 'teacher', 'dentist', 'landlord', 'plumber', 'cousin',
                  'gardener', 'colleague', 'brother', 'sister']
        doings = ['cooking', 'reading', 'painting', 'sewing', 'writing']
        ends = ['morning', 'evening', 'winter', 'summer', 'weekend', 'birthday', 'holiday', 'monday']
        rows = []
        for i in range(60):
            rows.append({'id': f'o{i}', 'author': f'person {i}', 'date': f'2026-{9 + i % 3:02d}-{1 + i % 25:02d}',
                         'text': f'I love my acme {nouns[i % 11]} in the {places[i % 7]}, my {people[i % 13]} uses it for '
                                 f'{doings[i % 5]} every {ends[i % 8]}'})
        for i in range(8):
            rows.append({'id': f'b{i}', 'author': f'fresh {i}', 'date': f'2026-11-{10 + i % 3:02d}',
                         'text': f'Acme delivers outstanding craftsmanship, superb packaging and lovely colours, recommended, {ends[i]}'})
        self.write('posts.jsonl', ''.join(json.dumps(row) + '\n' for row in rows))
        self.ask('import', 'posts.jsonl', '--brand', 'acme')
        found = json.loads(self.ask('share', '--brand', 'acme', '--bursts', '--json'))
        self.assertEqual([(row['kind'], row['posts'], row['authors']) for row in found], [('burst', 8, 8)])
        self.assertAlmostEqual(found[0]['weight'] * found[0]['counted'], 1.0)
        self.assertTrue(all('craftsmanship' in quote['text'] for quote in found[0]['quotes']))
        shown = self.ask('share', '--brand', 'acme', '--bursts')
        self.assertIn('with each burst as one voice', shown)
        self.assertEqual(json.loads(self.ask('share', '--json'))[0]['mentions'], 68)
        self.assertEqual(shown, self.ask('share', '--brand', 'acme', '--bursts'))

    def test_copies_are_shown_with_what_they_repeat(self):
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        text = 'The acme kettle boils faster than any other that I have had in my kitchen so far'
        rows = [{'id': str(i), 'author': f'a{i}', 'date': f'2026-11-0{1 + i}', 'text': text,
                 'url': f'https://site{i}.example/p'} for i in range(4)]
        self.write('posts.jsonl', ''.join(json.dumps(row) + '\n' for row in rows))
        self.ask('import', 'posts.jsonl', '--brand', 'acme')
        found = json.loads(self.ask('share', '--brand', 'acme', '--bursts', '--json'))
        if json.loads(self.ask('sql', 'SELECT count(copy_of) AS n FROM v_mentions', '--json'))[0]['n']:
            self.assertEqual([(row['kind'], row['posts']) for row in found if row['kind'] == 'syndicated'], [('syndicated', 3)])


class Switching(ScratchCase):
    """Sentences in which a customer leaves one brand, of two words, for another."""
    LEFT = ('I left Acme Cloud for Globex', 'We dumped Acme Cloud and went with Globex',
            'I cancelled Acme Cloud and bought Globex instead', 'Goodbye Acme Cloud, hello Globex',
            'I replaced my Acme Cloud with a Globex', 'Me cambié de Acme Cloud a Globex',
            'He dejado Acme Cloud y ahora uso Globex', 'Me di de baja de Acme Cloud y contraté Globex',
            'Abandono Acme Cloud, me voy a Globex', 'Am renunțat la Acme Cloud și am luat Globex',
            'Am lăsat Acme Cloud pentru Globex', 'Am schimbat Acme Cloud cu Globex')
    GOING = ("I'm leaving Acme Cloud and going to Globex", 'Me voy de Acme Cloud a Globex', 'Plec de la Acme Cloud la Globex')
    CAME = ('I left Globex for Acme Cloud', 'Me pasé de Globex a Acme Cloud', 'Am plecat de la Globex la Acme Cloud')
    STAYED = ('I will never leave Acme Cloud for Globex', 'I did not switch from Acme Cloud to Globex')

    def test_they_are_counted_in_their_direction(self):
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\nname = "Acme Cloud"\n'
                   'query = \'"acme cloud"\'\ncompetitors = ["globex"]\n[brand.globex]\nname = "Globex"\nquery = "globex"\n')
        texts = self.LEFT + self.CAME + self.STAYED
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'text': text + '.', 'author': f'u{i}', 'date': '2026-11-10T10:00:00Z'}) + '\n'
            for i, text in enumerate(texts)))
        now = ('--now', '2026-11-20T12:00:00Z')
        self.assertEqual(self.cli('import', 'rows.jsonl', '--source', 'shop', *now).code, 0)
        cells = self.cli('share', '--switches', '--since', '2026-11-01', '--json', *now).json()
        self.assertEqual({(cell['from'], cell['to']): cell['goes'] for cell in cells},
                         {('acme', 'globex'): len(self.LEFT), ('globex', 'acme'): len(self.CAME)})

    def test_the_one_that_is_left_is_blamed_and_the_other_praised(self):
        lines = ''.join(json.dumps({'text': text, 'brands': ['Acme Cloud', 'Globex']}) + '\n' for text in self.GOING)
        for answer in self.cli('classify', '-', stdin=lines.encode()).lines():
            tags = {target['brand']: target['tag'] for target in answer['targets']}
            self.assertEqual(tags, {'Acme Cloud': 'complaint', 'Globex': 'advocacy'})
            self.assertEqual((answer['tag'], answer['intent']), ('complaint', 'switch'))


if __name__ == '__main__':
    unittest.main(verbosity=2)
