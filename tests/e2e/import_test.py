"""Files of other tools, imported by the real program: every preset, archives, bad bytes, kill -9."""
import gzip
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest
import zlib

from support import BINARY, ROOT, ScratchCase

FIXTURES = ROOT / 'tests/fixtures/import'


class Import(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.brumiva]\nname = "Brumiva"\nquery = "brumiva"\n')

    def imported(self, *words, code=0, **options):
        answer = self.cli('import', *words, '--json', **options)
        self.assertEqual(answer.code, code, answer.err)
        return json.loads(answer.out)

    def sound(self):
        verified = self.cli('evidence', 'verify')
        self.assertEqual(verified.code, 0, verified.err)
        checked = self.cli('doctor', '--deep')
        self.assertEqual(checked.code, 0, checked.out + checked.err)


class Presets(Import):
    def test_every_example_of_every_preset_is_stored_once(self):
        for expected in sorted(FIXTURES.glob('*/*.expected.json')):
            file = pathlib.Path(str(expected)[:-len('.expected.json')])
            posts = len(json.loads(expected.read_text()))
            with self.subTest(file.name):
                words = (file, '--preset', file.parent.name, '--brand', 'brumiva', '--db', file.name + '.db')
                first = self.imported(*words)
                self.assertEqual((first['new'], first['rejected']), (posts, 0))
                again = self.imported(*words)
                self.assertEqual((again['new'], again['edited'], again['unchanged']), (0, 0, posts))

    def test_a_survey_is_counted_and_its_scale_kept(self):
        answer = self.imported(FIXTURES / 'nps/delighted_unmarked.csv', '--preset', 'nps')
        self.assertAlmostEqual(answer['nps'].pop('score'), -100 / 3)
        self.assertEqual(answer['nps'], {'promoters': 1, 'passives': 0, 'detractors': 2})
        rows = self.sql('SELECT rating, rating_best, source FROM v_mentions ORDER BY rating')
        self.assertEqual([(row['rating'], row['rating_best']) for row in rows], [(0, 10), (3, 10), (9, 10)])
        self.assertEqual(rows[0]['source'], 'nps')

    def test_an_answer_that_stands_twice_in_a_survey_is_counted_once(self):
        lines = (FIXTURES / 'nps/delighted_unmarked.csv').read_text().splitlines(keepends=True)
        self.write('twice.csv', ''.join(lines + lines[1:]))
        answer = self.imported('twice.csv', '--preset', 'nps')
        self.assertEqual(answer['duplicates'], 3)
        self.assertEqual(answer['nps']['promoters'] + answer['nps']['detractors'], 3)

    def test_ratings_beyond_a_scale_that_nobody_stated_are_refused_before_anything_is_written(self):
        self.write('r.csv', 'id,rating,text\n1,4,Brumiva leaks\n2,9,Brumiva is great\n')
        refused = self.cli('import', 'r.csv')
        self.assertEqual(refused.code, 2, refused.err)
        self.assertRegex(refused.err, r'r\.csv, line 3.*--rating-best 10')
        self.assertFalse((self.folder / 'testigo.db').exists())
        self.assertEqual(self.imported('r.csv', '--rating-best', '10')['new'], 2)

    def texts(self, columns='text'):
        return [tuple(row.values()) for row in self.sql(f'SELECT {columns} FROM v_mentions ORDER BY text')]

    def test_two_rows_of_one_id_by_two_authors_are_two_posts(self):
        self.write('r.csv', 'id,author,date,rating,text\n17,Al,2026-10-01,1,Brumiva burns fries\n18,Cy,2026-10-01,3,Brumiva is fair\n'
                   '17,Bo,2026-10-02,5,The lid of Brumiva is lovely\n')
        for times in range(2):
            answer = self.cli('import', 'r.csv', '--json')
            self.assertEqual(answer.code, 0, answer.err)
            self.assertRegex(answer.err, r'r\.csv: the row in line 4 bears the id 17 of ' +
                             ('the row in line 2' if times == 0 else '') + '.*a post of its own')
            self.assertEqual(len(self.texts()), 3)
        self.assertEqual(json.loads(answer.out)['shared_ids'], 1)
        # In whatever order, in another file; and an edit of either is theirs.
        self.write('s.csv', 'id,author,date,rating,text\n17,Bo,2026-10-02,2,The lid of Brumiva broke\n17,Al,2026-10-01,1,Brumiva burns fries\n')
        self.assertEqual(self.imported('s.csv')['edited'], 1)
        self.assertEqual(self.texts('text, rating'), [('Brumiva burns fries', 1), ('Brumiva is fair', 3), ('The lid of Brumiva broke', 2)])
        self.sound()

    def test_an_edit_by_the_same_author_or_of_a_later_date_is_one(self):
        self.write('r.csv', 'id,author,created at,updated at,text\n1,Al,2026-10-01,2026-10-01,Brumiva leaks\n1,Al,2026-10-01,2026-10-01,Brumiva leaks a lot\n'
                   '2,Bo,2026-10-01,2026-10-01,Brumiva hums\n2,Bo B.,2026-10-01,2026-10-09,Brumiva is silent again\n')
        answer = self.imported('r.csv')
        self.assertEqual((answer['new'], answer['edited'], answer['shared_ids']), (2, 2, 0))
        self.assertEqual(self.texts(), [('Brumiva is silent again',), ('Brumiva leaks a lot',)])

    def test_an_older_export_takes_no_newer_one_back(self):
        head = 'id,created at,updated at,rating,text\n'
        self.write('new.csv', head + '17,2026-10-01 10:00,2026-11-01 10:00,5,Edit: Brumiva support fixed it\n')
        self.write('old.csv', head + '17,2026-10-01 10:00,2026-10-01 10:00,1,Brumiva burns fries\n')
        self.imported('new.csv')
        answer = self.cli('import', 'old.csv')
        self.assertIn('1 older than what is known (kept as earlier revisions)', answer.out)
        self.assertEqual(self.texts('text, rating'), [('Edit: Brumiva support fixed it', 5)])
        self.assertEqual(self.sql('SELECT count(*) AS n FROM revision')[0]['n'], 2)
        self.sound()

    def test_an_older_export_that_dates_no_edit_takes_none_back(self):
        self.write('old.csv', 'id,created at,rating,text\n17,2026-10-01 10:00,1,Brumiva burns fries\n')
        self.write('new.csv', 'id,created at,updated at,rating,text\n'
                              '17,2026-10-01 10:00,2026-10-05 10:00,5,Edit: Brumiva support fixed it\n')
        self.cli('import', 'old.csv', '--now', '2026-10-02T10:00:00Z')
        self.cli('import', 'new.csv', '--now', '2026-10-06T10:00:00Z')
        self.assertEqual(self.texts('text, rating'), [('Edit: Brumiva support fixed it', 5)])
        self.write('again.csv', (self.folder / 'old.csv').read_text())
        answer = self.cli('import', 'again.csv', '--now', '2026-10-07T10:00:00Z')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(self.texts('text, rating'), [('Edit: Brumiva support fixed it', 5)])
        self.assertEqual(self.sql('SELECT count(*) AS n FROM revision')[0]['n'], 2)
        self.sound()

    def test_a_file_without_a_column_takes_nothing_away(self):
        self.write('a.csv', 'id,author,date,title,rating,text\n17,Al,2026-10-01,Fries,1,Brumiva burns fries\n')
        self.write('b.csv', 'id,text\n17,Brumiva burns fries\n')
        self.write('c.csv', 'id,text\n17,Brumiva burns all fries\n')
        self.imported('a.csv')
        self.assertEqual(self.imported('b.csv')['unchanged'], 1)
        self.assertEqual(self.imported('c.csv')['edited'], 1)
        self.assertEqual(self.texts('text, title, rating, author IS NOT NULL, substr(posted_at, 1, 10)'),
                         [('Brumiva burns all fries', 'Fries', 1, 1, '2026-10-01')])
        self.write('d.csv', 'id,rating,text\n17,,Brumiva burns all fries\n')
        self.imported('d.csv')
        self.assertEqual(self.texts('title, rating'), [('Fries', None)])

    def test_a_scale_is_judged_by_the_whole_file_before_anything_is_written(self):
        rows = ''.join(f'{i},{i % 5 + 1},2026-11-{i % 28 + 1:02},Brumiva word{i}\n' for i in range(1500))
        self.write('r.csv', 'id,rating,date,text\n' + rows + '1500,9,13/01/2026,Brumiva is great\n1501,1,01/14/2026,Brumiva leaks\n')
        refused = self.cli('import', 'r.csv')
        self.assertEqual(refused.code, 2, refused.err)
        self.assertRegex(refused.err, r'r\.csv, line 1502.*--rating-best 10')
        self.assertFalse((self.folder / 'testigo.db').exists())
        self.assertRegex(self.cli('import', 'r.csv', '--dry-run', '--rating-best', '10').err,
                         r'13/01/2026 in line 1502.*but 01/14/2026 in line 1503 has the month first')

    def test_a_row_without_an_id_that_was_stored_by_the_spelling_of_its_date_stays_one(self):
        self.write('a.csv', 'author,date,text\nAl,01/10/2026,Brumiva burns\nAl,25/10/2026,Brumiva hums\n')
        self.write('b.jsonl', '{"author": "Al", "date": "2026-10-01T00:00:00Z", "text": "Brumiva burns"}\n')
        self.imported('a.csv')
        self.assertEqual(self.imported('b.jsonl')['unchanged'], 1)

    def test_cells_that_were_made_utf_8_twice_are_mended_and_said_to_be(self):
        broken = 'Brumiva café está malo, señor'.encode().decode('cp1252')
        self.write('r.csv', f'author,text\nAl,Brumiva hums\nAl,"{broken}"\n')
        answer = self.cli('import', 'r.csv')
        self.assertRegex(answer.err, r'r\.csv: 1 row had text .*the first in line 3')
        self.assertEqual(self.texts(), [('Brumiva café está malo, señor',), ('Brumiva hums',)])
        self.assertEqual(self.imported('r.csv')['unchanged'], 2)
        self.assertIn(broken, self.cli('evidence', 'show', self.texts('id')[0][0]).out)
        self.sound()

    def test_a_review_that_is_stored_under_the_address_of_it_stays_one(self):
        link = 'http://play.example/details?id=a&reviewId=r1'
        row = f'a,2,Brumiva crashes,{link}\n'
        self.write('r.csv', 'Package Name,Star Rating,Review Text,Review Link\n' + row)
        self.write('old.csv', f'id,rating,text\n{link},2,Brumiva crashes\n')
        self.imported('old.csv', '--source', 'google_play')
        self.assertEqual(self.imported('r.csv')['unchanged'], 1)

    def test_what_a_head_says_of_its_column_is_said_aloud(self):
        self.write('r.csv', 'id,Date (GMT-3),Rating (0-10),text\n1,2026-07-01 22:00,3,Brumiva leaks\n')
        done = self.cli('import', 'r.csv')
        self.assertIn('in "Date (GMT-3)" GMT-3', done.err)
        self.assertIn('ratings from 0 to 10', done.err)
        self.assertEqual(self.texts('posted_at')[0][0], '2026-07-02T01:00:00Z')

    def test_a_file_that_names_no_brand_leads_to_the_option_that_does(self):
        self.write('r.csv', 'id,text\n1,It leaks\n2,It broke\n')
        self.assertIn('say which with --brand', self.cli('import', 'r.csv').err)
        self.write('s.csv', 'id,text\n1,Brumiva leaks\n2,It broke\n')
        self.assertNotIn('--brand', self.cli('import', 's.csv').err)

    def test_a_field_that_is_mapped_twice_is_refused(self):
        self.write('r.csv', 'id,Pros,Cons\n1,Brumiva is quiet,It leaks\n')
        twice = self.cli('import', 'r.csv', '--map', 'text=Pros', '--map', 'text=Cons')
        self.assertEqual(twice.code, 2)
        self.assertIn('text is given twice, as "Pros" and "Cons"', twice.err)
        self.assertIn("--map 'text=={Pros} {Cons}'", twice.err)
        self.assertEqual(self.imported('r.csv', '--map', 'text=={Pros} {Cons}')['new'], 1)
        self.assertEqual(self.texts('text')[0][0], 'Brumiva is quiet It leaks')
        gone = self.cli('import', 'r.csv', '--map', 'text=Con')
        self.assertEqual(gone.code, 2)
        self.assertIn('there is no column "Con"; did you mean "Cons"?', gone.err)

    def test_dates_that_may_be_of_two_months_are_said_aloud(self):
        self.write('r.csv', 'id,date,text\n1,03/04/2025,Brumiva leaks\n')
        self.assertRegex(self.cli('import', 'r.csv', '--dry-run').err, r'03/04/2025 in line 2.*--dates day-first')
        self.assertNotIn('03/04/2025', self.cli('import', 'r.csv', '--dry-run', '--dates', 'day-first').err)

    def test_the_plan_is_shown_before_anything_is_written(self):
        answer = self.cli('import', FIXTURES / 'generic/excel.csv', '--brand', 'brumiva', '--dry-run')
        self.assertEqual(answer.code, 0)
        for words in ('semicolons', 'byte order mark', 'preset generic', 'Comentario', 'ratings from 1 to 5', '25/03/2026'):
            self.assertIn(words, answer.err)
        self.assertFalse((self.folder / 'testigo.db').exists())

    def test_the_preview_shows_what_a_row_without_a_text_has(self):
        self.write('t.csv', 'Ticket ID,Subject,Status,Priority\n1,The lid of Brumiva is late,Open,High\n')
        self.assertIn('The lid of Brumiva is late', self.cli('import', 't.csv', '--dry-run').out)
        self.write('n.csv', 'Response ID,NPS,Comment\n1,3,\n')
        self.assertIn('(no words, 3 of 10)', self.cli('import', 'n.csv', '--dry-run').out)
        self.write('p.csv', 'Pros,Cons\nThe lid of Brumiva,The base\n')
        self.assertRegex(self.cli('import', 'p.csv', '--dry-run').err, r'text +Pros, Cons\n')

    def test_mentions_stand_under_their_day_in_the_configured_zone(self):
        self.write('testigo.toml', 'timezone = "Europe/Madrid"\n[brand.brumiva]\nname = "Brumiva"\nquery = "brumiva"\n')
        self.write('r.csv', 'id,date,text\n1,2026-03-14,Brumiva leaks\n')
        self.imported('r.csv')
        listed = self.cli('mentions', '--since', '2026-03-14', '--until', '2026-03-14').out
        self.assertIn('2026-03-14', listed)
        self.assertNotIn('2026-03-13', listed)

    def test_a_preset_of_ones_own(self):
        self.write('testigo.toml', 'rules = "rules"\n[brand.brumiva]\nname = "Brumiva"\n')
        self.write('rules/import/till.toml', 'title = "Our till"\nabout_brand = true\nknown_by = ["kassenzettel"]\n'
                   '[fields]\ntext = "was war?"\nid = "kassenzettel"\nrating = "note"\n[rating]\nbest = 6\nworst = 1\n')
        self.write('t.csv', 'Kassenzettel;Note;Was war?\n1;6;Alles gut\n')
        self.assertIn('till', self.cli('import', '--presets').out)
        self.assertEqual(self.imported('t.csv')['preset'], 'till')
        self.assertEqual(self.sql('SELECT rating, rating_best, source FROM v_mentions'),
                         [{'rating': 6, 'rating_best': 6, 'source': 'till'}])
        self.write('rules/import/till.toml', 'title = "Our till"\n[fields]\ntxt = "was war?"\n')
        broken = self.cli('import', 't.csv')
        self.assertEqual(broken.code, 4)
        self.assertRegex(broken.err, r'till\.toml:3:\d+.*"text"')

    def test_rows_about_one_brand_need_to_know_which(self):
        self.write('testigo.toml', '[brand.brumiva]\n[brand.globex]\n')
        answer = self.cli('import', FIXTURES / 'nps/delighted_unmarked.csv', '--preset', 'nps')
        self.assertEqual(answer.code, 2)
        self.assertIn('--brand', answer.err)


class Bytes(Import):
    def test_gzipped_lines(self):
        self.write('r.jsonl.gz', gzip.compress(b'{"id":"a","text":"Brumiva is great"}\n' * 3))
        answer = self.imported('r.jsonl.gz')
        self.assertEqual((answer['new'], answer['duplicates']), (1, 2))
        self.write('cut.jsonl.gz', gzip.compress(os.urandom(500_000).hex().encode())[:100_000])
        self.assertIn('cut short', self.cli('import', 'cut.jsonl.gz').err)

    def test_a_row_that_comes_again_changed_is_an_edit(self):
        self.write('r.jsonl', '{"id":"a","text":"Brumiva is great"}\n{"id":"a","text":"Brumiva broke"}\n')
        answer = self.imported('r.jsonl')
        self.assertEqual((answer['new'], answer['edited']), (1, 1))
        self.assertEqual(self.sql('SELECT text FROM v_mentions')[0]['text'], 'Brumiva broke')
        self.sound()

    def test_an_edit_that_names_the_brand_no_more_takes_the_mention_away(self):
        self.write('r.jsonl', '{"id":"a","text":"Brumiva broke"}\n{"id":"a","text":"Never mind"}\n{"id":"b","text":"Brumiva leaks"}\n{"id":"c","text":"Hello"}\n')
        answer = self.imported('r.jsonl')
        self.assertEqual((answer['new'], answer['edited'], answer['without_brand']), (2, 1, 2))
        self.write('s.jsonl', '{"id":"b","text":"It was my own fault"}\n{"id":"c","text":"Hello again"}\n')
        answer = self.imported('s.jsonl')
        self.assertEqual((answer['new'], answer['edited']), (0, 1))
        self.assertEqual(self.sql('SELECT text FROM v_mentions'), [])
        self.assertEqual(self.sql('SELECT count(*) AS n FROM revision'), [{'n': 4}])
        post = self.sql("SELECT printf('%016x', key) AS id FROM post WHERE external_id = 'b'")[0]['id']
        self.assertIn('It was my own fault', self.cli('evidence', 'show', post).out)
        self.sound()

    def test_a_line_of_100_megabytes_is_rejected_in_bounded_memory(self):
        with open(self.folder / 'r.jsonl', 'wb') as file:
            file.write(b'{"id":"1","text":"Brumiva one"}\n{"text":"')
            for _ in range(100):
                file.write(b'x' * 1_000_000)
            file.write(b'"}\n{"id":"2","text":"Brumiva two"}\n')
        answer = self.cli('import', 'r.jsonl', '--rejects', 'rejects.txt')
        self.assertEqual(answer.code, 5, answer.err)
        self.assertIn('2 new', answer.out)
        self.assertRegex((self.folder / 'rejects.txt').read_text(), r'^r\.jsonl:2: the line is longer than 16 MiB; .*jq')

    def test_the_rejects_file_is_never_the_file_itself(self):
        self.write('r.csv', 'id,text\n1,Brumiva\n')
        answer = self.cli('import', 'r.csv', '--rejects', './r.csv')
        self.assertEqual(answer.code, 1)
        self.assertIn('Brumiva', (self.folder / 'r.csv').read_text())

    def test_folders_and_files_that_are_not_there(self):
        self.assertIn('folder', self.cli('import', '.').err)
        self.assertEqual(self.cli('import', 'none.csv').code, 1)
        self.assertEqual(self.cli('import').code, 2)


class Resumed(Import):
    ROWS = 12_000

    def rows_file(self):
        self.write('r.jsonl', ''.join(
            json.dumps({'id': str(i), 'text': f'Brumiva kettle number {i} broke after {i % 90} days', 'stars': i % 5 + 1}) + '\n'
            for i in range(self.ROWS)))

    def kill_after(self, seconds, how):
        process = subprocess.Popen([BINARY, 'import', 'r.jsonl'], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        database = self.folder / 'testigo.db'
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None and not database.exists():
            time.sleep(0.01)
        time.sleep(seconds)
        process.send_signal(how)
        return process.wait(timeout=60)

    def test_killed_again_and_again_nothing_is_lost_and_nothing_twice(self):
        self.rows_file()
        for seconds in (0.3, 0.5, 0.4):
            self.kill_after(seconds, signal.SIGKILL)
        stored = self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n']
        answer = self.cli('import', 'r.jsonl', '--json')
        self.assertEqual(answer.code, 0, answer.err)
        summary = json.loads(answer.out)
        self.assertEqual(summary['resumed_rows'] + summary['rows'], self.ROWS)
        self.assertLessEqual(summary['resumed_rows'], stored)
        if stored:
            self.assertIn('going on after row', answer.err)
        self.assertEqual(self.sql('SELECT count(*) AS n, count(DISTINCT post) AS posts FROM v_mentions'),
                         [{'n': self.ROWS, 'posts': self.ROWS}])
        self.sound()
        again = self.imported('r.jsonl')
        self.assertEqual((again['resumed_rows'], again['new'], again['unchanged']), (0, 0, self.ROWS))

    def test_interrupted_it_says_so_and_goes_on(self):
        self.rows_file()
        code = self.kill_after(0.3, signal.SIGINT)
        self.assertIn(code, (0, 130))
        summary = self.imported('r.jsonl')
        self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n'], self.ROWS)
        if code == 130:
            self.assertGreater(summary['resumed_rows'] + summary['rows'], 0)

    def test_a_file_that_changed_is_read_from_its_beginning(self):
        self.rows_file()
        self.kill_after(0.4, signal.SIGKILL)
        lines = (self.folder / 'r.jsonl').read_text().splitlines(keepends=True)
        self.write('r.jsonl', '{"id":"new","text":"Brumiva, the new one"}\n' + ''.join(lines))
        self.assertEqual(self.imported('r.jsonl')['resumed_rows'], 0)
        self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n'], self.ROWS + 1)


def record(kind, url, block, extra=''):
    head = (f'WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-02-01T10:00:00Z\r\n'
            f'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{zlib.crc32(url.encode()):012d}>\r\n{extra}'
            f'Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n')
    return gzip.compress(head.encode() + block + b'\r\n\r\n')


def answer_of(body, content_type='text/html; charset=utf-8', status='200 OK', more=''):
    return f'HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nSet-Cookie: sid=s3cret\r\n{more}\r\n'.encode() + body.encode()


REVIEW = '''<html><head><title>Kettle</title>%s<script type="application/ld+json">{"@context":"https://schema.org",
"@type":"Product","name":"Brumiva Kettle","review":[{"@type":"Review","@id":"#r1","author":"Ana","datePublished":"2026-01-05",
"reviewRating":{"@type":"Rating","ratingValue":1},"reviewBody":"The Brumiva kettle leaks since day two"}]}</script></head><body></body></html>'''
FEED = '''<?xml version="1.0"?><rss version="2.0"><channel><title>Talk</title><link>https://talk.example/</link><item>
<guid isPermaLink="false">t1</guid><title>Brumiva again</title><description>Brumiva support never answers</description></item></channel></rss>'''
HITS = json.dumps({'hits': [{'objectID': '42', 'author': 'ana', 'comment_text': 'Brumiva kettles are quiet', 'created_at_i': 1767225600,
                             'created_at': '2026-01-01T00:00:00Z', 'story_id': 7, 'story_title': 'Kettles', '_tags': ['comment']}],
                   'nbPages': 1, 'page': 0})


class Archives(Import):
    def archive(self):
        self.write('crawl.warc.gz',
                   record('response', 'https://shop.example/kettle', answer_of(REVIEW % '')) +
                   record('response', 'https://shop.example/secret', answer_of(REVIEW % '<meta name="robots" content="noarchive">')) +
                   record('response', 'https://shop.example/gone', answer_of(REVIEW % '', status='404 Not Found')) +
                   record('response', 'https://talk.example/feed', answer_of(FEED, 'application/rss+xml')) +
                   record('response', 'https://hn.algolia.com/api/v1/search_by_date?query=brumiva', answer_of(HITS, 'application/json')))

    def test_pages_and_feeds_become_posts_with_their_record_as_evidence(self):
        self.archive()
        answer = self.imported('crawl.warc.gz')
        self.assertEqual((answer['pages'], answer['new']), (2, 2))
        rows = self.sql('SELECT id, source, url, text, collected_at FROM v_mentions ORDER BY source')
        self.assertEqual([row['source'] for row in rows], ['feed', 'pages'])
        self.assertTrue(rows[1]['collected_at'].startswith('2026-02-01T10:00:00'), rows[1])
        shown = self.cli('evidence', 'show', rows[1]['id'])
        self.assertIn('leaks since day two', shown.out)
        kept = b''.join(gzip.decompress(file.read_bytes()) for file in (self.folder / 'archive').glob('*.warc.gz'))
        self.assertIn(b'copiedFrom: crawl.warc.gz\r\ncopiedOffset: 0\r\ncopiedRecordId: <urn:uuid:', kept)
        self.assertNotIn(b's3cret', kept)
        self.sound()
        self.assertEqual(self.imported('crawl.warc.gz')['new'], 0)

    def test_a_source_reads_its_own_answers(self):
        self.archive()
        answer = self.imported('crawl.warc.gz', '--source', 'hackernews')
        self.assertEqual(answer['new'], 1)
        self.assertEqual(self.sql('SELECT source, text FROM v_mentions'),
                         [{'source': 'hackernews', 'text': 'Brumiva kettles are quiet'}])
        wrong = self.cli('import', 'crawl.warc.gz', '--source', 'hackernew')
        self.assertEqual(wrong.code, 2)
        self.assertIn('"hackernews"', wrong.err)

    def test_what_follows_a_damaged_record_is_read(self):
        review = lambda name: answer_of((REVIEW % '').replace('day two', name))
        url = 'https://shop.example/{}'.format
        long = gzip.decompress(record('response', url(2), review('day two'))).replace(b'Content-Length: ', b'Content-Length: 9', 1)
        bad = bytearray(record('response', url(3), review('day three')))
        bad[len(bad) // 2] ^= 0xFF
        for name, damaged in (('long', gzip.compress(long)), ('bits', bytes(bad))):
            with self.subTest(name):
                self.write(name + '.warc.gz', record('response', url(1), review('day one')) + damaged + record('response', url(4), review('day four')))
                answer = self.cli('import', name + '.warc.gz', '--db', name + '.db')
                self.assertEqual(answer.code, 5, answer.err)
                self.assertIn('it is left out, and what follows it read', answer.err)
                self.assertIn('2 new', answer.out)

    def test_a_body_that_was_decoded_is_read_as_it_stands(self):
        self.write('a.warc.gz', record('response', 'https://shop.example/1', answer_of(REVIEW % '', more='Content-Encoding: br\r\n')) +
                   record('response', 'https://talk.example/feed', answer_of(FEED, 'application/rss+xml', more='Content-Encoding: gzip\r\n')))
        self.assertEqual(self.imported('a.warc.gz')['new'], 2)
        self.sound()

    def test_a_revisit_of_another_address_has_what_stood_there(self):
        extra = ('WARC-Refers-To-Target-URI: https://shop.example/a\r\nWARC-Refers-To-Date: 2026-02-01T10:00:00Z\r\n'
                 'WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n')
        head = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n'
        self.write('a.warc.gz', record('response', 'https://shop.example/a', answer_of(REVIEW % '')) +
                   record('revisit', 'https://shop.example/b', head, extra) + record('revisit', 'https://shop.example/a', head, extra))
        answer = self.imported('a.warc.gz')
        self.assertEqual((answer['pages'], answer['new']), (2, 2))
        self.sound()

    def test_an_older_archive_takes_no_newer_words_back(self):
        at = lambda day, body: gzip.compress(gzip.decompress(record('response', 'https://shop.example/kettle', answer_of(body))).replace(
            b'2026-02-01T10', f'2026-02-{day:02}T10'.encode(), 1))
        self.write('a.warc.gz', at(15, (REVIEW % '').replace('day two', 'day two. Edit: support fixed it')) + at(1, REVIEW % ''))
        self.assertEqual(self.imported('a.warc.gz')['earlier'], 1)
        self.assertEqual([row['text'] for row in self.sql('SELECT text FROM v_mentions')],
                         ['The Brumiva kettle leaks since day two. Edit: support fixed it'])
        self.sound()

    def test_a_torn_archive_keeps_what_is_whole(self):
        self.archive()
        whole = (self.folder / 'crawl.warc.gz').read_bytes()
        self.write('torn.warc.gz', whole[:-60])
        answer = self.cli('import', 'torn.warc.gz', '--rejects', 'rejects.txt')
        self.assertEqual(answer.code, 5, answer.err)
        self.assertIn('2 new', answer.out)
        self.assertIn('torn.warc.gz:', (self.folder / 'rejects.txt').read_text())


if __name__ == '__main__':
    unittest.main(verbosity=2)
