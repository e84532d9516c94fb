"""Built-in sources as they stand in rules/, each against a server in its service's shape: lists longer than pages
reach, replies with their parents, and who is shown a key. Only the servers' addresses are changed."""
import json
import unittest
import urllib.parse

from support import ROOT, ScratchCase, configuration, watch, web

JSON = [('Content-Type', 'application/json')]
NOW = '2026-11-26T08:00:00Z'


class Shelf(ScratchCase):
    def use(self, name, origin, https, **parameters):
        """The built-in source, with `https` (its addresses' beginning) leading to the server at `origin`."""
        text = (ROOT / f'rules/sources/{name}.toml').read_text()
        self.assertIn(https, text)
        self.write(f'rules/sources/{name}.toml', text.replace(https, https.replace('https://{', 'http://{+') if '{' in https else origin))
        self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watch(name, every='1h', **parameters)))

    def crawl(self, now=NOW, **options):
        answer = self.cli('crawl', '--all', '--json', '--now', now, **options)
        return answer, answer.json()

    def answered(self):
        """Which stored post answers which, by their words."""
        rows = self.sql('SELECT c.text AS reply, p.text AS parent FROM v_mentions c JOIN v_mentions p ON p.post = c.parent')
        return {row['reply']: row['parent'] for row in rows}


def service(answer):
    """A handler that answers with what answer(path, {name: value}) gives as JSON; and what it was asked."""
    asked = []

    def handler(path, request):
        url = urllib.parse.urlsplit(path)
        if url.path == '/robots.txt':
            return 404, [], b''
        asked.append((path, dict(request.headers)))
        found = answer(url.path, dict(urllib.parse.parse_qsl(url.query)))
        status, body = found if isinstance(found, tuple) else (200 if found is not None else 404, found)
        return status, JSON, json.dumps(body if body is not None else {'error': 'Record not found'}).encode()
    handler.asked = asked
    return handler


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


class Replies(Shelf):
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
