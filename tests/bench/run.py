"""Runs the benchmarks on a build and prints the report. `scripts/bench` builds and calls this."""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import tempfile

import loopback
from measure import cost_of, interleaved, output_of

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = ['python3', '-B']
TEXT_MEGABYTES = 3
CONNECTIONS = 64
ROUNDS = 5  # of fetching alone: one is over too soon to be timed well
DEBIAN_PYTHON = '/usr/bin/python3'  # the one that python3-scrapy is installed for
MANY_BRANDS = 1000
SCRAPY_PAGES = 5000  # it takes minutes where others take seconds, and as long for each page
MEMORY_PAGES = (5_000, 50_000)
EXTRACT_PAGES = 400
EXTRACT_ITEMS = 500  # of a feed and of a JSON answer
PEER_SECONDS = 2     # that a feed reader is given each time


PARTS = ('classify', 'extract', 'crawl', 'frontier', 'store')
MENTIONS = 1_000_000  # to ask about, unless --rows says otherwise
QUESTIONS = 20        # of each kind
BRANDS = ('brumiva', 'halvorn', 'ostrine', 'pelluno', 'quarvo', 'tessivel')  # many_mentions.cpp


def heading(title, *columns):
    print(f'\n{title:<44}' + ''.join(f'{column:>15}' for column in columns), flush=True)


def row(name, *cells):
    print(f'  {name:<42}' + ''.join(f'{cell:>15}' for cell in cells), flush=True)


def times(ratio):
    return f'{ratio:.3g} ×'


# Their queries have words, phrases, NEAR and NOT, some of them words that every page has.
def other_brands(count):
    return ''.join(f'''[brand.other{i}]
name = "Other{i}"
query = '"velora {i}" OR quarry{i} OR (kettle NEAR/4 zz{i}) NOT "model {i}"'
''' for i in range(count))


class Bench:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.testigo = options.build / 'testigo'

    def tool(self, name):
        return self.options.build / 'tests/bench' / name

    def google(self, name, argument, *figures):
        """Medians of these figures of a Google Benchmark program, by benchmark."""
        report = json.loads(output_of([
            self.tool(name), argument, '--benchmark_format=json',
            f'--benchmark_repetitions={self.options.repetitions}',
            '--benchmark_enable_random_interleaving=true', '--benchmark_min_time=0.2']))
        runs = [entry for entry in report['benchmarks'] if entry['run_type'] == 'iteration']
        names = {entry['run_name'].split('/')[0] for entry in runs}
        of = {name: [entry for entry in runs if entry['run_name'].split('/')[0] == name] for name in names}
        return {name: {figure: statistics.median(entry[figure] for entry in of[name])
                       for figure in figures if figure in of[name][0]} for name in names}

    # classify

    def classify(self):
        sets = [('demo posts (en, es, ro)', ROOT / 'data/demo/posts.jsonl', [])]
        shared = self.options.shared / 'corpus/airline_tweets/dev.jsonl'
        if shared.exists():
            sets.append(('airline tweets (en)', shared, ['en']))
        for name, source, language in sets:
            texts = self.scratch / 'texts.jsonl'
            size = int(output_of([*PYTHON, HERE / 'make_texts.py', source, texts, TEXT_MEGABYTES, *language])) / 1e6
            heading(f'classify: {name}, {size:.1f} MB', 'MB/CPU s', 'against', 'peak MB')
            self.classify_whole(texts, size)
            self.classify_inside(texts)

    def classify_whole(self, texts, size):
        one_text = self.scratch / 'one.jsonl'
        one_text.write_text('{"id": "1", "text": "Fine."}\n')
        programs = {
            'testigo': lambda: cost_of([self.testigo, 'classify', texts]),
            'explain': lambda: cost_of([self.testigo, 'classify', texts, '--explain']),
            'start': lambda: cost_of([self.testigo, 'classify', one_text]),
        }
        if (HERE / 'node_modules/vader-sentiment').is_dir():
            programs['vader'] = lambda: cost_of(['node', HERE / 'vader.js', texts])
        costs = interleaved(self.options.repetitions, **programs)
        speed = {name: size / cost.cpu for name, cost in costs.items()}
        vader = speed.get('vader')
        names = {'testigo': 'testigo classify', 'explain': 'testigo classify --explain', 'vader': 'node vader-sentiment'}
        for name in [key for key in names if key in costs]:
            row(names[name], f'{speed[name]:.2f}',
                '–' if name == 'vader' or vader is None else times(speed[name] / vader) + ' vader', f'{costs[name].peak:.0f}')
        if vader is None:
            row('node vader-sentiment is not installed')
        row('of which the start, to the first answer', f'{costs["start"].cpu * 1000:.0f} ms')

    def classify_inside(self, texts):
        medians = self.google('classify_bench', texts, 'bytes_per_second')
        speed = {name: entry['bytes_per_second'] / 1e6 for name, entry in medians.items()}
        row('in-process, classifier', f'{speed["classify"]:.2f}', times(speed['classify'] / speed['bare']) + ' bare')
        row('in-process, with reasons', f'{speed["explain"]:.2f}', times(speed['explain'] / speed['bare']) + ' bare')
        row('in-process, as one text, of 1 MiB at most', f'{speed["one_text"]:.2f}', times(speed['one_text'] / speed['classify']) + ' texts')
        row('in-process, two threads, by the clock', f'{speed["two_threads"]:.2f}',
            times(speed['two_threads'] / speed['one_thread']) + ' one')
        row('bare loop: cut at blanks, 10,000 terms', f'{speed["bare"]:.0f}', '–')

    # extract

    def extract(self):
        folder = self.scratch / 'answers'
        shutil.rmtree(folder, ignore_errors=True)
        output_of([*PYTHON, HERE / 'make_pages.py', folder / 'site', EXTRACT_PAGES, 'https://shop.example'])
        output_of([*PYTHON, HERE / 'make_answers.py', folder, EXTRACT_ITEMS])
        for page in (folder / 'site/web/shop').rglob('*.html'):
            page.rename(folder / page.name)
        medians = self.google('extract_bench', folder, 'bytes_per_second', 'items_per_second')
        heading('extract: bytes to posts, in-process', 'MB/CPU s', 'against', 'posts/CPU s')
        names = {'page_tree': ('HTML pages that need the tree', 'Gumbo, parse and walk'),
                 'page_plain': ('HTML pages that do not', 'Gumbo, parse and walk'),
                 'feed': ('a feed', 'libxml2, parse and walk'), 'json': ('a JSON answer', 'simdjson on demand')}
        for name, (what, parser) in names.items():
            mine, bare = medians[name], medians[f'{name}_bare']
            row(what, f'{mine["bytes_per_second"] / 1e6:.0f}',
                times(mine['bytes_per_second'] / bare['bytes_per_second']), f'{mine["items_per_second"]:,.0f}')
            row(f'  bare {parser}', f'{bare["bytes_per_second"] / 1e6:.0f}', '–')
        self.feed_peers(folder / 'feed.xml', medians['feed']['items_per_second'])

    def feed_peers(self, feed, entries):
        peers = {'python3-feedparser': [DEBIAN_PYTHON, '-B', HERE / 'feed_peer.py'],
                 'npm rss-parser, warm': ['node', HERE / 'feed_peer.js']}
        for name, command in peers.items():
            try:
                peer = statistics.median(float(output_of([*command, feed, PEER_SECONDS]))
                                         for _ in range(self.options.repetitions))
            except subprocess.CalledProcessError:
                row(f'{name} is not installed')
                continue
            row(name, '', times(entries / peer) + ' it', f'{peer:,.0f}')

    # crawl

    def crawl(self):
        pages = self.options.pages
        with self.web(pages) as (origin, reviews, size):
            urls, often = self.scratch / 'site/urls.txt', self.scratch / 'urls.txt'
            # The same pages under new addresses: a frontier asks none twice.
            often.write_text(''.join(f'{url}?round={i}\n' for i in range(ROUNDS) for url in urls.read_text().split()))
            costs = interleaved(
                self.options.repetitions,
                bare=lambda: cost_of([self.tool('bare_fetch'), often, CONNECTIONS]),
                fetch=lambda: self.fetch_once(often),
                testigo=lambda: self.crawl_once(origin, pages),
                brands=lambda: self.crawl_once(origin, pages, MANY_BRANDS),
                **self.scrapy(origin, pages))
        for name in ('bare', 'fetch'):
            costs[name].cpu /= ROUNDS
            costs[name].wall /= ROUNDS
        heading(f'crawl: {pages:,} pages, {size / 1e6:.0f} MB, {reviews:,} reviews, {CONNECTIONS} connections',
                'CPU s/1000', 'pages/s', 'peak MB')
        names = {'bare': 'bare libcurl multi', 'fetch': 'testigo, frontier, robots and transfers alone',
                 'testigo': 'testigo crawl, all the way to the store',
                 'brands': f'the same with {MANY_BRANDS:,} brand queries', 'scrapy': 'Scrapy, stores nothing'}
        for name in [name for name in names if name in costs]:
            cost, asked = costs[name], min(pages, SCRAPY_PAGES) if name == 'scrapy' else pages
            cost.cpu, cost.wall = cost.cpu / asked * 1000, cost.wall / asked * 1000
            row(names[name], f'{cost.cpu:.3f}', f'{1000 / cost.wall:.0f}', f'{cost.peak:.0f}')
        row('fetch alone against bare', times(costs['fetch'].cpu / costs['bare'].cpu),
            f'{costs["bare"].wall / costs["fetch"].wall:.0%}')
        row(f'{MANY_BRANDS:,} brand queries against one', times(costs['brands'].cpu / costs['testigo'].cpu))
        if 'scrapy' in costs:
            row('Scrapy against testigo crawl', times(costs['scrapy'].cpu / costs['testigo'].cpu),
                times(costs['scrapy'].wall / costs['testigo'].wall))
        self.check_mentions(reviews)
        if self.options.memory:
            self.memory()
        self.demo()

    # A web of that many pages on loopback: its origin, its reviews, its bytes.
    @contextlib.contextmanager
    def web(self, pages):
        site = self.scratch / 'site'
        shutil.rmtree(site, ignore_errors=True)
        with loopback.nginx(self.scratch / 'nginx', site / 'web') as origin:
            made = output_of([*PYTHON, HERE / 'make_pages.py', site, pages, origin])
            yield origin, *map(int, made.split())

    def scrapy(self, origin, pages):
        if subprocess.run([DEBIAN_PYTHON, '-c', 'import scrapy'], stderr=subprocess.DEVNULL, check=False).returncode != 0:
            row('Scrapy is not installed')
            return {}
        spider = [DEBIAN_PYTHON, '-B', HERE / 'review_spider.py', origin, CONNECTIONS, min(pages, SCRAPY_PAGES)]
        return {'scrapy': lambda: cost_of(spider)}

    def fetch_once(self, urls):
        folder = self.scratch / 'fetch'
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return cost_of([self.tool('fetch_bench'), urls, CONNECTIONS, folder])

    def check_mentions(self, reviews):
        mentions = self.count_mentions()
        if mentions != reviews:
            row(f'of {reviews:,} reviews, {mentions:,} were stored')

    # What a crawl takes at its most, once each: memory is steady where time is not.
    def memory(self):
        heading('memory of a crawl', 'pages', 'peak MB', 'against')
        peaks = []
        for pages in MEMORY_PAGES:
            with self.web(pages) as (origin, reviews, _):
                peaks.append(self.crawl_once(origin, pages).peak)
            row('testigo crawl, all the way to the store', f'{pages:,}', f'{peaks[-1]:.0f}', times(peaks[-1] / peaks[0]))
            self.check_mentions(reviews)

    # frontier

    def frontier(self):
        heading(f'frontier: {self.options.urls:,} URLs queued, leased and done', 'µs CPU a URL', 'bytes a URL', 'memory MB')
        for line in output_of([self.tool('frontier_bench'), self.options.urls]).splitlines():
            cost = json.loads(line)
            row(cost['shape'], f'{cost["us_per_url"]:.2f}', f'{cost["file_bytes_per_url"]:.0f}', f'{cost["memory_mb"]:.0f}')

    def crawl_once(self, origin, pages, brands=1):
        folder = self.scratch / 'crawl'
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        port = origin.rsplit(':', 1)[1]
        (folder / 'testigo.toml').write_text(f'''contact = "mailto:bench@example.com"
[fetch]
allow_hosts = ["127.0.0.1:{port}"]
ignore_gap_on_allowed_hosts = true
gap = 0.0
connections = {CONNECTIONS}
connections_per_host = {CONNECTIONS}
max_pages = {pages + 1000}
max_per_host_daily = {pages + 1000}
max_bytes = {10 ** 12}
[brand.brumiva]
name = "Brumiva"
[[brand.brumiva.watch]]
source = "pages"
match = "all"
url = ["{origin}/index.html"]
{other_brands(brands - 1)}''')
        return cost_of([self.testigo, 'crawl', '--all'], cwd=folder)

    def count_mentions(self):
        answer = output_of([self.testigo, 'sql', 'SELECT count(*) AS n FROM v_mentions', '--format', 'jsonl'],
                           cwd=self.scratch / 'crawl')
        return json.loads(answer)['n']

    def demo(self):
        cost = interleaved(self.options.repetitions,
                           demo=lambda: cost_of([self.testigo, 'demo', '--dir', self.scratch / 'demo']))['demo']
        heading('demo: testigo demo, web and crawl in one', 'CPU s', 'wall s', 'peak MB')
        row('testigo demo', f'{cost.cpu:.2f}', f'{cost.wall:.2f}', f'{cost.peak:.0f}')

    # store

    def store(self):
        medians = self.google('store_bench', self.options.rows, 'items_per_second', 'real_time')
        def rate(name):
            return medians[name]['items_per_second']
        def wall(name):
            return self.options.rows / (medians[name]['real_time'] / 1e3)
        heading(f'store: {self.options.rows:,} posts of 1 KB with their reasons', 'rows/CPU s', 'rows/s', 'ingest against')
        row('store::ingest, prepared posts', f'{rate("ingest"):,.0f}', f'{wall("ingest"):,.0f}')
        for name, words in (('same_tables', 'bare SQLite: the same tables, FTS5, upserts'),
                            ('plain', 'bare SQLite: one plain table')):
            row(words, f'{rate(name):,.0f}', f'{wall(name):,.0f}', times(rate('ingest') / rate(name)))
        row('store::prepare, on the workers', f'{rate("prepare"):,.0f}', f'{wall("prepare"):,.0f}')
        cost = self.imported()
        imported = self.options.rows / cost.wall
        row(f'testigo import, a program; {cost.peak:.0f} MB', f'{self.options.rows / cost.cpu:,.0f}', f'{imported:,.0f}')
        row("  its rows/s against the same tables'", '', '', times(imported / wall('same_tables')))

    # From the file to the end of the program, on all processors.
    def imported(self):
        rows = self.scratch / 'rows.jsonl'
        with rows.open('wb') as out:  # not through this program, whose memory a child's peak begins with
            subprocess.run([self.tool('store_bench'), str(self.options.rows), 'jsonl'], stdout=out, check=True)
        folder = self.scratch / 'import'

        def once():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / 'testigo.toml').write_text('contact = "mailto:bench@example.com"\n[brand.acme]\nname = "Acme"\n')
            return cost_of([self.testigo, 'import', rows, '--brand', 'acme', '--source', 'forum'], cwd=folder)
        return interleaved(self.options.repetitions, once=once)['once']

    # insight

    def insight(self):
        posts = self.options.mentions
        few, many = self.asked(posts // 10), self.asked(posts)
        heading(f'insight: {QUESTIONS} questions of each kind, {posts // 10:,} and {posts:,} posts, warm',
                'CPU ms p95', 'ms p95', 'of a tenth', 'against')
        for name, figures in many['inside'].items():
            before = few['inside'][name]
            row(name, f'{figures["cpu_p95"]:.2f}', f'{figures["p95"]:.2f}', f'{before["cpu_p95"]:.2f}',
                times(figures['cpu_p95'] / before['cpu_p95']))
        heading('whole commands, with the start of the program', 'CPU ms p95', 'ms p95', 'of a tenth', 'against')
        for name, (cpu, wall) in many['commands'].items():
            before = few['commands'][name][0]
            row(name, f'{cpu:.1f}', f'{wall:.1f}', f'{before:.1f}', times(cpu / before))
        heading(f'bytes of {many["count"]:,} mentions, 200 bytes of text each', 'a mention', 'of a tenth')
        for name, size in many['bytes'].items():
            row(name, f'{size:.1f}', f'{few["bytes"].get(name, 0):.1f}')

    # A store of so many posts: how long questions take inside of a program and as commands, and its bytes.
    def asked(self, posts):
        folder = self.scratch / 'insight'
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        brands = ''.join(f'[brand.{brand}]\nname = "{brand}"\n' for brand in BRANDS)
        (folder / 'testigo.toml').write_text(f'store = "many.db"\ncontact = "mailto:bench@example.com"\n{brands}')
        output_of([self.tool('insight_bench'), 'build', folder / 'many.db', posts])
        lines = output_of([self.tool('insight_bench'), 'ask', folder / 'many.db', QUESTIONS,
                           *(['slow'] if self.options.slow else [])]).splitlines()
        inside = {line['name']: line for line in map(json.loads, lines)}
        found = {'inside': inside, 'commands': self.whole_commands(folder), **bytes_of(folder / 'many.db')}
        shutil.rmtree(folder)
        return found

    def whole_commands(self, folder):
        commands = {'trend': ('trend',), 'share': ('share',), 'journey': ('journey',), 'brief': ('brief',),
                    'mentions': ('mentions', 'tag:complaint theme:delivery (late OR waiting OR tarde)')}
        costs = {name: [] for name in commands}
        for number in range(QUESTIONS + 1):
            for name, words in commands.items():
                costs[name].append(cost_of([self.testigo, *words, '--brand', BRANDS[number % len(BRANDS)],
                                            '--now', '2026-11-01T00:00:00Z'], cwd=folder))
        return {name: [ninety_fifth([1000 * getattr(cost, figure) for cost in runs[1:]])
                       for figure in ('cpu', 'wall')] for name, runs in costs.items()}


def ninety_fifth(figures):
    return sorted(figures)[(len(figures) * 95 + 99) // 100 - 1]


# Of each table and index, for each mention: those of some weight, and all together.
def bytes_of(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        count, = database.execute('SELECT count(*) FROM mention').fetchone()
        sizes = database.execute('SELECT name, pgsize * 1.0 / ? FROM dbstat WHERE aggregate = 1 ORDER BY 2 DESC', (count,)).fetchall()
    return {'count': count, 'bytes': {'all': sum(size for _, size in sizes),
                                      **{name: size for name, size in sizes if size >= 1}}}


def read_options():
    parser = argparse.ArgumentParser(prog='scripts/bench', description='Speed and memory, as ratios of one run.')
    parser.add_argument('part', nargs='?', default='all', choices=['all', *PARTS, 'insight'],
                        help='all: all but insight, which takes its time')
    parser.add_argument('--repetitions', type=int, default=5, metavar='N', help='of each; medians are shown (5)')
    parser.add_argument('--pages', type=int, default=5000, metavar='N', help='to crawl, up to 50000 (5000)')
    parser.add_argument('--memory', action='store_true', help='also crawl 5,000 and 50,000 pages for their peak memory')
    parser.add_argument('--rows', type=int, metavar='N',
                        help=f'posts to store (10000), or for insight to ask about ({MENTIONS})')
    parser.add_argument('--slow', action='store_true', help='insight: also the questions that read texts')
    parser.add_argument('--urls', type=int, default=1_000_000, metavar='N', help='in the frontier (1000000)')
    parser.add_argument('--build', type=pathlib.Path, default=ROOT / 'build/release', help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.mentions = MENTIONS if options.rows is None else options.rows
    options.rows = 10_000 if options.rows is None else options.rows
    if not 1 <= options.pages <= 50_000 or min(options.repetitions, options.rows, options.urls) < 1:
        parser.error('--pages is 1 to 50000; the others 1 or more')
    options.build = options.build.resolve()
    options.shared = pathlib.Path(os.environ.get('TESTIGO_SHARED', ROOT.parent / 'shared'))
    return options


def main():
    options = read_options()
    print(f'medians of {options.repetitions} interleaved repetitions; {os.cpu_count()} cores, '
          f'load {os.getloadavg()[0]:.1f}')
    with tempfile.TemporaryDirectory(prefix='testigo-bench-') as scratch:
        bench = Bench(options, pathlib.Path(scratch))
        for part in PARTS if options.part == 'all' else [options.part]:
            getattr(bench, part)()


if __name__ == '__main__':
    main()
