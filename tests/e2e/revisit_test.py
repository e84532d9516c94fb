"""A site asked again and again over weeks: what changed becomes a revision, what vanished is marked or
erased, what stayed costs nothing, and the archive tells the same story again."""
import datetime
import glob
import gzip
import json
import unittest

from support import FEED, ScratchCase, configuration, rss, watch
from web_site import Reply, Site, review, review_page

START = datetime.datetime(2026, 11, 2, 8, tzinfo=datetime.timezone.utc)
SEEN = 'SELECT post, url, text, rating, gone_at IS NOT NULL AS gone FROM v_mentions ORDER BY post'
# Revisions lead back to the one before, from the newest that a post names.
REVISIONS = """WITH RECURSIVE chain(post, revision) AS (
  SELECT hex(key), revision FROM post
  UNION ALL SELECT post, previous FROM chain JOIN revision ON revision.id = chain.revision WHERE previous IS NOT NULL)
SELECT post, count(*) AS n FROM chain GROUP BY post ORDER BY post"""


class Weeks(ScratchCase):
    def setUp(self):
        super().setUp()
        self.day = 0

    def configure(self, site, watches, extra=''):
        self.write('testigo.toml', configuration(site.origin, watches, extra=extra))

    def crawl(self, days=1, *words, codes=(0,)):
        """The next crawl, so many days and an hour after the last one: then a daily watch is due again."""
        self.day += days + 1 / 24
        now = (START + datetime.timedelta(days=self.day)).strftime('%Y-%m-%dT%H:%M:%SZ')
        answer = self.cli('crawl', '--json', '--now', now, *words)
        self.assertIn(answer.code, codes, answer.err + answer.out)
        return answer.json() if answer.out else None

    def coverage(self, summary, count):
        return sum(row[count] for row in summary['coverage'])

    def texts(self, where='gone_at IS NULL', db='testigo.db'):
        return {row['text'] for row in self.sql(f'SELECT text FROM v_mentions WHERE {where}', db=db)}

    def assert_replayed(self):
        """All archives into a fresh store: the same mentions, revisions and departures."""
        files = sorted(str(path) for path in (self.folder / 'archive').glob('*.warc.gz'))
        answer = self.cli('crawl', '--json', '--db', 'again.db', *[word for file in files for word in ('--replay', file)])
        self.assertIn(answer.code, (0, 5), answer.err)
        for query in (SEEN, REVISIONS):
            self.assertEqual(self.sql(query, db='again.db'), self.sql(query), query)

    def record_types(self):
        types = []
        for name in sorted(glob.glob(str(self.folder / 'archive/*.warc.gz'))):
            with gzip.open(name) as stream:
                types += [line.split()[1].decode() for line in stream.read().splitlines()
                          if line.lower().startswith(b'warc-type:')]
        return types


class Feeds(Weeks):
    def feed(self, site, reply, every='1h'):
        site.pages['/feed'] = reply
        self.configure(site, watch('feed', url=site.origin + '/feed', every=every))

    def test_a_feed_that_is_gone_for_good_is_let_be(self):
        with Site({}) as site:
            self.feed(site, Reply('Gone', 410))
            self.crawl(codes=(5,))
            asked = len(site.paths())
            summary = self.crawl()
            self.assertEqual(len(site.paths()), asked)
            self.assertIn('gone for good', summary['messages'][0])
            site.pages['/feed'] = Reply(rss([('g1', 'the kettle is back')]).decode(), headers=FEED, kind=None)
            self.assertEqual(self.crawl(1, '--all')['new_posts'], 1)
            site.pages['/feed'] = Reply(rss([('g2', 'and so is the toaster')]).decode(), headers=FEED, kind=None)
            self.assertEqual(self.crawl()['new_posts'], 1)

    def test_a_feed_that_is_cut_short_gives_what_is_whole_and_is_asked_again(self):
        whole = rss([('g1', 'the kettle is fine'), ('g2', 'the toaster is not')]).decode()
        cut = whole[:whole.index('the toaster')]
        with Site({}) as site:
            self.feed(site, Reply(cut, headers=FEED, kind=None))
            self.assertEqual(self.crawl(codes=(0, 5))['new_posts'], 1)
            self.assertEqual(self.crawl(codes=(0, 5))['new_posts'], 0)
            site.pages['/feed'] = Reply(whole, headers=FEED, kind=None)
            self.assertEqual(self.crawl()['new_posts'], 1)

    def test_a_feed_rests_as_long_as_it_says(self):
        for said, hours in (('<ttl>1440</ttl>', 24), ('<sy:updatePeriod>hourly</sy:updatePeriod>', 1)):
            with self.subTest(said), Site({}) as site:
                self.day = 0
                body = rss([('g1', 'the kettle is fine')]).decode().replace('<link>', said + '<link>').replace(
                    '<rss ', '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ')
                self.feed(site, Reply(body, headers=FEED, kind=None))
                db = ('--db', f'{hours}.db')
                self.crawl(0, *db)
                asked = site.paths().count('/feed')
                for _ in range(3):
                    self.crawl(1 / 24, *db)
                self.assertEqual(site.paths().count('/feed') - asked, 3 if hours == 1 else 0)
                self.crawl(1, *db)
                self.assertEqual(site.paths().count('/feed') - asked, 4 if hours == 1 else 1)

    def test_a_new_address_for_good_is_told(self):
        with Site({}) as site:
            self.feed(site, Reply('', 301, headers=[('Location', '/new')]))
            site.pages['/new'] = Reply(rss([('g1', 'the kettle moved')]).decode(), headers=FEED, kind=None)
            summary = self.crawl()
            self.assertEqual(summary['new_posts'], 1)
            self.assertEqual(summary['messages'], [f'{site.origin}/feed: has moved for good to {site.origin}/new: '
                                                   'put the new address into testigo.toml'])

    def test_evidence_has_the_address_that_its_bytes_came_from(self):
        with Site({}) as site:
            self.feed(site, Reply('', 302, headers=[('Location', '/new')]))
            kettles = [(f'g{n}', f'the kettle moved on day {n} and boils as ever') for n in range(9)]
            site.pages['/new'] = Reply(rss(kettles).decode(), headers=FEED, kind=None)
            self.crawl()
            self.assertEqual(self.sql('SELECT url FROM evidence'), [{'url': site.origin + '/new'}])
            self.crawl(1)
            with gzip.open(sorted(glob.glob(str(self.folder / 'archive/*.warc.gz')))[-1]) as stream:
                revisits = [line for line in stream.read().decode().splitlines() if line.startswith('WARC-Refers-To-Target-URI')]
            self.assertEqual(revisits, [f'WARC-Refers-To-Target-URI: {site.origin}/new'])
            self.assert_replayed()


class Pages(Weeks):
    def site(self):
        site = Site({
            '/': Reply('<!doctype html><title>Shop</title><a href="/a">a</a> <a href="/b">b</a> <a href="/c">c</a>', etag=True),
            '/a': review_page([review('Acme kettle boils in a minute and I love it', 'a1'),
                               review('Acme kettle came late and the box was broken', 'a2')], etag=True),
            '/b': review_page([review('Acme toaster burns one side, always the left', 'b1')], modified=1_790_000_000),
            '/c': review_page([review('Acme grill is easy to clean, would buy again', 'c1')]),
        })
        self.configure(site, watch('pages', url=site.origin + '/', match='all', every='1d'))
        return site

    def test_what_did_not_change_is_told_so_and_costs_no_body(self):
        with self.site() as site:
            self.crawl()
            before = self.sql(SEEN)
            asked = len(site.asked)
            again = self.crawl(40)
            conditional = {path: headers for path, headers in site.asked[asked:]}
            self.assertIn('If-None-Match', conditional['/a'])
            self.assertIn('If-Modified-Since', conditional['/b'])
            self.assertNotIn('If-None-Match', conditional['/c'])
            self.assertEqual((again['new_posts'], again['edited']), (0, 0))
            self.assertGreaterEqual(self.coverage(again, 'unchanged'), 4, 'by 304, and by the same bytes')
            self.assertEqual(self.sql(SEEN), before)
            self.assertGreaterEqual(self.record_types().count('revisit'), 3)
            self.assertEqual(self.cli('evidence', 'verify').code, 0)
            self.assert_replayed()

    def test_a_page_that_moved_is_read_at_its_new_address(self):
        with self.site() as site:
            self.crawl()
            site.pages['/b'] = Reply('', 301, headers=[('Location', '/moved')])
            site.pages['/moved'] = review_page([review('Acme toaster was mended and browns both sides', 'b2')], modified=1_790_000_000)
            asked = len(site.asked)
            self.crawl(8)
            conditional = {path: headers for path, headers in site.asked[asked:]}
            self.assertIn('If-Modified-Since', conditional['/b'])
            self.assertNotIn('If-Modified-Since', conditional['/moved'], 'the date is that of another page')
            self.assertIn('Acme toaster was mended and browns both sides', self.texts())
            asked = len(site.asked)
            self.crawl(40)
            self.assertNotIn('If-Modified-Since', dict(site.asked[asked:])['/b'], 'the date is that of where it led')

    def test_a_host_that_asks_for_years_is_left_alone_for_a_day(self):
        with self.site() as site:
            good = site.pages['/a']
            site.pages['/a'] = Reply('', 429, headers=[('Retry-After', '99999999')])
            self.crawl(codes=(5,))
            site.pages['/a'] = good
            self.crawl()
            self.assertIn('Acme kettle boils in a minute and I love it', self.texts())

    def test_pages_that_stay_the_same_are_asked_less_and_less(self):
        with self.site() as site:
            for _ in range(8):
                self.crawl()
            asked = {path: site.paths().count(path) for path in ('/', '/a', '/b', '/c')}
            self.assertEqual(asked['/'], 8, 'the entry is asked each time')
            for path in ('/a', '/b', '/c'):
                self.assertLess(asked[path], 7, f'{path} never changed')
                self.assertGreater(asked[path], 2)

    def test_a_page_that_changes_is_asked_as_often_as_the_watch_may(self):
        with self.site() as site:
            for day in range(6):
                site.pages['/c'] = review_page([review(f'Acme grill, as I see it on day {day}', 'c1')])
                self.crawl()
            self.assertGreaterEqual(site.paths().count('/c'), 5)
            self.assertLess(site.paths().count('/a'), 6)

    def test_a_watch_that_is_not_due_asks_nobody(self):
        with self.site() as site:
            self.crawl()
            asked = len(site.asked)
            self.assertEqual(self.cli('crawl', '--now', (START + datetime.timedelta(days=self.day, hours=3)).strftime('%Y-%m-%dT%H:%M:%SZ')).code, 0)
            self.assertEqual(len(site.asked), asked)

    def test_an_edit_is_a_revision_and_a_new_post_a_post(self):
        with self.site() as site:
            self.crawl()
            site.pages['/a'] = review_page([review('Acme kettle boils in a minute, but it broke after a month', 'a1', rating=1),
                                            review('Acme kettle came late and the box was broken', 'a2'),
                                            review('Acme kettle is fine', 'a3')], etag=True)
            again = self.crawl(40)
            self.assertEqual((again['edited'], again['new_posts']), (1, 1))
            self.assertIn('Acme kettle boils in a minute, but it broke after a month', self.texts())
            self.assertEqual(len(self.texts()), 5)
            revisions = self.sql('SELECT count(*) AS n FROM revision')[0]['n']
            self.assertEqual(revisions, 6)
            self.assert_replayed()

    def test_an_edit_on_a_page_that_links_and_a_sitemap_lead_to_is_a_revision(self):
        def page(words):
            return review_page([review(f'Acme kettle boils in a minute and I {words} it', None, author='Ana')])
        with self.site() as site:
            listed = ''.join(f'<url><loc>{site.origin}/{name}</loc></url>' for name in 'abc')
            site.pages.update({'/a': page('love'),
                               '/sitemap.xml': Reply(f'<?xml version="1.0"?><urlset>{listed}</urlset>', kind='application/xml')})
            self.crawl()
            for words in ('really love', 'still really love'):
                site.pages['/a'] = page(words)
                self.crawl(40)
            self.assertEqual(self.texts('true') & {f'Acme kettle boils in a minute and I {words} it' for words in ('love', 'really love', 'still really love')},
                             {'Acme kettle boils in a minute and I still really love it'})
            self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions WHERE gone_at IS NOT NULL')[0]['n'], 0)
            self.assert_replayed()

    def test_an_edit_that_takes_the_brands_name_out_takes_the_mention_away(self):
        with self.site() as site:
            self.configure(site, watch('pages', url=site.origin + '/', match='query', every='1d'))
            site.pages['/c'] = review_page([review('Acme grill is easy to clean, would buy again', 'c1')], item='Grill')
            self.crawl()
            before = self.texts()
            site.pages['/c'] = review_page([review('They made it right, never mind', 'c1')], item='Grill')
            self.assertEqual(self.crawl(40)['edited'], 1)
            self.assertEqual(before - self.texts(), {'Acme grill is easy to clean, would buy again'})
            self.assertEqual(self.texts() - before, set())
            self.assert_replayed()

    def test_what_vanished_is_marked_gone_and_not_forgotten(self):
        with self.site() as site:
            self.crawl()
            site.pages['/a'] = review_page([review('Acme kettle boils in a minute and I love it', 'a1')], etag=True)
            site.pages['/b'] = Reply('Gone', 410)
            del site.pages['/c']
            self.crawl(40)
            self.assertEqual(self.texts(), {'Acme kettle boils in a minute and I love it'})
            gone = self.texts('gone_at IS NOT NULL')
            self.assertEqual(len(gone), 3, gone)
            self.assert_replayed()
            site.pages['/b'] = review_page([review('Acme toaster burns one side, always the left', 'b1')])
            self.crawl(40)
            self.assertIn('Acme toaster burns one side, always the left', self.texts(), 'seen again, it is there again')

    def test_a_page_that_fails_for_a_day_takes_nothing_with_it(self):
        with self.site() as site:
            self.crawl()
            kept = self.texts()
            for failure in (Reply('Oh no', 500), Reply('Stop', 403), Reply('<html><title>Just a moment...</title>', 403,
                            headers=[('cf-mitigated', 'challenge'), ('Server', 'cloudflare')])):
                self.write('testigo.toml', configuration(site.origin, watch('pages', url=site.origin + '/', match='all', every='1d'),
                                                         extra='max_time = "2s"'))
                site.pages['/a'] = failure
                self.crawl(40, codes=(5,))
                self.assertEqual(self.texts(), kept)


class Lists(Weeks):
    OWN_SOURCE = '''title = "Acme's forum"
about = "a list, newest first"
tier = 1
gives = ["posts"]
format = "json"
[parameters.url]
about = "the list"
required = true
[request]
url = "{+url}"
[items]
list = "/posts"
required = ["id", "text"]
[items.fields]
id = "/id"
text = "/text"
posted_at = "/at"
[terms]
note = "Deleted posts are to be deleted."
delete_when_gone = true
'''

    def answer(self, *numbers):
        posts = ','.join(f'{{"id": "p{n}", "text": "Acme post number {n} about kettles", "at": "2026-10-{n:02d}"}}' for n in numbers)
        return Reply('{"posts": [' + posts + ']}', kind='application/json')

    def test_a_source_that_wants_deleted_posts_deleted_gets_that(self):
        with Site({'/posts': self.answer(9, 8, 7, 6)}) as site:
            self.watch_own(site, self.OWN_SOURCE)
            self.crawl()
            self.assertEqual(len(self.texts()), 4)
            site.pages['/posts'] = self.answer(10, 9, 7, 6)
            self.crawl(2)
            self.assertEqual(self.texts('true'), {f'Acme post number {n} about kettles' for n in (10, 9, 7, 6)})
            kept = self.sql("SELECT count(*) AS n FROM revision WHERE text LIKE '%number 8 %'")
            self.assertEqual(kept[0]['n'], 0, 'nothing of it stays')
            self.assertEqual(self.cli('doctor', '--deep').code, 0)

    def test_what_a_list_marks_as_deleted_is_deleted(self):
        with Site({'/posts': self.answer(9, 8, 7)}) as site:
            self.watch_own(site, self.OWN_SOURCE.replace('required = [', 'gone_if = "/deleted"\nrequired = ['))
            self.crawl()
            site.pages['/posts'] = Reply('{"posts": [{"id": "p8", "deleted": true}]}', kind='application/json')
            self.crawl(2)
            self.assertEqual(self.texts('true'), {f'Acme post number {n} about kettles' for n in (9, 7)})
            self.assertEqual(self.sql("SELECT count(*) AS n FROM revision WHERE text LIKE '%number 8 %'")[0]['n'], 0)

    def test_what_was_deleted_far_down_a_list_is_deleted_within_a_week(self):
        source = self.OWN_SOURCE.replace('[items]', '[paging]\nkind = "page"\nfirst = 1\nnewest_first = true\n[items]') \
            .replace('url = "{+url}"', 'url = "{+url}?page={page}"')
        pages = {f'/posts?page={n}': self.answer(*range(21 - 6 * n, 15 - 6 * n, -1)) for n in (1, 2)}
        with Site({**pages, '/posts?page=3': Reply('{"posts": []}', kind='application/json')}) as site:
            self.watch_own(site, source)
            self.crawl()
            self.assertEqual(len(self.texts()), 12)
            site.pages['/posts?page=2'] = self.answer(9, 8, 6, 5, 4)
            before = len(site.asked)
            for _ in range(7):
                self.crawl()
            self.assertEqual([path for path, _ in site.asked[before:]].count('/posts?page=2'), 1, 'one of seven goes so far')
            self.assertNotIn('Acme post number 7 about kettles', self.texts('true'))
            self.assertEqual(len(self.texts('true')), 11)

    def watch_own(self, site, source):
        self.write('rules/sources/acme_forum.toml', source)
        self.configure(site, watch('acme_forum', url=site.origin + '/posts', match='all'))
        self.write('testigo.toml', 'rules = "rules"\n' + (self.folder / 'testigo.toml').read_text())

    def test_a_list_that_is_not_found_takes_none_of_its_posts_with_it(self):
        for kept in ('delete_when_gone = true', 'delete_when_gone = false'):
            with self.subTest(kept), Site({'/posts': self.answer(9, 8, 7, 6)}) as site:
                (self.folder / 'testigo.db').unlink(missing_ok=True)
                self.watch_own(site, self.OWN_SOURCE.replace('delete_when_gone = true', kept))
                self.crawl()
                site.pages['/posts'] = Reply('{"code": "rest_no_route"}', 404, kind='application/json')
                for _ in range(2):
                    self.crawl(2, codes=(5,))
                    self.assertEqual(len(self.texts()), 4)
                site.pages['/posts'] = self.answer(9, 7, 6)
                self.crawl(2)
                self.assertEqual(len(self.texts()), 3, 'and when it is back it tells again')

    def test_a_thread_that_is_not_found_twice_is_deleted(self):
        step = """[[step]]
name = "thread"
for_each = "/posts"
variables = { thread = "/id" }
[step.request]
url = "{+url}/{thread}"
[step.items]
list = "/posts"
required = ["id", "text"]
[step.items.fields]
id = "/id"
text = "/text"
posted_at = "/at"
[terms]"""
        with Site({'/posts': self.answer(9), '/posts/p9': self.answer(3, 2)}) as site:
            self.watch_own(site, self.OWN_SOURCE.replace('[terms]', step))
            self.crawl()
            self.assertEqual(len(self.texts()), 3)
            site.pages['/posts/p9'] = Reply('{}', 404, kind='application/json')
            self.crawl(2)
            self.assertEqual(len(self.texts('true')), 3, 'it may be a mistake')
            self.crawl(40)
            self.assertEqual(self.texts('true'), {'Acme post number 9 about kettles'})

    TWO_LISTS = """title = "Acme forum"
gives = ["posts"]
format = "json"
%s
[parameters.url]
about = "where"
required = true
[request]
url = "{+url}?after={page}"
[paging]
kind = "page"
first = 0
step = 6
more = "/more"
newest_first = true
[[items]]
list = "/posts"
required = ["id", "text"]
[items.fields]
id = "post-{/id}"
text = "/text"
posted_at = "/at"
[[items]]
list = "/comments"
required = ["id", "text"]
[items.fields]
id = "/id"
text = "/text"
posted_at = "/at"
[terms]
note = "Deleted posts are to be deleted."
delete_when_gone = true
"""

    @staticmethod
    def two_lists(comments, posts):
        """Pages of a list of comments, by sixes, the first of them with all posts."""
        def item(n, what):
            return {'id': f'{n}', 'text': f'Acme {what} number {n} about kettles', 'at': f'2026-10-{n:02d}'}
        pages = {}
        for first in range(0, len(comments), 6):
            body = {'posts': [item(n, 'post') for n in posts] if first == 0 else [],
                    'comments': [item(n, 'comment') for n in comments[first:first + 6]],
                    'more': first + 6 < len(comments)}
            pages[f'/posts?after={first}'] = Reply(json.dumps(body), kind='application/json')
        return pages

    def test_what_vanished_from_one_of_two_lists_in_an_answer_is_deleted(self):
        before = list(range(24, 8, -1))
        for whole in ('whole = true', ''):
            with self.subTest(whole), Site(self.two_lists(before, (25, 14, 12))) as site:
                for file in self.folder.glob('*.db*'):
                    file.unlink()
                self.watch_own(site, self.TWO_LISTS % whole)
                self.crawl()
                self.assertEqual(len(self.texts('true')), 19, 'a later page says nothing of posts that stand on the first')
                site.pages.clear()
                site.pages.update(self.two_lists([n for n in before if n not in (23, 18, 13)], (25, 12)))
                for _ in range(8):
                    self.crawl()
                kept = self.texts('true')
                left = {n for n in before if f'Acme comment number {n} about kettles' in kept}
                self.assertEqual(set(before) - left, {23, 18, 13})
                self.assertEqual({n for n in (25, 14, 12) if f'Acme post number {n} about kettles' in kept}, {25, 12})

    @staticmethod
    def paged(reviews):
        """Addresses and pages of a list by fives, newest first, with links from page to page."""
        pages = {}
        for first in range(0, len(reviews), 5):
            number = first // 5 + 1
            shown = ''.join(f'<div class="review" itemscope itemtype="https://schema.org/Review"><span itemprop="author">{who}</span>'
                            f'<time itemprop="datePublished" datetime="2026-10-{day:02d}">{day}</time>'
                            f'<p itemprop="reviewBody">{text}</p></div>' for who, day, text in reviews[first:first + 5])
            more = f'<a rel="next" href="/r?page={number + 1}">next</a>' if first + 5 < len(reviews) else ''
            pages['/r' if number == 1 else f'/r?page={number}'] = Reply(f'<html><body>{shown}{more}</body></html>', kind='text/html')
        return pages

    def test_a_review_that_is_pushed_on_and_edited_is_one_and_a_deleted_one_is_gone(self):
        reviews = [(f'Reader{n}', n, f'Acme kettle review by reader {n}, it boils') for n in range(14, 0, -1)]
        with Site(self.paged(reviews)) as site:
            self.configure(site, watch('pages', url=site.origin + '/r', match='all'))
            self.crawl()
            self.assertEqual(len(self.texts()), 14)
            asked = [path for path, *_ in site.asked if path.startswith('/r?')]
            self.assertEqual(sorted(asked), ['/r?page=2', '/r?page=3'], 'once each, whatever leads there')
            edited = [(who, day, text + ' no more' if day == 10 else text) for who, day, text in reviews if day != 7]
            newer = [(f'Reader{n}', n, f'Acme kettle review by reader {n}, it boils') for n in (16, 15)]
            site.pages.update(self.paged(newer + edited))
            self.crawl(30)
            words = self.texts()
            self.assertEqual(len(words), 15, sorted(words))
            self.assertIn('Acme kettle review by reader 10, it boils no more', words)
            self.assertEqual(self.texts('gone_at IS NOT NULL'), {'Acme kettle review by reader 7, it boils'})

    def test_what_scrolled_out_of_a_feed_is_not_gone(self):
        with Site({'/feed': Reply(rss([(f'g{n}', f'Acme note {n} about it') for n in (3, 2, 1)]), kind=FEED[0][1])}) as site:
            self.configure(site, watch('feed', url=site.origin + '/feed'))
            self.crawl()
            site.pages['/feed'] = Reply(rss([(f'g{n}', f'Acme note {n} about it') for n in (6, 5, 4)]), kind=FEED[0][1])
            self.crawl(2)
            self.assertEqual(len(self.texts()), 6)


if __name__ == '__main__':
    unittest.main(verbosity=2)
