"""An author is erased: nothing of text or name is left in database, log or archive, and a kill changes nothing of that."""
import contextlib
import glob
import gzip
import json
import pathlib
import signal
import sqlite3
import subprocess
import time
import unittest

from support import BINARY, FEED, ScratchCase, configuration, watch, web

NAME = 'Zoraida Quixotte'
HERS = 'Acme sold me a zyxomorphic kettle, it broke after two days and I want my money back'
HIS = 'Acme kettles are the best that I ever had, I recommend them to everyone I know'
SECRETS = (b'Zoraida', b'Quixotte', b'zoraida', b'quixotte', b'zyxomorphic', b'yxomorphic')


def rss(posts):
    """An RSS document of (guid, author, text) items."""
    items = ''.join(f'<item><guid isPermaLink="false">{guid}</guid><title>Acme {guid}</title>'
                    f'<dc:creator>{author}</dc:creator><description>{text}</description>'
                    f'<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>' for guid, author, text in posts)
    return ('<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f'<title>Acme talk</title>{items}</channel></rss>').encode()


class Erase(ScratchCase):
    def archived(self):
        """Each archive file, as it stands and without compression, and its index."""
        for name in glob.glob(str(self.folder / 'archive/*')):
            raw = pathlib.Path(name).read_bytes()
            yield name, raw
            if name.endswith('.gz'):
                yield name, gzip.decompress(raw)

    def terms(self):
        """The words of the full text index."""
        with contextlib.closing(sqlite3.connect(self.folder / 'testigo.db')) as database:
            database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'mention_fts', 'row')")
            return {row[0].encode() for row in database.execute('SELECT term FROM temp.terms')}

    def assert_nothing_is_left(self):
        for name in ('testigo.db', 'testigo.db-wal'):
            if (self.folder / name).exists():
                content = (self.folder / name).read_bytes()
                for secret in SECRETS:
                    self.assertNotIn(secret, content, name)
        for name, content in self.archived():
            for secret in SECRETS:
                self.assertNotIn(secret, content, name)
        self.assertFalse(self.terms() & set(SECRETS))

    def wait_for_rows_gone(self, process):
        """Until the rows are gone, which is when the rest begins."""
        with contextlib.closing(sqlite3.connect(self.folder / 'testigo.db')) as database:
            while process.poll() is None:
                if database.execute('SELECT count(*) FROM erasure').fetchone()[0] > 0:
                    return

    def assert_all_is_well(self):
        for words in (('doctor', '--deep'), ('evidence', 'verify')):
            answer = self.cli(*words)
            self.assertEqual(answer.code, 0, answer.out + answer.err)

    def test_nothing_of_an_author_is_left_after_two_crawls_an_edit_and_a_correction(self):
        posts = [('1', NAME, HERS), ('2', 'Bogdan', HIS)]
        with web(lambda path, request: (200, FEED, rss(posts)) if path == '/feed' else (404, [], b'')) as origin:
            self.write('testigo.toml', configuration(origin, watch('feed', url=origin + '/feed', every='1h')))
            self.assertEqual(self.cli('crawl', '--all', '--now', '2026-11-03T08:00:00Z').code, 0)
            posts[0] = ('1', NAME, HERS + ', edited')
            posts.append(('3', 'Carla', 'Does the Acme kettle fit a small kitchen, what do you say?'))
            self.assertEqual(self.cli('crawl', '--all', '--now', '2026-11-04T08:00:00Z').code, 0)
            posts[1] = ('2', 'Bogdan', HIS + ' indeed')  # a third page with her words, and nothing new of her
            self.assertEqual(self.cli('crawl', '--all', '--now', '2026-11-05T08:00:00Z').code, 0)
            one = self.sql("SELECT id, author FROM v_mentions WHERE text LIKE '%zyxo%'")[0]
            self.assertEqual(self.cli('correct', one['id'], 'other', '--note', 'zyxomorphic').code, 0)
            self.assertTrue(any(b'Quixotte' in content for _, content in self.archived()))

            tried = self.cli('erase', '--author', NAME, '--dry-run', '--json').json()
            self.assertEqual(len(self.sql('SELECT id FROM v_mentions')), 3)
            answer = self.cli('erase', '--author', 'zoraida quixotte', '--json')
            self.assertEqual(answer.code, 0, answer.err)
            receipt = answer.json()
            for key in ('posts', 'revisions', 'mentions', 'verdicts', 'corrections', 'records', 'digest', 'evidence'):
                self.assertEqual(receipt[key], tried[key], key)
            self.assertEqual([receipt[key] for key in ('posts', 'revisions', 'corrections', 'records', 'digest_only')],
                             [1, 2, 1, 3, 2])
            self.assertTrue(receipt['complete'])
            self.assertNotIn('zyxo', answer.out + answer.err)
            self.assert_nothing_is_left()
            self.assert_all_is_well()
            self.assertEqual({row['author'] == one['author'] for row in self.sql('SELECT author FROM v_mentions')}, {False})

            his = self.sql("SELECT id FROM v_mentions WHERE text LIKE '%best%'")[0]['id']
            shown = self.cli('evidence', 'show', his)
            self.assertEqual(shown.code, 0, shown.err)
            self.assertRegex(shown.out, '^digest_only: .*\n(.*\n)*payload digest: sha256:')
            self.assertEqual(self.cli('evidence', 'show', his, '--body').code, 1)
            verified = self.cli('evidence', 'verify', '--json').json()
            self.assertTrue(verified['sound'])
            self.assertGreaterEqual(verified['digest_only'], 2)
            self.assertIn('digest_only', self.cli('evidence', 'verify').out)

            # The site still shows it: it is neither stored nor kept.
            self.assertIn(self.cli('crawl', '--all', '--now', '2026-11-06T08:00:00Z').code, (0,))
            self.assertEqual(len(self.sql('SELECT id FROM v_mentions')), 2)
            self.assert_nothing_is_left()
            self.assert_all_is_well()
        again = self.cli('erase', '--author', NAME, '--json')
        self.assertEqual((again.code, again.json()['posts']), (0, 0))
        self.assertIn('nothing of this author is stored', again.err)

    def test_a_post_goes_by_its_address(self):
        self.write('testigo.toml', configuration('http://127.0.0.1:1', ''))
        self.write('rows.jsonl', ''.join(json.dumps({'id': str(i), 'author': NAME, 'text': text, 'url': f'https://shop.example/r/{i}'})
                                         + '\n' for i, text in enumerate((HERS, HIS))))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        # A part of the page may be another's post; what tells where a link was clicked is not in its address.
        for address, posts in (('https://shop.example/r/0#top', 0), ('https://shop.example/r/0?utm_source=mail', 1)):
            answer = self.cli('erase', '--post', address, '--json')
            self.assertEqual((answer.code, answer.json()['posts']), (0, posts), answer.err)
        self.assertEqual([row['text'] for row in self.sql('SELECT text FROM v_mentions')], [HIS])
        # A second import brings the other one only.
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        self.assertEqual(len(self.sql('SELECT id FROM v_mentions')), 1)
        self.assertNotIn(b'zyxomorphic', (self.folder / 'testigo.db').read_bytes())

    def test_of_an_import_only_the_rows_of_the_erased_go_and_the_others_keep_their_evidence(self):
        self.write('testigo.toml', configuration('http://127.0.0.1:1', ''))
        rows = [('1', 'Ana', 'Acme is bad'), ('2', 'Bo', 'Acme is bad'), ('3', NAME, HERS), ('4', 'Ana', HIS),
                ('5', 'Bo', 'Ana says that Acme is good, and so do I')]
        self.write('rows.jsonl', ''.join(json.dumps({'id': i, 'author': author, 'text': text, 'url': f'https://shop.example/r/{i}'}) + '\n'
                                         for i, author, text in rows))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        for words, left in ((('--author', NAME), ['1', '2', '4', '5']), (('--author', 'Ana'), ['2', '5'])):
            answer = self.cli('erase', *words, '--json', '--now', '2026-11-20T08:00:00Z')
            self.assertEqual(answer.code, 0, answer.err)
            receipt = answer.json()
            self.assertEqual((receipt['records'], receipt['digest_only'], receipt['complete'], receipt['at']),
                             (1, 0, True, '2026-11-20T08:00:00Z'))
            posts = self.sql('SELECT id, url, text FROM v_mentions ORDER BY url')
            self.assertEqual([row['url'][-1] for row in posts], left)
            for row in posts:
                shown = self.cli('evidence', 'show', row['id'], '--body')
                self.assertEqual(shown.code, 0, shown.err)
                self.assertIn(json.dumps(row['text']), shown.out)
                self.assertEqual([json.loads(line)['id'] for line in shown.out.splitlines() if line.strip()], left)
            self.assert_nothing_is_left()
            self.assert_all_is_well()
        self.assertEqual(json.loads(self.cli('evidence', 'verify', '--json').out)['digest_only'], 0)
        self.assertEqual({row['at'] for row in self.sql('SELECT at FROM v_erasures')}, {'2026-11-20T08:00:00Z'})
        shown = self.cli('evidence', 'show', self.sql('SELECT id FROM v_mentions')[0]['id']).out
        self.assertIn('Testigo-Blanked: 2026-11-20T08:00:00Z', shown)
        # Another import brings the others again, and their row; who is erased stays out.
        again = self.cli('import', 'rows.jsonl', '--brand', 'acme', '--json')
        self.assertEqual(again.code, 0, again.err)
        self.assertEqual(again.json()['withheld'], 3)
        self.assertIn(', 3 withheld (erased before)', self.cli('import', 'rows.jsonl', '--brand', 'acme').out)
        self.assertEqual(len(self.sql('SELECT id FROM v_mentions')), 2)
        self.assert_nothing_is_left()

    def test_a_name_that_is_a_word_destroys_nothing_of_others(self):
        posts = [('1', 'Ana', 'Acme broke, and nobody at the counter wanted to hear of it'),
                 ('2', 'Bogdan', 'Acme is great, but nobody answers the phone there at night')]
        with web(lambda path, request: (200, FEED, rss(posts)) if path == '/feed' else (404, [], b'')) as origin:
            self.write('testigo.toml', configuration(origin, watch('feed', url=origin + '/feed')))
            self.assertEqual(self.cli('crawl', '--now', '2026-11-03T08:00:00Z').code, 0)
        answer = self.cli('erase', '--author', 'nobody')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn('0 records of the archive', answer.out)
        self.assertIn('1 records of the archive hold the name in what others wrote', answer.out)
        self.assertTrue(any(b'nobody' in content for _, content in self.archived()))
        self.assertEqual(self.cli('erase', '--post', 'x', '--name-in-sentences').code, 2)
        asked = self.cli('erase', '--author', 'nobody', '--name-in-sentences', '--json').json()
        self.assertEqual((asked['posts'], asked['records'], asked['digest_only']), (0, 1, 2))
        self.assertFalse(any(b'nobody' in content for _, content in self.archived()))

    def test_a_full_disk_leaves_the_file_to_the_next_run_and_says_so(self):
        self.write('testigo.toml', configuration('http://127.0.0.1:1', ''))
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'author': NAME if i == 0 else f'Ana {i}', 'text': HERS if i == 0 else f'{HIS} {i}'}) + '\n'
            for i in range(800)))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        blocks = (self.folder / 'testigo.db').stat().st_size // 1024 // 2
        answer = subprocess.run(['bash', '-c', f'ulimit -f {blocks}; trap "" XFSZ; exec "$0" erase --author "$1"',
                                 BINARY, NAME], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(answer.returncode, 5, answer.stdout + answer.stderr)
        self.assertIn('erased 1 posts', answer.stdout)
        self.assertIn('the rows are gone, but', answer.stderr)
        self.assertNotIn('not erased', answer.stderr)
        self.assertNotIn('was there before stands', answer.stderr)
        self.assertIn('an earlier erasure did not come to its end', self.cli('retain', '--dry-run').err)
        finished = self.cli('retain')
        self.assertEqual(finished.code, 0)
        self.assertIn('an earlier erasure was finished', finished.err)
        self.assertIn('nothing else is due', finished.err)
        self.assert_nothing_is_left()
        self.assertEqual(self.cli('retain').err.strip(), 'testigo: nothing is due')

    def test_wrong_words_are_refused_in_one_line(self):
        self.write('testigo.toml', configuration('http://127.0.0.1:1', ''))
        self.write('rows.jsonl', '{"id":"1","text":"Acme broke"}\n')
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        for words in ((), ('--author', 'a', '--post', 'b'), ('--author', ''), ('--post', 'no address')):
            answer = self.cli('erase', *words)
            self.assertEqual(answer.code, 2, words)
            self.assert_one_line(answer.err)

    def test_an_erasure_that_is_killed_is_finished_by_the_next_one(self):
        self.write('testigo.toml', configuration('http://127.0.0.1:1', ''))
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'author': NAME if i % 10 == 0 else f'Person {i}', 'date': f'2026-11-{i % 20 + 1:02}T10:00:00Z',
             'text': f'{HERS if i % 10 == 0 else HIS} {i}'}) + '\n' for i in range(3000)))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)
        whole = {name: (self.folder / name).read_bytes() for name in ('testigo.db',)}
        archive = {name: pathlib.Path(name).read_bytes() for name in glob.glob(str(self.folder / 'archive/*'))}
        started = time.monotonic()
        self.assertEqual(self.cli('erase', '--author', NAME).code, 0)
        took = time.monotonic() - started
        killed_between = 0
        for step in range(6):
            for name, content in whole.items():
                (self.folder / name).write_bytes(content)
            for leftover in ('testigo.db-wal', 'testigo.db-shm'):
                (self.folder / leftover).unlink(missing_ok=True)
            for name, content in archive.items():
                pathlib.Path(name).write_bytes(content)
            process = subprocess.Popen([BINARY, 'erase', '--author', NAME], cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if step < 4:
                time.sleep(took * (step + 1) / 5)
            else:
                self.wait_for_rows_gone(process)
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=20)
            answer = self.cli('erase', '--author', NAME, '--json')
            self.assertEqual(answer.code, 0, answer.err)
            killed_between += 'an earlier erasure was finished' in answer.err
            self.assert_nothing_is_left()
            self.assertEqual(self.sql('SELECT sum(posts) AS n, count(*) = count(finished_at) AS all_done FROM v_erasures')[0],
                             {'n': 300, 'all_done': 1})
            self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n'], 2700)
        self.assert_all_is_well()
        self.assertGreater(killed_between, 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
