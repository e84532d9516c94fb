"""The main job on the bundled web: every post found once, revisions, replay, evidence."""
import json
import shlex
import signal
import subprocess
import time
import unittest
import urllib.request

from support import BINARY, ROOT, ScratchCase, demo_configuration, demo_web


def rows_of(name):
    return [json.loads(line) for line in (ROOT / 'data/demo' / name).read_text().splitlines() if line]


class DemoCommand(ScratchCase):
    def test_it_prints_coverage_trend_quotes_and_what_to_try_next(self):
        answer = self.cli('demo', '--dir', 'd')
        self.assertEqual(answer.code, 0, answer.err)
        for words in ('Trend of brumiva', 'Worst complaints', 'Best advocacy', '^^', 'testigo evidence verify'):
            self.assertIn(words, answer.out)
        self.assertGreater(len([c for c in answer.out if c in '▁▂▃▄▅▆▇█']), 10)
        config = {'TESTIGO_CONFIG': str(self.folder / 'd/testigo.toml')}
        for line in answer.out.split('Next, try:')[1].splitlines():
            if line.strip().startswith('testigo '):
                words = [w.strip("'") for w in shlex.split(line.strip())[1:]]
                tried = self.cli(*words, env=config)
                self.assertEqual(tried.code, 0, f'{line}: {tried.err}')
        again = self.cli('demo', '--dir', 'd')
        self.assertEqual(again.code, 0, again.err)

    def test_it_refuses_a_folder_that_holds_other_things(self):
        self.write('d/diary.txt', 'mine')
        answer = self.cli('demo', '--dir', 'd')
        self.assertEqual(answer.code, 1)
        self.assert_one_line(answer.err)
        self.assertEqual((self.folder / 'd/diary.txt').read_text(), 'mine')


class DemoCrawl(ScratchCase):
    def setUp(self):
        super().setUp()
        web = demo_web()
        self.origin = web.__enter__()
        self.addCleanup(web.__exit__, None, None, None)
        self.write('testigo.toml', demo_configuration(self.origin))

    def crawl(self, *words):
        answer = self.cli('crawl', '--all', '--json', *words)
        self.assertIn(answer.code, (0, 5), answer.err)
        return answer.json()

    def mentions(self, db='testigo.db'):
        # Not the author: pseudonyms are made under each store's own key.
        columns = 'brand, source, url, posted_at, rating, title, text, tag, polarity, act, stage, score'
        return sorted(json.dumps(row, sort_keys=True) for row in
                      self.sql(f'SELECT {columns} FROM v_mentions', db))

    def test_every_post_about_the_brands_is_stored_once(self):
        summary = self.crawl()
        texts = [row['text'] for row in self.sql('SELECT DISTINCT post, text FROM v_mentions')]
        self.assertGreaterEqual(len(texts), 300)
        self.assertEqual(summary['left'], 0)
        external = self.sql('SELECT post, count(*) AS n FROM v_mentions GROUP BY post, brand HAVING n > 1')
        self.assertEqual(external, [])

    def test_tags_agree_with_a_careful_person_at_least_as_often_as_they_did(self):
        self.crawl()
        wanted = {row['id']: row['tag'] for row in rows_of('truth.jsonl')}
        tag_of = {post['text']: wanted[post['id']] for post in rows_of('posts.jsonl')}
        stored = self.sql("SELECT DISTINCT post, text, tag FROM v_mentions WHERE brand = 'brumiva'")
        self.assertGreaterEqual(len(stored), 300)
        self.assertEqual([row['text'] for row in stored if row['text'] not in tag_of], [])
        agreed = sum(tag_of[row['text']] == row['tag'] for row in stored)
        # Of five tags; always answering advocacy would be right for four in ten.
        self.assertGreaterEqual(agreed / len(stored), 0.60)

    def test_robots_noindex_and_private_pages_are_not_stored(self):
        summary = self.crawl()
        self.assertTrue(any(row['blocked'] > 0 for row in summary['coverage']))
        self.assertTrue(any(row['refused_by_page'] > 0 for row in summary['coverage']))
        private = self.sql("SELECT count(*) AS n FROM v_mentions WHERE url LIKE '%/private/%'")
        self.assertEqual(private[0]['n'], 0)

    def test_a_second_crawl_adds_nothing_and_an_edit_makes_a_revision(self):
        first = self.crawl()
        before = self.mentions()
        second = self.crawl()
        self.assertEqual(second['new_posts'], 0)
        self.assertEqual(second['edited'], 0)
        self.assertTrue(any(row['unchanged'] > 0 for row in second['coverage']))
        self.assertEqual(self.mentions(), before)
        urllib.request.urlopen(urllib.request.Request(self.origin + '/demo/advance', method='POST')).read()
        third = self.crawl()
        self.assertGreaterEqual(third['edited'], 1)
        self.assertEqual(third['new_posts'], 0)
        self.assertEqual(len(self.mentions()), len(before))
        self.assertNotEqual(self.mentions(), before)
        self.assertGreater(first['new_posts'], 0)

    def test_replay_from_the_archive_yields_the_same_mentions(self):
        self.crawl()
        urllib.request.urlopen(urllib.request.Request(self.origin + '/demo/advance', method='POST')).read()
        self.crawl()
        files = sorted(str(path) for path in (self.folder / 'archive').glob('*.warc.gz'))
        words = [word for file in files for word in ('--replay', file)]
        answer = self.cli('crawl', '--db', 'again.db', '--json', *words)
        self.assertIn(answer.code, (0, 5), answer.err)
        self.assertEqual(self.mentions('again.db'), self.mentions())

    def test_every_mention_walks_back_to_its_bytes(self):
        self.crawl()
        verified = self.cli('evidence', 'verify', '--json')
        self.assertEqual(verified.code, 0, verified.err)
        self.assertEqual(verified.json()['problems'], [])
        row = self.sql("SELECT id, text, evidence FROM v_mentions WHERE source = 'demo_reviews' LIMIT 1")[0]
        shown = self.cli('evidence', 'show', row['id'])
        self.assertEqual(shown.code, 0, shown.err)
        self.assertIn('WARC-Type: response', shown.out)
        self.assertIn(json.dumps(row['text'][:20], ensure_ascii=False)[1:-1], shown.out)
        archive = next((self.folder / 'archive').glob('*.warc.gz'))
        bytes_ = bytearray(archive.read_bytes())
        # Within the compressed bytes of its record: a gzip head has fields that hold nothing.
        bytes_[int(row['evidence'].rsplit(':', 1)[1]) + 100] ^= 0xFF
        archive.write_bytes(bytes_)
        broken = self.cli('evidence', 'verify')
        self.assertEqual(broken.code, 7, broken.out)

    def test_doctor_finds_rollups_and_full_text_in_step(self):
        self.crawl()
        answer = self.cli('doctor', '--deep', '--json')
        self.assertEqual(answer.code, 0, answer.out)
        self.assertTrue(all(row['good'] for row in answer.json()))

    def test_an_interrupted_crawl_says_how_to_go_on(self):
        slow = demo_configuration(self.origin).replace('ignore_gap_on_allowed_hosts = true', 'gap = 0.2')
        self.write('testigo.toml', slow)
        process = subprocess.Popen([BINARY, 'crawl', '--all', '--progress', 'json'], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while json.loads(process.stderr.readline())['pages'] < 2:
            pass
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertIn('testigo crawl', out.decode())
        self.write('testigo.toml', demo_configuration(self.origin))
        self.crawl()
        duplicated = self.sql('SELECT post, brand, count(*) AS n FROM v_mentions GROUP BY 1, 2 HAVING n > 1')
        self.assertEqual(duplicated, [])


class KilledCrawl(ScratchCase):
    def test_killed_at_any_instant_the_next_crawl_finishes_with_nothing_lost_or_doubled(self):
        with demo_web() as origin:
            self.write('whole/testigo.toml', demo_configuration(origin))
            self.write('killed/testigo.toml', demo_configuration(origin))
            whole, killed = self.folder / 'whole', self.folder / 'killed'
            subprocess.run([BINARY, 'crawl', '--all'], cwd=whole, capture_output=True, timeout=120, check=False)
            landed = 0
            for delay in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
                # The first progress line says that it is asking; before that there is nothing to lose.
                process = subprocess.Popen([BINARY, 'crawl', '--all', '--progress', 'json'], cwd=killed,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                process.stderr.readline()
                time.sleep(delay)
                landed += process.poll() is None
                process.kill()
                process.communicate()
            self.assertGreaterEqual(landed, 3, 'too few kills fell into a crawl')
            last = subprocess.run([BINARY, 'crawl', '--all'], cwd=killed, capture_output=True, timeout=120, check=False)
            self.assertIn(last.returncode, (0, 5), last.stderr)
            query = 'SELECT post, brand, text, tag FROM v_mentions ORDER BY post, brand'
            self.folder, scratch = whole, self.folder
            expected = self.sql(query)
            self.folder = killed
            self.assertEqual(self.sql(query), expected)
            verified = self.cli('evidence', 'verify')
            self.folder = scratch
            self.assertEqual(verified.code, 0, verified.err)


if __name__ == '__main__':
    unittest.main(verbosity=2)
