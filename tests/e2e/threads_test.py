"""Built-in sources as they stand in rules/, each against a server in its service's shape: lists longer than pages
reach, replies with their parents, and who is shown a key. Only the servers' addresses are changed."""
import datetime
import unittest

from shelf import NOW, Shelf, service
from support import web


class LongList(Shelf):
    """Searches that show a thousand hits of any number, in pages of a hundred."""

    def search(self, seconds):
        hits = [{'objectID': str(n), 'author': f'gus{n}', 'comment_text': f'Acme note {n}', 'story_title': 'Kettles',
                 'created_at_i': second, 'parent_id': 7, 'story_id': 7} for n, second in enumerate(sorted(seconds, reverse=True))]

        def answer(path, query):
            most = int(query.get('numericFilters', 'created_at_i<=9999999999').split('<=')[1])
            size, page = int(query['hitsPerPage']), int(query.get('page', 0))
            found = [hit for hit in hits if hit['created_at_i'] <= most]
            shown = found[:1000][page * size:(page + 1) * size]
            return {'hits': shown, 'nbHits': len(found), 'page': page, 'hitsPerPage': size, 'nbPages': min(1000 // size, -(-len(found) // size))}
        return service(answer)

    def test_all_hits_are_read_though_pages_reach_a_thousand_and_many_share_a_second(self):
        begin = 1795600000
        handler = self.search([begin - n * 60 for n in range(1300)] + [begin - 200 * 60] * 240)
        with web(handler) as origin:
            self.use('hackernews', origin, 'https://hn.algolia.com')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 1540), answer.err)
            self.assertLess(len(handler.asked), 25)
            self.assertEqual(self.sql('SELECT count(DISTINCT text) AS n FROM v_mentions')[0]['n'], 1540)
            first = len(handler.asked)
            answer, summary = self.crawl('2026-11-27T08:00:00Z')
            self.assertEqual((answer.code, summary['new_posts']), (0, 0), answer.err)
            self.assertLess(len(handler.asked) - first, 25)

    def test_a_second_that_no_page_can_show_whole_is_passed(self):
        handler = self.search([1795600000] * 1200 + [1795500000] * 3)
        with web(handler) as origin:
            self.use('hackernews', origin, 'https://hn.algolia.com')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 1003), answer.err)
            self.assertLess(len(handler.asked), 20)


class ManyArticles(Shelf):
    """A search for news that shows 250 articles of any number, and looks at a time: back from now, or from one to another."""
    NEWEST = datetime.datetime(2026, 11, 26, 7, 45)

    def search(self, slots):
        """So many articles in each quarter of an hour, the newest first."""
        articles = [{'url': f'https://news.example/{quarter}/{n}', 'title': f'Acme note {quarter} {n}', 'domain': 'news.example', 'language': 'English',
                     'sourcecountry': 'Spain', 'seendate': f'{self.NEWEST - datetime.timedelta(minutes=15 * quarter):%Y%m%dT%H%M%SZ}'}
                    for quarter, count in enumerate(slots) for n in range(count)]
        self.spans = []

        def answer(path, query):
            self.assertNotEqual('timespan' in query, 'enddatetime' in query, query)
            self.spans.append(query.get('timespan') or (query['startdatetime'], query['enddatetime']))
            now = datetime.datetime(2026, 11, 26, 8)
            begin = f'{now - datetime.timedelta(days=7):%Y%m%d%H%M%S}' if 'timespan' in query else query['startdatetime']
            digits = lambda article: article['seendate'].replace('T', '').replace('Z', '')
            found = [one for one in articles if begin <= digits(one) < query.get('enddatetime', '99999999999999')]
            return {'articles': found[:int(query['maxrecords'])]} if found else {}
        return service(answer)

    def test_all_are_read_though_an_answer_holds_250(self):
        for slots, asked in (([7] * 100, 4), ([0] * 10 + [100, 249, 1, 40, 0, 3], 3), ([3], 1), ([], 1)):
            handler = self.search(slots)
            with self.subTest(slots), web(handler) as origin:
                self.use('gdelt', origin, 'https://api.gdeltproject.org')
                db = f'{len(slots)}-{sum(slots)}.db'
                answer, summary = self.crawl(db=db)
                self.assertEqual((answer.code, summary['new_posts']), (0, sum(slots)), answer.err + answer.out)
                self.assertLessEqual(len(handler.asked), asked, self.spans)

    def test_no_more_is_read_than_the_watch_looks_back(self):
        handler = self.search([2] * 4 * 24 * 9)
        with web(handler) as origin:
            self.use('gdelt', origin, 'https://api.gdeltproject.org', timespan='1week')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 2 * (4 * 24 * 7 + 1)), answer.err + answer.out)
            self.assertEqual(self.spans[0], '1week')
            self.assertEqual({begin for begin, _ in self.spans[1:]}, {'20261119074500'})

    def test_what_no_answer_can_show_is_told(self):
        for slots, seen in (([5, 400, 5], 260), ([250], 250)):
            with self.subTest(slots), web(self.search(slots)) as origin:
                self.use('gdelt', origin, 'https://api.gdeltproject.org')
                answer, summary = self.crawl(db=f'{seen}.db')
                self.assertEqual((answer.code, summary['new_posts']), (5, seen), answer.err + answer.out)
                self.assertEqual({reason for row in summary['coverage'] for reason in row['reasons']}, {'posts of one moment of the source'})


class Replies(Shelf):
    def answered(self):
        """Which stored post answers which, by their words."""
        rows = self.sql('SELECT c.text AS reply, p.text AS parent FROM v_mentions c JOIN v_mentions p ON p.post = c.parent')
        return {row['reply']: row['parent'] for row in rows}

    def test_a_reply_on_mastodon_finds_what_it_answers(self):
        def status(number, words, reply=None, host='far', **account):
            return {'id': str(number), 'uri': f'https://{host}.example/s/{number}', 'url': None, 'created_at': f'2026-11-20T10:{number % 60:02}:00Z',
                    'visibility': 'public', 'content': f'<p>{words}</p>', 'in_reply_to_id': reply, 'favourites_count': 0,
                    'account': {'acct': f'gus@{host}.example', **account}, 'reblog': None}
        asks, tells, agrees = status(1, 'Is Acme down?'), status(2, 'Acme is fine', '1', 'near'), status(3, 'Acme it is', '40', 'near')
        old, aside = status(40, 'I use Acme'), status(41, 'Acme, me too', '40')

        def answer(path, query):
            return {'/api/v1/timelines/tag/acme': [agrees, tells, asks], '/api/v1/statuses/40': old,
                    '/api/v1/statuses/40/context': {'ancestors': [], 'descendants': [agrees, aside]}}.get(path)
        handler = service(answer)
        with web(handler) as origin:
            self.use('mastodon', origin, 'https://{instance}', tag='acme', instance=origin.removeprefix('http://'))
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 5), answer.err)
            self.assertEqual(self.answered(), {'Acme is fine': 'Is Acme down?', 'Acme it is': 'I use Acme', 'Acme, me too': 'I use Acme'})
            self.assertEqual(len(handler.asked), 3)
            shown = self.cli('mentions', '--format', 'jsonl').lines()
            ids = {row['text']: row['post'] for row in shown}
            self.assertEqual({row['text']: row['parent'] for row in shown}['Acme it is'], ids['I use Acme'])

    def forum(self, key=None):
        def post(number, reply=None):
            return {'id': 500 + number, 'username': 'wes', 'cooked': f'<p>Acme post {number}</p>', 'created_at': f'2026-11-20T10:{number:02}:00.000Z',
                    'updated_at': f'2026-11-20T10:{number:02}:00.000Z', 'post_number': number, 'reply_to_post_number': reply,
                    'topic_slug': 'acme', 'topic_id': 31, 'reads': 9, 'deleted_at': None, 'hidden': False}
        posts = [post(n, {2: 1, 24: 22, 25: 3}.get(n)) for n in range(1, 26)]

        def answer(path, query):
            if key and not any(headers.get('Api-Key') == key for _, headers in handler.asked[-1:]):
                return 403, {'errors': ['You are not permitted to view the requested resource.'], 'error_type': 'invalid_access'}
            if path == '/search.json':
                return {'posts': [{'id': 501, 'username': 'wes', 'blurb': '…', 'topic_id': 31}], 'grouped_search_result': {'more_full_page_results': None}}
            if path == '/t/31.json':
                page = int(query['page'])
                shown = posts[(page - 1) * 20:page * 20]
                return {'id': 31, 'title': 'Acme', 'post_stream': {'posts': shown, 'stream': [p['id'] for p in posts]}} if shown else None
            return {'/posts/by_number/31/3.json': posts[2], '/posts/503/replies.json': [posts[24]]}.get(path)
        handler = service(answer)
        return handler

    def test_a_reply_on_a_forum_finds_its_parent_on_another_page(self):
        handler = self.forum()
        with web(handler) as origin:
            self.use('discourse', origin, 'https://{forum}', forum=origin.removeprefix('http://'))
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 25), answer.err + answer.out)
            self.assertEqual(self.answered(), {'Acme post 2': 'Acme post 1', 'Acme post 24': 'Acme post 22', 'Acme post 25': 'Acme post 3'})

    def test_a_closed_forum_is_read_with_its_key_and_no_other_is_shown_it(self):
        handler = self.forum('hush-hush')
        with web(handler) as origin:
            host = origin.removeprefix('http://')
            self.use('discourse', origin, 'https://{forum}', forum=host)
            key = {'DISCOURSE_API_KEY': 'hush-hush', 'DISCOURSE_API_USERNAME': 'listener'}
            answer = self.cli('crawl', '--all', '--now', NOW, '--db', 'closed.db')
            self.assertEqual(answer.code, 5, answer.err)
            answer = self.cli('crawl', '--all', '--now', NOW, '--db', 'unsaid.db', env=key)
            self.assertIn('DISCOURSE_HOST', answer.out + answer.err)
            answer = self.cli('crawl', '--all', '--now', NOW, '--db', 'other.db', env=key | {'DISCOURSE_HOST': 'forum.example'})
            self.assertEqual(answer.code, 5, answer.err)
            self.assertFalse([path for path, headers in handler.asked if 'Api-Key' in headers])
            answer, summary = self.crawl(env=key | {'DISCOURSE_HOST': host})
            self.assertEqual((answer.code, summary['new_posts']), (0, 25), answer.err)
            self.assertEqual(handler.asked[-1][1].get('Api-Username'), 'listener')
            self.assertNotIn('hush-hush', answer.out + answer.err)

    def test_a_nested_comment_on_lemmy_answers_a_comment(self):
        def comment(number, path, words):
            return {'comment': {'id': number, 'content': words, 'ap_id': f'https://far.example/comment/{number}', 'path': path,
                                'published': f'2026-11-20T11:{number:02}:00.123456Z', 'deleted': False, 'removed': False, 'language_id': 37},
                    'post': {'id': 5, 'name': 'Acme?', 'ap_id': 'https://far.example/post/5'}, 'creator': {'name': 'fay', 'actor_id': 'https://far.example/u/fay'},
                    'community': {'name': 'hosting'}, 'counts': {'score': 1}}
        post = {'post': {'id': 5, 'name': 'Acme?', 'body': 'Who knows Acme?', 'ap_id': 'https://far.example/post/5', 'published': '2026-11-20T10:00:00Z', 'language_id': 37},
                'creator': {'name': 'eve', 'actor_id': 'https://far.example/u/eve'}, 'community': {'name': 'hosting'}, 'counts': {'score': 7}}
        first, second, third = comment(12, '0.12', 'Acme, yes'), comment(34, '0.12.34', 'Acme, no'), comment(56, '0.12.34.56', 'Why not Acme?')

        def answer(path, query):
            if path == '/api/v3/search':
                return {'posts': [post], 'comments': [third]} if query['page'] == '1' else {'posts': [], 'comments': []}
            return {'comments': [third, second, first]} if query.get('parent_id') == '12' else None
        with web(service(answer)) as origin:
            self.use('lemmy', origin, 'https://{instance}', instance=origin.removeprefix('http://'))
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 4), answer.err)
            self.assertEqual(self.answered(), {'Why not Acme?': 'Acme, no', 'Acme, no': 'Acme, yes', 'Acme, yes': 'Who knows Acme?'})


if __name__ == '__main__':
    unittest.main()
