"""What the network, the disk and the clock can do to a crawl: the rest comes in, the ledger says what
did not and why, and the crawl after the mend brings it."""
import contextlib
import datetime
import email.utils
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import web_site
from support import BINARY, TIMEOUT, ScratchCase, configuration, testigo, watch
from web_site import NOTHING, Reply, Site, review, review_page

SOAK = bool(os.environ.get('TESTIGO_SOAK'))
FAKETIME = next(pathlib.Path('/usr/lib').glob('*/faketime/libfaketimeMT.so.1'), None)
START = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.timezone.utc)
GOOD = [f'/good-{i}' for i in range(5)]
QUICK = '''connections_per_host = 16
connect_timeout = "2s"
answer_timeout = "2s"
stall_timeout = "1s"
total_timeout = "4s"
max_body_bytes = 1000000
'''


def page_of(path):
    name = path.strip('/')
    return review_page([review(f'Acme {name} is a kettle that I like')])


def shop(bad=None, **site):
    """A site whose first page leads to the good pages and to the bad ones, each with a review."""
    bad = bad or {}
    pages = {path: page_of(path) for path in GOOD}
    pages['/'] = review_page([], links=GOOD + list(bad))
    return Site({**pages, **bad}, **site)


class CrawlCase(ScratchCase):
    """Crawls of one configuration, hours apart from each other."""

    def setUp(self):
        super().setUp()
        self.hours, self.failures, self.reasons = 0, {}, {}

    def configure(self, *sites, watches='', extra='', **options):
        watches += ''.join(watch('pages', url=site.origin + '/', match='all') for site in sites)
        text = configuration('http://127.0.0.1:1', watches, extra=QUICK + extra, **options)
        hosts = json.dumps([f'{site.host}:{site.port}' for site in sites])
        self.write('testigo.toml', text.replace('["127.0.0.1:1"]', hosts))

    def words(self, *more):
        now = START + datetime.timedelta(hours=self.hours)
        self.hours += 4
        return 'crawl', '--all', '--json', '--now', now.strftime('%Y-%m-%dT%H:%M:%SZ'), *more

    def crawl(self, *more, codes=(0, 5), **options):
        answer = self.cli(*self.words(*more), **options)
        self.assertIn(answer.code, codes, answer.err + answer.out)
        summary = answer.json()
        for kind, count in summary['failures'].items():
            self.failures[kind] = self.failures.get(kind, 0) + count
        summary['exit'] = answer.code
        return summary

    def crawl_to_the_end(self, most=6):
        """Again and again, hours apart, until nothing waits any more: all attempts are used up."""
        for _ in range(most):
            summary = self.crawl()
            if summary['left'] == 0:
                return summary
        self.fail(f'{summary["left"]} requests wait after {most} crawls')

    def texts(self):
        return sorted(row['text'] for row in self.sql('SELECT text FROM v_mentions'))

    def texts_of(self, paths):
        return sorted(f'Acme {path.strip("/")} is a kettle that I like' for path in paths)

    def ledger(self):
        """reason → requests, over all runs."""
        return {row['reason']: row['n'] for row in
                self.sql('SELECT reason, sum(requests) AS n FROM v_coverage_reasons GROUP BY reason')}

    def assert_sound(self):
        verified = self.cli('evidence', 'verify', '--json')
        self.assertEqual(verified.code, 0, verified.err + verified.out)
        doctor = self.cli('doctor', '--deep', '--json')
        self.assertTrue(all(row['good'] for row in doctor.json()), doctor.out)


class FaultyPages(CrawlCase):
    # path → what happens there, and how the ledger calls it; None: it is read for what it is worth.
    FAULTS = {
        '/reset': (web_site.reset_in_body, 'reset'),
        '/hang-up': (web_site.hang_up, 'reset'),
        '/loris': (web_site.header_by_drops, 'timeout'),
        '/drops': (web_site.body_by_drops, 'timeout'),
        '/endless': (web_site.body_without_end, 'too_large'),
        '/too-long': (web_site.length_too_long, 'bad_content_length'),
        '/too-short': (web_site.length_too_short, None),
        '/chunks': (web_site.chunks_of_garbage, 'bad_encoding'),
        '/no-http': (web_site.no_http, 'protocol'),
        '/gzip-cut': (web_site.packed(gzip.compress(b'<p>cut ' * 9000)[:60]), 'bad_encoding'),
        '/gzip-none': (web_site.packed(b'not packed at all'), 'bad_encoding'),
        '/bomb': (web_site.packed(gzip.compress(bytes(50_000_000), 9)), 'too_large'),
        '/redirect': (Reply(status=302, headers=[('Location', '/redirect/1')]), 'redirect loop'),
        '/error': (Reply('Oh no', 500), 'http 500'),
    }

    def test_each_is_named_the_others_come_in_and_the_next_crawl_brings_the_rest(self):
        bad = {path: fault for path, (fault, _) in self.FAULTS.items()}
        chain = {f'/redirect/{i}': Reply(status=302, headers=[('Location', f'/redirect/{i + 1}')]) for i in range(1, 10_000)}
        with shop(bad) as site:
            site.pages.update(chain)
            self.configure(site, extra='max_time = "6s"\n')
            first = self.crawl()
            self.assertEqual(first['exit'], 5)
            self.assertEqual(self.texts(), self.texts_of(GOOD), 'good pages do not suffer')
            last = self.crawl_to_the_end()
            kinds = {kind for _, kind in self.FAULTS.values() if kind}
            self.assertEqual(kinds - set(self.failures), set(), self.failures)
            self.assertEqual(kinds - set(self.ledger()), set(), self.ledger())
            shown = [row['reasons'] for row in self.cli('status', '--json').json()['coverage']]
            self.assertEqual(shown, [row['reasons'] for row in last['coverage']], 'of the last run')
            self.assertTrue(kinds & set(shown[0]), shown)
            hops = [path for path in site.paths() if path.startswith('/redirect/')]
            self.assertLess(len(hops), 100, 'a chain is not followed to its end')
            self.assertEqual(self.texts(), self.texts_of(GOOD))
            self.assert_sound()

            site.pages.update({path: page_of(path) for path in bad})
            mended = self.crawl_to_the_end()
            self.assertEqual(mended['exit'], 0, mended)
            self.assertEqual(self.texts(), self.texts_of(GOOD + list(bad)))
            self.assert_sound()


class FaultyHosts(CrawlCase):
    def test_half_the_hosts_are_down(self):
        sites = [shop(host=f'127.0.0.{i}') for i in range(2, 10)]
        up, down = sites[::2], sites[1::2]
        for site in down:
            site.__exit__()
        try:
            self.configure(*sites, extra='max_time = "4s"\n')
            first = self.crawl()
            self.assertEqual(first['exit'], 5)
            self.assertEqual(self.texts(), sorted(self.texts_of(GOOD) * len(up)))
            last = self.crawl_to_the_end()
            self.assertEqual(last['exit'], 5)
            self.assertIn('connect', self.failures)
            self.assertIn('connect', self.ledger())
            again = [shop(host=site.host, port=site.port) for site in down]
            self.crawl_to_the_end()
            self.assertEqual(self.texts(), sorted(self.texts_of(GOOD) * len(sites)))
            self.assert_sound()
            for site in again:
                site.__exit__()
        finally:
            for site in up:
                site.__exit__()

    def test_names_that_nobody_has_and_certificates_that_nobody_signed(self):
        key, certificate = self.folder / 'key.pem', self.folder / 'certificate.pem'
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                        '-days', '2', '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', certificate],
                       check=True, capture_output=True)
        with shop() as site, shop() as sealed:
            sealed.with_tls(certificate, key)
            self.configure(site, sealed, extra='max_time = "4s"\n',
                           watches=watch('pages', url='http://no-such-name.invalid/', match='all'))
            first, last = self.crawl(), self.crawl_to_the_end()
            self.assertEqual((first['exit'], last['exit']), (5, 5))
            self.assertEqual(self.texts(), self.texts_of(GOOD))
            self.assertRegex('\n'.join(first['messages']), f'(?m)^{sealed.origin}/.*: tls: .*certificate')
            self.assertRegex('\n'.join(last['messages']), '(?m)^http://no-such-name.invalid/.*: dns: .*no-such-name.invalid')
            for kind in ('tls', 'dns'):
                self.assertIn(kind, self.failures)
                self.assertIn(kind, self.ledger())
            self.assertEqual(sealed.asked, [], 'nothing is said to a stranger')
            self.assert_sound()

    def test_a_site_that_asks_for_patience_gets_it(self):
        asked = []

        def busy(seconds, status, written):
            def answer(connection, path):
                asked.append((path, time.monotonic()))
                if len([p for p, _ in asked if p == path]) > 1:
                    site.pages[path] = page_of(path)
                wait = str(seconds) if written == 'seconds' else email.utils.formatdate(time.time() + seconds, usegmt=True)
                connection.sendall(f'HTTP/1.1 {status} Busy\r\nRetry-After: {wait}\r\nContent-Length: 0\r\n\r\n'.encode())
            return answer

        bad = {'/busy': busy(2, 503, 'seconds'), '/often': busy(3, 429, 'date')}
        with shop(bad) as site:
            self.configure(site)
            # Dates are the server's, and so the clock must be ours.
            answer = self.cli('crawl', '--all', '--json')
            self.assertEqual(answer.code, 0, answer.out)
            self.assertEqual(self.texts(), self.texts_of(GOOD + list(bad)))
            for path in bad:
                times = [when for name, when in asked if name == path]
                self.assertGreaterEqual(times[1] - times[0], 1.8, f'{path} was asked too soon')
            self.assert_sound()

    def test_a_robots_file_that_fails_closes_the_site_until_it_is_mended(self):
        with shop() as open_site, shop(host='127.0.0.2') as site:
            site.pages['/robots.txt'] = Reply('Oh no', 503)
            self.configure(open_site, site, extra='max_time = "3s"\n')
            self.assertEqual(self.crawl()['exit'], 5)
            self.assertEqual(self.crawl_to_the_end()['exit'], 5)
            self.assertEqual(set(site.paths()), {'/robots.txt'})
            self.assertEqual(self.texts(), self.texts_of(GOOD))
            self.assertTrue(any('robots' in reason for reason in self.ledger()), self.ledger())
            site.pages['/robots.txt'] = NOTHING
            self.crawl_to_the_end()
            self.assertEqual(self.texts(), sorted(self.texts_of(GOOD) * 2))
            self.assert_sound()


    def test_where_all_must_wait_progress_and_status_say_until_when(self):
        with shop() as site:
            for path in GOOD:
                site.pages[path] = Reply('', 503, headers=[('Retry-After', '3')])
            self.configure(site, extra='max_time = "2s"\n')
            answer = self.cli(*self.words('--progress', 'json'))
            self.assertEqual(answer.code, 5, answer.err)
            paused = [json.loads(line)['paused_ms'] for line in answer.err.splitlines() if line.startswith('{')]
            self.assertTrue(any(left and 0 < left <= 3000 for left in paused), paused)
            for path in GOOD:
                site.pages[path] = Reply('', 503, headers=[('Retry-After', '7200')])
            at = START + datetime.timedelta(hours=self.hours)
            self.crawl(codes=(5,))
            due = self.cli('status', '--json').json()['watches'][0]['due']
            wait = datetime.datetime.fromisoformat(due.replace('Z', '+00:00')) - at
            self.assertGreater(wait, datetime.timedelta(hours=1.9), 'the host asked for two hours')

    def test_a_robots_file_that_asks_for_patience_gets_it(self):
        for status in (429, 503):
            with self.subTest(status), shop() as site:
                site.pages['/robots.txt'] = Reply('', status, headers=[('Retry-After', str(5 * 3600))])
                self.configure(site)
                db = ('--db', f'{status}.db')
                self.crawl(*db)
                asked = len(site.asked)
                self.crawl(*db)
                self.assertEqual(site.asked[asked:], [], 'four hours later')
                self.assertEqual(set(site.paths()), {'/robots.txt'})
                site.pages['/robots.txt'] = NOTHING
                self.crawl(*db)
                self.assertIn(GOOD[0], site.paths())

    def test_the_gap_holds_between_the_rules_and_what_follows(self):
        times = []

        def noting(reply):
            def answer(connection, _):
                times.append(time.monotonic())
                connection.sendall(f'HTTP/1.1 {reply.status} -\r\nContent-Type: text/html\r\n'
                                   f'Content-Length: {len(reply.body)}\r\n\r\n'.encode() + reply.body)
            return answer

        with shop() as site:
            site.pages['/robots.txt'] = noting(NOTHING)
            site.pages['/'] = noting(review_page([]))
            self.configure(site)
            text = (self.folder / 'testigo.toml').read_text()
            self.write('testigo.toml', text.replace('ignore_gap_on_allowed_hosts = true\n', '').replace('gap = 0.0', 'gap = 0.5'))
            self.crawl()
            self.assertEqual(len(times), 2)
            self.assertGreaterEqual(times[1] - times[0], 0.45)

    def test_rules_that_nobody_can_read_close_the_site(self):
        rules = b'User-agent: *\nDisallow: /cellar\n' * 99
        for coding, body in (('gzip', gzip.compress(rules)[:-12]), ('compress', rules)):
            with self.subTest(coding), shop() as site:
                site.pages['/robots.txt'] = Reply(body, headers=[('Content-Encoding', coding)])
                self.configure(site, extra='max_time = "3s"\n')
                self.assertEqual(self.crawl()['exit'], 5)
                self.assertEqual(set(site.paths()), {'/robots.txt'})

    def test_rules_that_come_compressed_are_read_to_their_bound(self):
        drawn = random.Random(5)
        others = ''.join(f'Disallow: /{drawn.getrandbits(150):x}\n' for _ in range(16_000))
        with shop() as site:
            rules = f'User-agent: *\nDisallow: {GOOD[0]}\n{others}'
            self.assertGreater(len(rules), 512_000)
            site.pages['/robots.txt'] = Reply(gzip.compress(rules.encode()), headers=[('Content-Encoding', 'gzip')])
            self.configure(site)
            self.crawl_to_the_end()
            self.assertNotIn(GOOD[0], site.paths())
            self.assertEqual(self.texts(), self.texts_of(GOOD[1:]))


class FullDisk(CrawlCase):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / 'disk'
        self.disk.mkdir()
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', self.disk], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest('a small tmpfs cannot be mounted here: ' + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ['umount', self.disk], check=False)

    def test_a_full_disk_is_said_and_the_crawl_goes_on_when_there_is_room(self):
        paths = [f'/kettle-{i}' for i in range(150)]
        pages = {path: review_page([review(f'Acme {path[1:]} {os.urandom(2000).hex()}', author=f'Reader {k}') for k in range(4)])
                 for path in paths}
        with Site({'/': review_page([], links=paths), **pages}) as site:
            self.configure(site)
            shutil.move(self.folder / 'testigo.toml', self.disk)
            answer = testigo(*self.words(), cwd=self.disk)
            self.assertEqual(answer.code, 1, answer.out)
            self.assert_one_line(answer.err)
            self.assertRegex(answer.err, r'(?i)full|space')
            subprocess.run(['mount', '-o', 'remount,size=4g', self.disk], check=True)
            self.folder, scratch = self.disk, self.folder
            try:
                self.crawl(codes=(0,))
                self.assertEqual(len(self.texts()), 4 * len(paths))
                self.assert_sound()
            finally:
                self.folder = scratch


class Unreachable(CrawlCase):
    def test_whoever_is_interrupted_while_it_waits_hears_what_for(self):
        with Site() as site:
            self.configure(site)
        process = subprocess.Popen([BINARY, *self.words('--progress', 'json')], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while json.loads(process.stderr.readline())['paused_ms'] is None:
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 130, err[-2000:])
        self.assertRegex('\n'.join(json.loads(out)['messages']), r'^2 requests wait after a failed attempt: connect: .*connect')


class HeldStore(CrawlCase):
    # Whoever waits for a lock by SQLite's habit gives up before this.
    SECONDS = 30 if SOAK else 12

    def test_a_database_that_another_program_holds_is_waited_for(self):
        paths = [f'/kettle-{i}' for i in range(100)]
        with Site({'/': review_page([], links=paths), **{path: page_of(path) for path in paths}}, delay=0.02) as site:
            self.configure(site, extra='connections = 2\n')
            self.cli('status', '--json')
            process = subprocess.Popen([BINARY, *self.words('--progress', 'json')], cwd=self.folder,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stderr.readline()
            other = sqlite3.connect(self.folder / 'testigo.db', timeout=10, isolation_level=None)
            other.execute('BEGIN IMMEDIATE')
            time.sleep(self.SECONDS)
            self.assertIsNone(process.poll(), 'it gave up')
            other.execute('ROLLBACK')
            other.close()
            out, err = process.communicate(timeout=TIMEOUT)
            self.assertEqual(process.returncode, 0, err[-2000:])
            self.assertEqual(json.loads(out)['left'], 0)
            self.assertEqual(self.texts(), self.texts_of(paths))
            self.assert_sound()

    def begin(self, paths, *words, **options):
        """A crawl of a site that leads to `paths`, past its first answers."""
        process = subprocess.Popen([BINARY, *self.words('--progress', 'json', *words)], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        while json.loads(process.stderr.readline())['pages'] < len(paths) // 10:
            pass
        return process

    def hold(self):
        other = sqlite3.connect(self.folder / 'testigo.db', timeout=10, isolation_level=None)
        other.execute('BEGIN IMMEDIATE')
        return other

    def test_who_interrupts_while_the_database_is_held_need_not_wait(self):
        paths = [f'/kettle-{i}' for i in range(60)]
        for name in ('SIGINT', 'SIGTERM', 'SIGHUP'):
            with self.subTest(name), Site({'/': review_page([], links=paths), **{path: page_of(path) for path in paths}},
                                          delay=0.02) as site:
                for old in self.folder.glob('testigo.db*'):
                    old.unlink()
                self.configure(site, extra='connections = 2\n')
                process = self.begin(paths)
                other = self.hold()
                time.sleep(0.5)
                begun = time.monotonic()
                process.send_signal(getattr(signal, name))
                out, err = process.communicate(timeout=TIMEOUT)
                self.assertLess(time.monotonic() - begun, 5)
                self.assertEqual(process.returncode, 130, err[-2000:])
                summary = json.loads(out)
                self.assertTrue(summary['interrupted'])
                self.assertGreater(summary['left'], 0)
                self.assertTrue(any('locked' in line for line in summary['messages']), summary['messages'])
                other.execute('ROLLBACK')
                other.close()
                self.assertEqual(self.crawl(codes=(0,))['left'], 0)
                self.assertEqual(self.texts(), self.texts_of(paths))
                self.assert_sound()

    def test_a_signal_that_is_sent_twice_at_once_is_one(self):
        paths = [f'/kettle-{i}' for i in range(60)]
        with Site({'/': review_page([], links=paths), **{path: page_of(path) for path in paths}}, delay=0.02) as site:
            self.configure(site, extra='connections = 2\n')
            process = self.begin(paths)
            for _ in range(2):  # as timeout(1) does, to the process and to its group
                process.send_signal(signal.SIGTERM)
                time.sleep(0.02)
            out, err = process.communicate(timeout=TIMEOUT)
            self.assertEqual(process.returncode, 130, err[-2000:])
            self.assertTrue(json.loads(out)['interrupted'])

    def wait_until_it_works(self, process):
        """Until it has the database open, and then a little."""
        database = str(self.folder / 'testigo.db')
        while process.poll() is None:
            with contextlib.suppress(OSError):
                if database in map(os.readlink, pathlib.Path(f'/proc/{process.pid}/fd').iterdir()):
                    break
            time.sleep(0.1)
        time.sleep(0.5)

    def test_an_interrupt_before_anything_was_begun_says_how_to_go_on(self):
        with Site({'/': page_of('/')}) as site:
            self.configure(site)
            self.crawl()
            other = self.hold()
            process = subprocess.Popen([BINARY, *self.words()], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.wait_until_it_works(process)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=TIMEOUT)
            other.close()
            self.assertEqual(process.returncode, 130, err)
            self.assert_one_line(err.decode())
            self.assertIn('the same command goes on', err.decode())

    def test_a_hangup_that_nohup_ignores_stops_nothing(self):
        paths = [f'/kettle-{i}' for i in range(60)]
        with Site({'/': review_page([], links=paths), **{path: page_of(path) for path in paths}}, delay=0.02) as site:
            self.configure(site, extra='connections = 2\n')
            process = self.begin(paths, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
            process.send_signal(signal.SIGHUP)
            out, err = process.communicate(timeout=TIMEOUT)
            self.assertEqual(process.returncode, 0, err[-2000:])
            self.assertEqual(json.loads(out)['left'], 0)


class JumpingClock(CrawlCase):
    @unittest.skipIf(FAKETIME is None, 'libfaketime is not installed')
    def test_a_clock_that_is_set_back_or_forth_costs_nothing(self):
        for jump in ('-2h', '+3d'):
            with self.subTest(jump):
                self.check(jump)

    def test_a_clock_that_is_set_back_between_two_crawls_stops_nothing(self):
        with shop() as site:
            self.hours = 12
            self.configure(site, extra='max_pages = 3\n')
            self.assertEqual(self.crawl()['exit'], 5)
            self.hours = 0
            self.configure(site)
            self.assertEqual(self.crawl()['exit'], 0)
            self.assertEqual(self.texts(), self.texts_of(GOOD))

    def check(self, jump):
        paths = [f'/kettle-{i}' for i in range(60)]
        db = f'jumped{jump}.db'
        offset = self.write('offset', '+0\n')
        # jemalloc asks for the time while it starts, and libfaketime for memory: the allocators of C and
        # C++ come before it, lest the two wait for each other.
        preloaded = f'{FAKETIME}:libstdc++.so.6:libc.so.6'
        environment = {**os.environ, 'LD_PRELOAD': preloaded, 'FAKETIME_TIMESTAMP_FILE': str(offset),
                       'FAKETIME_NO_CACHE': '1', 'FAKETIME_DONT_FAKE_MONOTONIC': '1', 'DONT_FAKE_MONOTONIC': '1'}
        with Site({'/': review_page([], links=paths), **{path: page_of(path) for path in paths}}, delay=0.03) as site:
            self.configure(site, extra='connections = 2\n')
            process = subprocess.Popen([BINARY, 'crawl', '--all', '--json', '--progress', 'json', '--db', db], cwd=self.folder,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
            process.stderr.readline()
            offset.write_text(jump + '\n')
            out, err = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 0, err[-2000:])
        self.assertEqual(json.loads(out)['left'], 0)
        texts = sorted(row['text'] for row in self.sql('SELECT text FROM v_mentions', db=db))
        self.assertEqual(texts, self.texts_of(paths))
        runs = self.sql("SELECT unixepoch(ended) - unixepoch(started) AS seconds FROM v_runs", db=db)
        self.assertGreater(abs(runs[0]['seconds']), 3600, 'the clock did not jump')
        self.assertEqual(self.cli('evidence', 'verify', '--db', db).code, 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
