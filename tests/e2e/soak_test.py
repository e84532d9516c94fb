"""Killed again and again at whatever instant, a crawl ends with every mention once and every record
whole. A short form always; 200 kills of a crawl of 5,000 pages where TESTIGO_SOAK is set."""
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest
import zlib

from support import BINARY, ROOT, ScratchCase, configuration, watch
from web_site import review, review_page

sys.path.insert(0, str(ROOT / 'tests/bench'))
import loopback  # noqa: E402

SOAK = bool(os.environ.get('TESTIGO_SOAK'))
PAGES, KILLS = (5000, 200) if SOAK else (300, 10)
REVIEWS_PER_PAGE = 4
PAGES_PER_SITEMAP = 1000
CRAWL_SECONDS = 1800
QUERY = 'SELECT post, brand, url, rating, text, tag FROM v_mentions ORDER BY post, brand'


def write_web(folder):
    draw = random.Random(7)
    words = 'kettle boils fast but the lid broke after a week and support never answered although it looks great'.split()
    for number in range(PAGES):
        reviews = [review(f'Acme {number}-{k}: ' + ' '.join(draw.choices(words, k=25)), f'{number}-{k}', author=f'Reader {k}', rating=draw.randint(1, 5))
                   for k in range(REVIEWS_PER_PAGE)]
        links = [f'/page-{draw.randrange(PAGES)}.html' for _ in range(5)]
        (folder / f'page-{number}.html').write_bytes(review_page(reviews, links).body)
    sitemaps = range((PAGES + PAGES_PER_SITEMAP - 1) // PAGES_PER_SITEMAP)
    for part in sitemaps:
        numbers = range(part * PAGES_PER_SITEMAP, min((part + 1) * PAGES_PER_SITEMAP, PAGES))
        (folder / f'map-{part}.txt').write_text(''.join(f'@/page-{number}.html\n' for number in numbers))
    (folder / 'index.html').write_text('<!doctype html><title>Acme</title>')
    (folder / 'robots.txt').write_text(''.join(f'Sitemap: @/map-{part}.txt\n' for part in sitemaps))


def warc_members(path):
    """Offset and text of each gzip member."""
    data, offset = path.read_bytes(), 0
    while offset < len(data):
        reader = zlib.decompressobj(31)
        yield offset, reader.decompress(data[offset:])
        offset = len(data) - len(reader.unused_data)


class KilledCrawls(ScratchCase):
    @classmethod
    def setUpClass(cls):
        if not shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin'):
            raise unittest.SkipTest('nginx is not installed')

    @contextlib.contextmanager
    def web(self):
        root = self.folder / 'web'
        root.mkdir()
        write_web(root)
        with loopback.nginx(self.folder / 'nginx', root) as origin:
            for file in [root / 'robots.txt', *root.glob('map-*.txt')]:
                file.write_text(file.read_text().replace('@', origin))
            text = configuration(origin, watch('pages', url=origin + '/index.html', match='all'),
                                 extra='connections = 16\nconnections_per_host = 16\n')
            for name in ('whole', 'killed'):
                self.write(f'{name}/testigo.toml', text)
            yield origin

    def run_to_end(self, name, *more):
        started = time.monotonic()
        process = subprocess.run([BINARY, 'crawl', '--all', '--json', *more], cwd=self.folder / name, capture_output=True,
                                 timeout=CRAWL_SECONDS, check=False)
        self.assertEqual(process.returncode, 0, process.stderr[-2000:])
        self.assertEqual(json.loads(process.stdout)['left'], 0)
        return time.monotonic() - started

    # Begins crawls and kills them, each at some instant, until one comes to its end or enough were
    # killed. How many were.
    def kill_until_the_end(self, most, span):
        draw, landed = random.Random(time.time_ns()), 0
        while landed < most:
            # The first line of progress says that it is asking; before that there is nothing to lose.
            process = subprocess.Popen([BINARY, 'crawl', '--all', '--progress', 'json'], cwd=self.folder / 'killed',
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            process.stderr.readline()
            time.sleep(draw.uniform(0, span))
            ended = process.poll()
            process.kill()
            process.communicate()
            if ended is not None:
                self.assertEqual(ended, 0)
                break
            landed += 1
        return landed

    def rows(self, name):
        self.folder, scratch = self.folder / name, self.folder
        try:
            return self.sql(QUERY)
        finally:
            self.folder = scratch

    def test_nothing_is_lost_and_nothing_doubled(self):
        with self.web():
            took = self.run_to_end('whole')
            expected = self.rows('whole')
            self.assertEqual(len(expected), PAGES * REVIEWS_PER_PAGE)
            left = KILLS
            while left > 0:
                for trace in [*(self.folder / 'killed').glob('testigo.db*'), *(self.folder / 'killed/archive').glob('*')]:
                    trace.unlink()
                left -= self.kill_until_the_end(left, 2 * took / KILLS)
                self.run_to_end('killed')
                self.assertEqual(self.rows('killed'), expected)
                self.check_evidence()
            self.check_interrupt(expected)

    # Once by hand: SIGINT ends it in order.
    def check_interrupt(self, expected):
        process = subprocess.Popen([BINARY, 'crawl', '--all', '--progress', 'json', '--now', '2027-03-01'],
                                   cwd=self.folder / 'killed', stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stderr.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err[-2000:])
        self.assertIn('testigo crawl', out.decode())
        self.run_to_end('killed', '--now', '2027-03-02')
        self.assertEqual(self.rows('killed'), expected)
        self.check_evidence()

    def check_evidence(self):
        verified = subprocess.run([BINARY, 'evidence', 'verify', '--json'], cwd=self.folder / 'killed', capture_output=True,
                                  timeout=CRAWL_SECONDS, check=False)
        self.assertEqual(verified.returncode, 0, verified.stdout[-2000:] + verified.stderr[-2000:])
        self.assertEqual(json.loads(verified.stdout)['problems'], [])
        for archive in sorted((self.folder / 'killed/archive').glob('*.warc.gz')):
            kinds = {offset: [line.split(b': ')[1] for line in text.split(b'\r\n') if line.lower().startswith(b'warc-type:')][0]
                     for offset, text in warc_members(archive)}
            captures = {offset for offset, kind in kinds.items() if kind in (b'response', b'revisit')}
            lines = pathlib.Path(f'{archive}.cdxj').read_text().splitlines()
            self.assertEqual(lines, sorted(lines))
            entries = [json.loads(line.split(' ', 2)[2]) for line in lines]
            indexed = [int(entry['offset']) for entry in entries if entry['filename'] == archive.name]
            self.assertEqual(len(indexed), len(set(indexed)), 'a record is indexed twice')
            self.assertEqual(captures - set(indexed), set(), f'{archive.name} holds what its index does not')


if __name__ == '__main__':
    unittest.main(verbosity=2)
