"""How a crawl finds its way through a site, where it stops, and what it keeps to itself."""
import contextlib
import gzip
import hashlib
import html
import json
import unittest

from support import FEED, ScratchCase, configuration, rss, watch
from web_site import NOTHING, Reply, Site, review, review_page

XML = 'application/xml'
TOKEN = 'tok-3n-that-nobody-shall-see'


def urlset(*urls):
    return '<?xml version="1.0"?><urlset>' + ''.join(f'<url><loc>{url}</loc></url>' for url in urls) + '</urlset>'


def index_of(*urls):
    return '<?xml version="1.0"?><sitemapindex>' + ''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls) + '</sitemapindex>'


def comment_feed(*names):
    return Reply(rss([(name, f'Acme comment {name} by a reader') for name in names]).replace(b'Acme talk', b'Comments on Acme'), kind=FEED[0][1])


class CrawlCase(ScratchCase):
    def product(self, name, **more):
        return review_page([review(f'Acme {name} works as it should', name)], **more)

    def crawl(self, site, extra='', codes=(0,), env=None, **parameters):
        parameters.setdefault('url', site.origin + '/')
        parameters.setdefault('source', 'pages')
        rest = {name: value for name, value in parameters.items() if name != 'source'}
        self.write('testigo.toml', configuration(site.origin, watch(parameters['source'], match='all', **rest), extra=extra))
        answer = self.cli('crawl', '--all', '--json', env=env)
        self.assertIn(answer.code, codes, answer.err + answer.out)
        self.stderr = answer.err
        return answer.json()

    def found(self):
        return {row['text'].split()[1] for row in self.sql('SELECT text FROM v_mentions') if row['text'].startswith('Acme')}

    def coverage(self, summary, count):
        return sum(row[count] for row in summary['coverage'])

    def reasons(self):
        return {row['reason']: row['requests'] for row in self.sql('SELECT reason, requests FROM v_coverage_reasons')}


class Finding(CrawlCase):
    def test_sitemaps_of_every_kind(self):
        with Site() as site:
            at = site.origin
            site.pages.update({
                '/': Reply('<!doctype html><title>Shop</title>'),
                '/robots.txt': Reply(f'User-agent: *\nDisallow: /cellar\nSitemap: {at}/named.txt\n', kind='text/plain'),
                '/sitemap.xml': Reply(index_of(at + '/part.xml', at + '/packed.xml.gz', at + '/news.rss'), kind=XML),
                '/part.xml': Reply(urlset(at + '/one', at + '/cellar/x'), kind=XML),
                '/packed.xml.gz': Reply(gzip.compress(urlset(at + '/two').encode()), kind='application/gzip'),
                '/news.rss': Reply(f'<rss version="2.0"><channel><item><link>{at}/three</link></item></channel></rss>', kind=XML),
                '/named.txt': Reply(f'{at}/four\n{at}/five\n', kind='text/plain'),
                **{f'/{name}': self.product(name) for name in ('one', 'two', 'three', 'four', 'five')},
                '/cellar/x': self.product('cellar'),
            })
            summary = self.crawl(site)
            self.assertEqual(self.found(), {'one', 'two', 'three', 'four', 'five'})
            self.assertEqual(self.coverage(summary, 'blocked'), 1)
            self.assertNotIn('/cellar/x', site.paths())
            self.assertEqual(len(site.paths()), len(set(site.paths())), 'each is asked once')

    def test_links_a_sitemap_and_several_entries_lead_to_one_request_a_page(self):
        with Site() as site:
            at = site.origin
            links = ''.join(f'<a href="/{name}">{name}</a>' for name in ('one', 'two', 'shop', ''))
            site.pages.update({
                '/': Reply(f'<!doctype html><title>Home</title>{links}'),
                '/shop': Reply(f'<!doctype html><title>Shop</title>{links}'),
                '/sitemap.xml': Reply(urlset(at + '/one', at + '/two', at + '/shop', at + '/'), kind=XML),
                '/one': self.product('one'), '/two': self.product('two'),
            })
            self.crawl(site, url=[at + '/', at + '/shop'])
            self.assertEqual(self.found(), {'one', 'two'})
            self.assertEqual(sorted(site.paths()), sorted(set(site.paths())), 'each is asked once')

    def test_a_replay_of_other_pages_says_that_none_is_a_watchs(self):
        with Site() as site:
            site.pages['/'] = self.product('one')
            self.crawl(site)
            archive, = (self.folder / 'archive').glob('*.warc.gz')
            self.write('testigo.toml', configuration('http://127.0.0.1:9', watch('pages', match='all', url='http://127.0.0.1:9/')))
            answer = self.cli('crawl', '--replay', str(archive), '--db', 'other.db', '--json')
            self.assertEqual(answer.code, 5, answer.err)
            self.assertIn('no first request of any watch is in the archive', answer.json()['messages'])

    def test_a_broken_gzip_sitemap_is_asked_up_to_its_break_and_told(self):
        names = [f'lamp{i}' for i in range(40)]
        with Site() as site:
            at = site.origin
            packed = gzip.compress(urlset(*(f'{at}/{name}?{hashlib.sha256(name.encode()).hexdigest()}' for name in names)).encode())
            wrong_sum = gzip.compress(urlset(at + '/last').encode())
            wrong_sum = wrong_sum[:-8] + bytes(4) + wrong_sum[-4:]
            product = {f'/{name}?{hashlib.sha256(name.encode()).hexdigest()}': self.product(name) for name in names}
            for coded in ([], [('Content-Encoding', 'gzip')]):
                with self.subTest(coded):
                    for old in self.folder.glob('testigo.db*'):
                        old.unlink()
                    site.pages.update({
                        '/': Reply('<!doctype html><title>Shop</title>'),
                        '/sitemap.xml': Reply(index_of(at + '/cut.xml.gz', at + '/sum.xml.gz'), kind=XML),
                        '/cut.xml.gz': Reply(packed[:len(packed) * 2 // 3], kind='application/gzip', headers=coded),
                        '/sum.xml.gz': Reply(wrong_sum, kind='application/gzip', headers=coded),
                        '/last': self.product('last'), **product})
                    summary = self.crawl(site, codes=(5,))
                    found = self.found()
                    self.assertIn('last', found)
                    self.assertGreater(len(found), 5)
                    self.assertLess(len(found), len(names))
                    self.assertEqual(self.coverage(summary, 'failed'), 2)
                    self.assertTrue(any('the sitemap is cut short' in reason for reason in self.reasons()), self.reasons())
                    self.assertTrue(any('/cut.xml.gz: ' in line for line in summary['messages']), summary['messages'])

    def test_feeds_that_pages_offer_and_comment_feeds(self):
        with Site() as site:
            offer = ('<link rel="alternate" type="application/rss+xml" title="News" href="/feed">'
                     '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">')
            item = (f'<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>News</title>'
                    f'<item><guid>n1</guid><title>A post</title><link>{site.origin}/post</link>'
                    f'<wfw:commentRss>{site.origin}/post/feed/</wfw:commentRss></item></channel></rss>')
            site.pages.update({'/': review_page([], head=offer), '/feed': Reply(item, kind=FEED[0][1]),
                               '/comments/feed/': comment_feed('c1'), '/post': self.product('post'),
                               '/post/feed/': comment_feed('c2')})
            self.crawl(site)
            texts = {row['text'] for row in self.sql('SELECT text FROM v_mentions')}
            for name in ('c1', 'c2'):
                self.assertTrue(any(name in text for text in texts), f'{name} of {texts}')
            self.assertIn('post', self.found())

    def test_lists_go_on_by_rel_next_and_by_link_headers(self):
        with Site() as site:
            site.pages.update({
                '/list': self.product('p1', head='<link rel="next" href="/list?page=2">'),
                '/list?page=2': self.product('p2', headers=[('Link', '</list?page=3>; rel="prev next"')]),
                '/list?page=3': self.product('p3'),
            })
            self.crawl(site, url=site.origin + '/list')
            self.assertEqual(self.found(), {'p1', 'p2', 'p3'})

    def test_the_first_page_of_a_list_is_asked_at_one_address(self):
        for first, numbers in ((1, (1, 2, 3, 4)), (0, (0, 1, 2, 3))):
            with self.subTest(first), Site() as site:
                for path in self.folder.glob('testigo.db*'):
                    path.unlink()
                address = {number: f'/list?page={number}&sort=new' for number in numbers}
                for at, number in enumerate(numbers):
                    more = [('next', at + 1)] * (at < 3) + [('prev', at - 1)] * (at > 0)
                    head = ''.join(f'<link rel="{rel}" href="{html.escape(address[numbers[to]])}">' for rel, to in more)
                    page = self.product(f'p{number}', links=address.values(), head=head)
                    site.pages[address[number]] = page
                    if at == 0:
                        site.pages['/list?sort=new'] = page
                self.crawl(site, url=site.origin + '/list?sort=new')
                lists = sorted(path for path in site.paths() if path.startswith('/list'))
                self.assertEqual(lists, [*(address[n] for n in numbers[1:]), '/list?sort=new'])
                self.assertEqual(self.found(), {f'p{number}' for number in numbers})


class Bounds(CrawlCase):
    def chain(self, site, length):
        site.pages.update({f'/{i}': self.product(f'n{i}', links=[f'/{i + 1}']) for i in range(length)})
        site.pages['/'] = review_page([], links=['/0'])

    def test_other_hosts_and_other_paths_are_left_alone(self):
        with Site() as site, Site(host='127.0.0.2') as other:
            other.pages['*'] = self.product('elsewhere')
            site.pages.update({'/shop/': review_page([], links=['/shop/a', '/blog/b', other.origin + '/c', '//' + other.origin[7:] + '/d',
                                                                'javascript:alert(1)', 'mailto:a@example.com', '/shop/../blog/e']),
                               '/shop/a': self.product('a'), '/blog/b': self.product('b'), '/blog/e': self.product('e')})
            self.crawl(site, url=site.origin + '/shop/', path='/shop/')
            self.assertEqual(self.found(), {'a'})
            self.assertEqual(other.asked, [])
            self.assertNotIn('/blog/b', site.paths())

    def test_redirects_lead_no_page_off_its_site(self):
        def to(url):
            return Reply(status=302, headers=[('Location', url)])
        with Site() as site, Site(host='127.0.0.2') as other:
            other.pages['*'] = self.product('elsewhere')
            site.pages.update({'/shop/': review_page([], links=['/shop/away', '/shop/login', '/shop/moved']),
                               '/shop/away': to(other.origin + '/a'), '/shop/login': to('/login'), '/login': self.product('login'),
                               '/shop/moved': to('/shop/here'), '/shop/here': self.product('here')})
            summary = self.crawl(site, url=site.origin + '/shop/', path='/shop/')
            self.assertEqual(self.found(), {'here'})
            self.assertEqual(other.asked, [])
            self.assertNotIn('/login', site.paths())
            self.assertEqual(self.reasons()['leads off the site'], 2)
            self.assertEqual(self.coverage(summary, 'failed') + self.coverage(summary, 'blocked'), 0)

    def test_a_sitemap_may_be_as_large_as_sitemaps_may_be(self):
        with Site() as site:
            large = urlset(site.origin + '/one').replace('</urlset>', f'<!--{"x" * (17 << 20)}--></urlset>')
            site.pages.update({'/': review_page([]), '/sitemap.xml': Reply(large, kind=XML), '/one': self.product('one')})
            self.crawl(site)
            self.assertEqual(self.found(), {'one'})

    def test_depth_is_counted_from_the_beginning(self):
        with Site() as site:
            self.chain(site, 10)
            self.crawl(site, depth='3', codes=(0, 5))
            self.assertEqual(self.found(), {'n0', 'n1', 'n2'})

    def test_a_capped_crawl_says_so_and_the_next_ones_bring_the_rest(self):
        with Site() as site:
            site.pages.update({f'/{i}': self.product(f'n{i}') for i in range(40)})
            site.pages['/'] = review_page([], links=[f'/{i}' for i in range(40)])
            self.crawl(site, extra='max_pages = 10\n', codes=(5,))
            self.assertLess(len(self.found()), 12)
            self.assertIn('max_pages', self.reasons())
            self.crawl(site, codes=(0,))
            self.assertEqual(len(self.found()), 40)

    def test_a_host_has_its_daily_share(self):
        with Site() as site:
            site.pages.update({f'/{i}': self.product(f'n{i}') for i in range(30)})
            site.pages['/'] = review_page([], links=[f'/{i}' for i in range(30)])
            for _ in range(3):
                self.crawl(site, extra='max_per_host_daily = 12\nmax_time = "3s"\n', codes=(5,))
            self.assertLessEqual(len(site.paths()), 16, 'robots.txt and a little besides')


class Refusals(CrawlCase):
    def test_an_address_of_the_own_network_is_refused_with_its_mend(self):
        with Site() as site:
            self.write('testigo.toml', configuration(site.origin, watch('pages', url=site.origin + '/'), allow=False))
            answer = self.cli('crawl')
            self.assertEqual(answer.code, 5, answer.err)
            self.assertIn('refused_address: 127.0.0.1 is loopback; add "127.0.0.1" to allow_hosts of [fetch]', answer.out)
            self.assertIn('testigo crawl --all', answer.out)
            self.assertEqual(site.paths(), [])

    def test_walls_and_closed_doors_stand_in_the_ledger(self):
        with Site() as site:
            wall = Reply('<html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/x.js"></script>',
                         403, headers=[('cf-mitigated', 'challenge'), ('Server', 'cloudflare')])
            site.pages.update({'/': review_page([], links=['/login', '/forbidden', '/wall', '/open']), '/login': Reply('Who?', 401),
                               '/forbidden': Reply('No', 403), '/wall': wall, '/open': self.product('open')})
            summary = self.crawl(site, codes=(5,))
            self.assertEqual(self.found(), {'open'})
            self.assertEqual(self.coverage(summary, 'blocked'), 3, summary['coverage'])
            reasons = self.reasons()
            for word in ('401', '403', 'cloudflare'):
                self.assertTrue(any(word in reason for reason in reasons), f'{word} in {reasons}')
            self.assertIn('blocked', self.cli('status').out)

    def test_pages_that_do_not_want_to_be_kept_are_not(self):
        with Site() as site:
            site.pages.update({'/': review_page([], links=['/meta', '/header', '/named', '/others', '/open']),
                               '/meta': self.product('meta', head='<meta name="robots" content="noindex">'),
                               '/header': self.product('header', headers=[('X-Robots-Tag', 'noarchive')]),
                               '/named': self.product('named', headers=[('X-Robots-Tag', 'testigo: noindex')]),
                               '/others': self.product('others', headers=[('X-Robots-Tag', 'otherbot: noindex')]),
                               '/open': self.product('open')})
            summary = self.crawl(site)
            self.assertEqual(self.found(), {'others', 'open'})
            self.assertEqual(self.coverage(summary, 'refused_by_page'), 3)
            for archive in (self.folder / 'archive').glob('*.warc.gz'):
                kept = gzip.decompress(archive.read_bytes()).decode()
                for name in ('meta', 'header', 'named'):
                    self.assertNotIn(f'Acme {name} works', kept)

    def test_the_status_line_is_archived_as_it_was_sent(self):
        def own_words(connection, _):
            connection.sendall(b'HTTP/1.1 404 Nobody home\r\nContent-Length: 0\r\n\r\n')

        def control_characters(connection, _):
            connection.sendall(b'HTTP/1.1 404 No \x1b[31m\r\nContent-Length: 0\r\n\r\n')

        with Site() as site:
            site.pages.update({'/': review_page([], links=['/own', '/control']), '/own': own_words, '/control': control_characters})
            self.crawl(site)
            records = b''.join(gzip.decompress(path.read_bytes()) for path in (self.folder / 'archive').glob('*.warc.gz'))
            for line in (b'HTTP/1.1 200 OK\r\n', b'HTTP/1.1 404 Nobody home\r\n', b'HTTP/1.1 404 \r\n'):
                self.assertIn(line, records)
            self.assertNotIn(b'\x1b', records)

    def test_cookies_are_taken_from_nobody(self):
        with Site() as site:
            site.pages.update({'/': review_page([], links=['/a'], headers=[('Set-Cookie', 'id=1; Path=/')]), '/a': self.product('a')})
            self.crawl(site)
            self.assertTrue(all('Cookie' not in headers for _, headers in site.asked))

    def test_headers_and_urls_cannot_be_smuggled(self):
        with Site() as site:
            site.pages.update({'/': review_page([], links=['/a\r\nX-Evil: 1', '/b%0d%0aX-Evil:%201', 'http://user:pass@' + site.origin[7:] + '/c']),
                               '/a': self.product('a')})
            self.crawl(site, codes=(0, 5))
            for path, headers in site.asked:
                self.assertNotIn('X-Evil', headers)
                self.assertNotIn('Authorization', headers)
            agent = site.asked[0][1]['User-Agent']
            self.assertIn('testigo/', agent)
            records = b''.join(gzip.decompress(path.read_bytes()) for path in (self.folder / 'archive').glob('*.warc.gz'))
            self.assertEqual(records.count(f'User-Agent: {agent}'.encode()), len(site.asked), 'the archive tells who asked')


class Secrets(CrawlCase):
    SOURCE = '''title = "A service with a key"
about = "needs a key in the address"
tier = 2
gives = ["posts"]
format = "json"
[parameters.url]
about = "the service"
required = true
[request]
url = "{+url}"
[auth]
kind = "query"
name = "key"
value = "{secret}"
env = "ACME_KEY"
host = "HOST"
[items]
list = "/posts"
required = ["text"]
[items.fields]
id = "/id"
text = "/text"
[terms]
note = "None."
'''

    def test_a_secret_is_sent_and_never_written_down(self):
        with Site() as site:
            self.write('rules/sources/acme_api.toml', self.SOURCE.replace('HOST', site.origin[7:]))
            body = json.dumps({'posts': [{'id': '1', 'text': 'Acme kept word'}]})
            site.pages['*'] = Reply(body, kind='application/json', headers=[('X-Echo', TOKEN)])
            site.pages['/robots.txt'] = NOTHING
            text = 'rules = "rules"\n' + configuration(site.origin, watch('acme_api', url=site.origin + '/v1/posts', match='all'))
            self.write('testigo.toml', text)
            answer = self.cli('crawl', '--all', '--json', '--progress', 'json', env={'ACME_KEY': TOKEN})
            self.assertEqual(answer.code, 0, answer.err)
            self.assertTrue(any(TOKEN in path for path in site.paths()), 'the service saw it')
            site.pages['*'] = Reply(f'no such key: {TOKEN}', 500)
            self.write('testigo.toml', text.replace('[brand', 'max_time = "1s"\n[brand', 1))
            failed = self.cli('crawl', '--all', '--json', '--now', '2027-01-01', env={'ACME_KEY': TOKEN})
        for said in (answer, failed):
            self.assertNotIn(TOKEN, said.out + said.err)
        self.assertIn('kept', self.found())
        for path in self.folder.rglob('*'):
            if path.is_file():
                data = path.read_bytes()
                with contextlib.suppress(OSError):
                    if path.suffix == '.gz':
                        data = gzip.decompress(data)
                self.assertNotIn(TOKEN.encode() if path.suffix != '.gz' else f'key={TOKEN}'.encode(), data, path.name)
        archived = b''.join(gzip.decompress(path.read_bytes()) for path in (self.folder / 'archive').glob('*.gz'))
        self.assertIn(b'X-Echo: REDACTED', archived)
        self.assertNotIn(f'X-Echo: {TOKEN}'.encode(), archived)


class Identity(CrawlCase):
    def test_the_same_number_on_two_sites_is_two_posts(self):
        with Site() as site, Site(host='127.0.0.2') as other:
            for where, name in ((site, 'first'), (other, 'second')):
                where.pages['/'] = review_page([review(f'Acme {name} words about it', '17')])
            hosts = f'["{site.host}:{site.port}", "{other.host}:{other.port}"]'
            text = configuration(site.origin, watch('pages', url=[site.origin + '/', other.origin + '/'], match='all'))
            self.write('testigo.toml', text.replace(f'["127.0.0.1:{site.port}"]', hosts))
            self.assertEqual(self.cli('crawl', '--all').code, 0)
            self.assertEqual(self.found(), {'first', 'second'})

    def test_the_same_fragment_on_two_pages_is_two_posts(self):
        with Site() as site:
            for path, name in (('/a', 'first'), ('/b', 'second')):
                site.pages[path] = review_page([{**review(f'Acme {name} words about it'), '@id': '#r1'}])
            site.pages['/'] = review_page([], links=['/a', '/b'])
            self.crawl(site)
            self.assertEqual(self.found(), {'first', 'second'})


if __name__ == '__main__':
    unittest.main(verbosity=2)
