"""Built-in sources whose list has a hole: a page in its middle that cannot be read, is cut short, is somebody
else's, or is not there. It fails and says so, and the next pass reads what lies behind it."""
import contextlib
import gzip
import json
import unittest
import urllib.parse

from shelf import Shelf
from support import web

JSON = [('Content-Type', 'application/json')]
HTML = [('Content-Type', 'text/html; charset=utf-8')]
PAGES, EACH = 3, 4


def stamp(number):
    """The older, the higher the number: a post a day, the first on the day before the first pass."""
    return f'2026-{11 - number // 24:02}-{24 - number % 24:02}T10:00:00Z'


def seconds(number):
    return 1795600000 - number * 86400


def numbers(page):
    """Of the posts on a page: 0 is the newest."""
    return range((page - 1) * EACH, page * EACH) if page <= PAGES else range(0)


class Place:
    """A service's list in pages: `name` of its source, which addresses lead to it, what the watch says, how it pages."""
    https = ()
    parameters = {}
    environment = {}
    patient = ()  # faults that it means as "slow down": it is asked again within the pass
    absent = (404, JSON, b'{"error":"Record not found","message":"Not Found"}')

    def page_of(self, path, query):
        """Which page of the list is asked for; None for what is not of the list."""
        raise NotImplementedError

    def answer(self, page, origin):
        """Status, headers and body."""
        raise NotImplementedError

    def other(self, path, query, request):
        return 404, JSON, b'{"error":"Record not found"}'

    def watched(self, origin):
        return self.parameters


def as_json(value, status=200, headers=()):
    return status, JSON + list(headers), json.dumps(value).encode()


class Steam(Place):
    name, https, parameters = 'steam', ('https://store.steampowered.com',), {'app_id': '620'}
    patient = ('null',)

    def page_of(self, path, query):
        return 1 if query['cursor'] == '*' else int(query['cursor'].removeprefix('A+/='))

    def answer(self, page, origin):
        reviews = [{'recommendationid': str(n), 'author': {'steamid': f'7656{n}'}, 'language': 'english', 'review': f'Acme note {n}',
                    'timestamp_created': seconds(n), 'timestamp_updated': seconds(n), 'voted_up': True, 'votes_up': 1} for n in numbers(page)]
        return as_json({'success': 1, 'query_summary': {'num_reviews': len(reviews)}, 'reviews': reviews, 'cursor': f'A+/={page + 1}'})


class Mastodon(Place):
    name, https = 'mastodon', ('https://{instance}',)

    def watched(self, origin):
        return {'tag': 'acme', 'instance': origin.removeprefix('http://')}

    def page_of(self, path, query):
        return int(query.get('max_id', 0)) + 1 if path.startswith('/api/v1/timelines/tag/') else None

    def answer(self, page, origin):
        posts = [{'id': str(900 - n), 'uri': f'https://far.example/s/{n}', 'url': None, 'created_at': stamp(n), 'visibility': 'public',
                  'content': f'<p>Acme note {n}</p>', 'in_reply_to_id': None, 'account': {'acct': f'gus{n}@far.example'}, 'reblog': None,
                  'favourites_count': 0} for n in numbers(page)]
        link = [('Link', f'<{origin}/api/v1/timelines/tag/acme?limit=40&max_id={page}>; rel="next"')] if posts else []
        return as_json(posts, headers=link)


class Reddit(Place):
    name, https = 'reddit', ('https://oauth.reddit.com', 'https://www.reddit.com/api')
    environment = {'REDDIT_CLIENT_ID': 'client', 'REDDIT_CLIENT_SECRET': 'secret'}

    def page_of(self, path, query):
        if path == '/search':
            return int(query.get('after', 't3_1').removeprefix('t3_'))
        return None

    def answer(self, page, origin):
        posts = [{'kind': 't3', 'data': {'name': f't3_p{n}', 'id': f'p{n}', 'author': 'gus', 'title': 'Acme', 'selftext': f'Acme note {n}', 'num_comments': 0,
                                         'subreddit_name_prefixed': 'r/x', 'created_utc': float(seconds(n)), 'edited': False, 'permalink': f'/r/x/{n}', 'score': 1}}
                 for n in numbers(page)]
        return as_json({'kind': 'Listing', 'data': {'children': posts, 'after': f't3_{page + 1}' if page < PAGES else None}})

    def other(self, path, query, request):
        if path.endswith('access_token'):
            return as_json({'access_token': 'tok', 'token_type': 'bearer', 'expires_in': 86400})
        if path == '/api/info':
            wanted = [int(name.removeprefix('t3_p')) for name in query['id'].split(',')]
            every = [post for page in range(1, PAGES + 1) for post in json.loads(self.answer(page, '')[2])['data']['children']]
            return as_json({'kind': 'Listing', 'data': {'children': [every[n] for n in wanted]}})
        return super().other(path, query, request)


class Telegram(Place):
    name, https, parameters = 'telegram', ('https://t.me/s/',), {'channel': 'acme_talk'}
    absent = 404, HTML, b'<!DOCTYPE html><html><head><title>404</title></head><body><h1>Not Found</h1></body></html>'

    def page_of(self, path, query):
        return 1 if 'before' not in query else (100 - int(query['before'])) // EACH + 2

    def answer(self, page, origin):
        ids = [100 - n for n in numbers(page)]
        more = (f'<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/acme_talk?before={ids[-1]}" class="tme_messages_more '
                f'js-messages_more" data-before="{ids[-1]}"></a></div>') if page < PAGES else ''
        messages = ''.join(
            f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="acme_talk/{n}">'
            f'<a class="tgme_widget_message_owner_name" href="https://t.me/acme_talk">Acme talk</a><div class="tgme_widget_message_text js-message_text">'
            f'Acme note {n}</div><a class="tgme_widget_message_date" href="https://t.me/acme_talk/{n}"><time datetime="{stamp(100 - n)}"></time></a></div></div>'
            for n in reversed(ids))
        return 200, HTML, f'<!DOCTYPE html><html><body><section class="tgme_channel_history">{more}{messages}</section></body></html>'.encode()


class WordPress(Place):
    name = 'wordpress_comments'
    absent = 404, JSON, b'{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}'

    def watched(self, origin):
        return {'site': origin}

    def page_of(self, path, query):
        return int(query['page']) if path == '/wp-json/wp/v2/comments' else None

    def answer(self, page, origin):
        if page > PAGES:
            return as_json({'code': 'rest_comment_invalid_page_number', 'message': 'The page number requested is larger.', 'data': {'status': 400}}, 400)
        comments = [{'id': 900 - n, 'post': 7, 'parent': 0, 'author_name': 'Gus', 'date_gmt': stamp(n)[:-1], 'content': {'rendered': f'<p>Acme note {n}</p>'},
                     'link': f'{origin}/p/#comment-{n}', 'type': 'comment', 'status': 'approved'} for n in numbers(page)]
        return as_json(comments, headers=[('X-WP-Total', str(PAGES * EACH)), ('X-WP-TotalPages', str(PAGES))])


class HackerNews(Place):
    name, https = 'hackernews', ('https://hn.algolia.com',)

    def page_of(self, path, query):
        most = int(query['numericFilters'].split('<=')[1]) if 'numericFilters' in query else seconds(0)
        return 1 if most == seconds(0) else (1795600000 - most) // 86400 // (EACH - 1) + 1  # a page begins with the last of the one before

    def answer(self, page, origin):
        first = (page - 1) * (EACH - 1)
        shown = range(first, min(first + EACH, PAGES * EACH))
        hits = [{'objectID': str(n), 'author': 'gus', 'comment_text': f'Acme note {n}', 'story_title': 'Acme', 'created_at_i': seconds(n)} for n in shown]
        return as_json({'hits': hits, 'nbPages': -(-(PAGES * EACH - first) // EACH), 'page': 0})


class ByPage(Place):
    """Lists that count their pages: `body` of the items on one."""
    path = ''

    def page_of(self, path, query):
        return int(query['page']) if path == self.path else None

    def answer(self, page, origin):
        return as_json(self.body([self.item(n, origin) for n in numbers(page)], page))


class StackExchange(ByPage):
    name, https, path = 'stackexchange', ('https://api.stackexchange.com/2.3',), '/2.3/search/advanced'

    def item(self, n, origin):
        return {'question_id': n + 1, 'title': 'Acme?', 'body': f'<p>Acme note {n}</p>', 'owner': {'display_name': 'Kim'}, 'creation_date': seconds(n),
                'link': f'https://stackoverflow.com/q/{n}', 'score': 1, 'answer_count': 0}

    def body(self, items, page):
        return {'items': items, 'has_more': page < PAGES}

    def other(self, path, query, request):
        return as_json({'items': [], 'has_more': False})


class GitHub(ByPage):
    name, https, path = 'github', ('https://api.github.com',), '/search/issues'

    def item(self, n, origin):
        return {'id': n + 1, 'title': 'Acme', 'body': f'Acme note {n}', 'html_url': f'https://github.com/o/r/issues/{n}', 'comments_url': f'{origin}/c/{n}',
                'user': {'login': 'yan', 'type': 'User'}, 'created_at': stamp(n), 'updated_at': stamp(n), 'comments': 0}

    def body(self, items, page):
        return {'total_count': PAGES * EACH, 'items': items}


class Lobsters(ByPage):
    name, https = 'lobsters', ('https://lobste.rs',)
    absent = None  # is how it says that a list has come to its end

    def page_of(self, path, query):
        return int(path.removesuffix('.json').split('/')[-1]) if '/page/' in path else None

    def item(self, n, origin):
        return {'short_id': f'x{n}', 'created_at': stamp(n), 'title': f'Acme note {n}', 'description': '', 'score': 1, 'comment_count': 0, 'submitter_user': 'gus',
                'comments_url': f'https://lobste.rs/s/x{n}'}

    def body(self, items, page):
        return items


class AppStore(ByPage):
    name, https, parameters = 'appstore', ('https://itunes.apple.com',), {'app_id': '1234567890'}

    def page_of(self, path, query):
        return int(path.split('page=')[1].split('/')[0])

    def item(self, n, origin):
        return {'author': {'name': {'label': 'pepa'}}, 'updated': {'label': stamp(n)}, 'im:rating': {'label': '4'}, 'im:version': {'label': '1'},
                'id': {'label': str(9900 - n)}, 'title': {'label': 'Acme'}, 'content': {'label': f'Acme note {n}'}}

    def body(self, items, page):
        return {'feed': {'author': {}, 'title': {'label': 'Customer Reviews'}, **({'entry': items} if items else {})}}


class WooCommerce(ByPage):
    name, path = 'woocommerce', '/wp-json/wc/store/v1/products/reviews'

    def watched(self, origin):
        return {'site': origin}

    def item(self, n, origin):
        return {'id': 900 - n, 'date_created_gmt': stamp(n)[:-1], 'product_id': 7, 'product_name': 'Kettle', 'product_permalink': f'{origin}/p/kettle',
                'reviewer': 'ana', 'review': f'<p>Acme note {n}</p>', 'rating': 5}

    def body(self, items, page):
        return items

    def answer(self, page, origin):
        status, headers, body = super().answer(page, origin)
        return status, headers + [('X-WP-TotalPages', str(PAGES))], body


class Tumblr(Place):
    name, https, parameters, environment = 'tumblr', ('https://api.tumblr.com',), {'tag': 'acme'}, {'TUMBLR_API_KEY': 'key'}

    def page_of(self, path, query):
        return (1795600000 - int(query['before'])) // 86400 // EACH + 2 if 'before' in query else 1

    def answer(self, page, origin):
        return as_json({'meta': {'status': 200}, 'response': [
            {'type': 'text', 'blog_name': 'fan', 'id_string': str(900 - n), 'post_url': f'https://fan.tumblr.com/post/{n}', 'timestamp': seconds(n), 'title': 'A',
             'body': f'<p>Acme note {n}</p>', 'note_count': 1} for n in numbers(page)]})


class Bluesky(Place):
    name, https, environment = 'bluesky', ('https://bsky.social/xrpc',), {'BLUESKY_HANDLE': 'quiet.example', 'BLUESKY_APP_PASSWORD': 'hush'}

    def page_of(self, path, query):
        return int(query.get('cursor', 1)) if path.endswith('searchPosts') else None

    def posts(self, page):
        return [{'uri': f'at://did:plc:abc/app.bsky.feed.post/k{n}', 'author': {'did': 'did:plc:abc', 'handle': 'quiet.example'},
                 'record': {'text': f'Acme note {n}', 'createdAt': stamp(n)}, 'likeCount': 7, 'indexedAt': stamp(n)} for n in numbers(page)]

    def answer(self, page, origin):
        return as_json({'posts': self.posts(page), **({'cursor': str(page + 1)} if page < PAGES else {})})

    def other(self, path, query, request):
        if path.endswith('createSession'):
            return as_json({'accessJwt': 'jwt', 'refreshJwt': 'r'})
        wanted = [uri for name, uri in urllib.parse.parse_qsl(urllib.parse.urlsplit(request.path).query) if name == 'uris']
        return as_json({'posts': [post for page in range(1, PAGES + 1) for post in self.posts(page) if post['uri'] in wanted]})


class Lemmy(Place):
    name, https = 'lemmy_v4', ('https://{instance}',)

    def watched(self, origin):
        return {'instance': origin.removeprefix('http://')}

    def page_of(self, path, query):
        return int(query.get('page_cursor', 1)) if path == '/api/v4/search' else None

    def answer(self, page, origin):
        posts = [{'type_': 'post', 'post': {'id': n + 1, 'name': 'Acme', 'body': f'Acme note {n}', 'ap_id': f'https://new.example/post/{n}', 'published_at': stamp(n),
                                            'removed': False, 'deleted': False, 'language_id': 37, 'score': 7},
                  'creator': {'name': 'eve', 'ap_id': 'https://new.example/u/eve'}, 'community': {'name': 'hosting'}} for n in numbers(page)]
        return as_json({'search': posts, 'next_page': str(page + 1) if page < PAGES else None})


class Discourse(ByPage):
    """The posts stand in topics, which the search leads to."""
    name, https, path = 'discourse', ('https://{forum}',), '/search.json'

    def watched(self, origin):
        return {'forum': origin.removeprefix('http://')}

    def post(self, n):
        return {'id': n + 1, 'username': 'wes', 'cooked': f'<p>Acme note {n}</p>', 'created_at': stamp(n), 'updated_at': stamp(n), 'post_number': 1,
                'topic_slug': 'acme', 'topic_id': n + 1, 'reads': 9, 'deleted_at': None, 'hidden': False}

    def item(self, n, origin):
        return {'id': n + 1, 'username': 'wes', 'blurb': 'cut', 'topic_id': n + 1, 'created_at': stamp(n)}

    def body(self, items, page):
        return {'posts': items, 'topics': [], 'grouped_search_result': {'more_full_page_results': True if page < PAGES else None}}

    def other(self, path, query, request):
        n = int(path.removesuffix('.json').split('/')[-1]) - 1
        return as_json({'id': n + 1, 'title': 'Acme', 'post_stream': {'posts': [self.post(n)], 'stream': [n + 1]}})


class Trustpilot(ByPage):
    name, https, path, parameters, environment = ('trustpilot', ('https://api.trustpilot.com/v1',), '/v1/business-units/b1/reviews', {'domain': 'acme.example'},
                                                  {'TRUSTPILOT_API_KEY': 'key'})

    def item(self, n, origin):
        return {'id': f'a{n}', 'consumer': {'id': 'c1', 'displayName': 'Ana'}, 'stars': 2, 'title': 'Slow', 'text': f'Acme note {n}', 'language': 'en',
                'createdAt': stamp(n), 'updatedAt': None, 'companyReply': None}

    def body(self, items, page):
        return {'reviews': items, 'links': []}

    def other(self, path, query, request):
        return as_json({'id': 'b1', 'displayName': 'Acme', 'name': {'identifying': 'acme.example'}, 'numberOfReviews': {'total': 9}})


class CommonCrawl(Place):
    """An index in pages, whose lines lead to records. One page has no line left once the index has filtered it."""
    name, https, parameters = 'common_crawl', ('https://index.commoncrawl.org', 'https://data.commoncrawl.org'), {'site': 'shop.example/*'}
    absent = None              # is how it says that there are no captures
    shown = {1: range(4), 2: range(4, 8), 3: range(0), 4: range(8, 12)}

    def __init__(self):
        self.file, self.places = b'', []
        for n in range(PAGES * EACH):
            review = {'@context': 'https://schema.org', '@type': 'Product', 'name': 'Acme kettle', 'review': {
                '@type': 'Review', 'author': 'Gus', 'reviewBody': f'Acme note {n}', 'datePublished': stamp(n)[:10], 'reviewRating': {'ratingValue': 5}}}
            page = f'<!doctype html><title>Kettle</title><script type="application/ld+json">{json.dumps(review)}</script>'.encode()
            http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' + page
            record = gzip.compress(f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://shop.example/{n}\r\nWARC-Date: {stamp(n)}\r\n'
                                   f'Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n'.encode() + http + b'\r\n\r\n')
            self.places.append((len(self.file), len(record)))
            self.file += record

    def page_of(self, path, query):
        return int(query['page']) + 1 if path.endswith('-index') else None

    def answer(self, page, origin):
        if page not in self.shown:
            return 400, [('Content-Type', 'text/html')], b'Page 4 invalid: First Page is 0, Last Page is 3'
        lines = [
            {'urlkey': f'example,shop)/{n}', 'timestamp': '20261120100000', 'url': f'https://shop.example/{n}', 'mime': 'text/html', 'status': '200',
             'filename': 'crawl-data/a.warc.gz', 'offset': str(self.places[n][0]), 'length': str(self.places[n][1])}
            for n in self.shown[page]]
        return 200, [('Content-Type', 'text/x-ndjson')], ''.join(json.dumps(line) + '\n' for line in lines).encode()

    def other(self, path, query, request):
        if path == '/collinfo.json':
            return as_json([{'id': 'CC-MAIN-2026-48', 'cdx-api': f'http://{request.headers["Host"]}/CC-MAIN-2026-48-index'},
                            {'id': 'CC-MAIN-2026-44', 'cdx-api': f'http://{request.headers["Host"]}/CC-MAIN-2026-44-index'}])
        begin, end = map(int, request.headers['Range'].removeprefix('bytes=').split('-'))
        return 206, [('Content-Type', 'application/octet-stream')], self.file[begin:end + 1]


FAULTS = {
    'html': (200, HTML, b'<!DOCTYPE html><html><head><title>Back soon</title></head><body><h1>We will be back</h1></body></html>'),
    'null': (200, JSON, b'null'),
    '{}': (200, JSON, b'{}'),
    'error': (200, JSON, b'{"error":{"message":"Something broke"}}'),
    'gone': (410, JSON, b'{"error":"gone"}'),
}


def server(place, holes):
    """A handler that answers as the place does, but for a page that is in `holes`: that once."""
    def handler(path, request):
        url = urllib.parse.urlsplit(path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == '/robots.txt':
            return 404, [], b''
        page = place.page_of(url.path, query)
        if page is None:
            return place.other(url.path, query, request)
        return holes.pop(page, None) or place.answer(page, f'http://{request.headers["Host"]}')
    return handler


class Holes(Shelf):
    PLACES = [Steam, Mastodon, Reddit, Telegram, WordPress, HackerNews, StackExchange, GitHub, Lobsters, AppStore, WooCommerce, Tumblr, Bluesky, Lemmy, Discourse, Trustpilot, CommonCrawl]

    def holes_of(self, place):
        """One after another; where one is none to this place, another stands in for it."""
        status, headers, whole = place.answer(2, 'http://127.0.0.1:9')
        holes = {**FAULTS, 'absent': place.absent, 'cut': (status, headers, whole[:len(whole) * 2 // 3])}
        return {name: FAULTS['html'] if hole is None or name in place.patient else hole for name, hole in holes.items()}

    def kept(self):
        return {row['source']: row['n'] for row in self.sql('SELECT source, count(DISTINCT post) AS n FROM v_mentions GROUP BY source')}

    def test_what_lies_behind_a_hole_is_read_once_it_is_filled(self):
        places = {kind.name: kind() for kind in self.PLACES}
        waiting = {name: {} for name in places}
        environment = {name: value for place in places.values() for name, value in place.environment.items()}
        with contextlib.ExitStack() as stack:
            origins = {name: stack.enter_context(web(server(place, waiting[name]))) for name, place in places.items()}
            self.shelve({name: (origins[name], place.https, place.watched(origins[name])) for name, place in places.items()})
            holes = {name: self.holes_of(place) for name, place in places.items()}
            for hour, fault in enumerate([*FAULTS, 'absent', 'cut']):
                for name in places:
                    waiting[name][2] = holes[name][fault]
                answer, summary = self.crawl(f'2026-11-26T{8 + hour:02}:30:00Z', env=environment)
                self.assertEqual(answer.code, 5, answer.err)
                lost = {row['source']: row['failed'] + row['blocked'] + row['left_out'] for row in summary['coverage']}
                self.assertEqual(lost, {name: 1 for name in places}, fault + answer.out)
                self.assertEqual(waiting, {name: {} for name in places}, fault)
                kept = self.kept()
                for name in places:
                    self.assertLess(kept[name], PAGES * EACH, f'{name} {fault}')
            answer, _ = self.crawl('2026-12-03T08:00:00Z', env=environment)
            self.assertEqual((answer.code, self.kept()), (0, {name: PAGES * EACH for name in places}), answer.err + answer.out)


if __name__ == '__main__':
    unittest.main()
