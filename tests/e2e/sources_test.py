"""Sources as their users meet them: listed, tried on saved and live answers, begun from a scaffold, and in
crawls: what a source's terms and errors say is heeded."""
import gzip
import json
import time
import unittest

from support import ScratchCase, configuration, watch, web

TALK = '''title = "Talk"
about = "a test"
gives = ["posts"]
robots = {robots}
format = "json"
[request]
url = "{origin}/search"
error = "/message"
nothing = ["404", "403 closed"]
{request}
[items]
list = "/items"
required = ["id", "author"]
[items.fields]
id = "/id"
author = "/who"
text = "/text"
posted_at = "/at"
{more}
[terms]
note = "A test."
{terms}
'''

POST = {'id': 'p1', 'who': 'gus', 'text': 'Acme kettle broke', 'at': '2026-11-01T10:00:00Z'}
JSON = [('Content-Type', 'application/json')]
NOW = '2026-11-02T08:00:00Z'


def answers(pages):
    """A handler that answers from path → (status, body); what else is asked is not there."""
    asked = []

    def handler(path, request):
        asked.append((path, dict(request.headers)))
        status, body = pages.get(path.split('?')[0], (404, 'Nothing here.'))
        return status, JSON, (body if isinstance(body, bytes) else
                              body.encode() if isinstance(body, str) else json.dumps(body).encode())
    handler.asked = asked
    return handler


class Sources(ScratchCase):
    def talk(self, origin, name='talk', robots='false', request='', more='', terms='', text=TALK, **parameters):
        self.write(f'rules/sources/{name}.toml', text.format(origin=origin, robots=robots, request=request, more=more, terms=terms))
        self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watch(name, match='all', every='1d', **parameters)))

    def crawl(self, *words, **options):
        answer = self.cli('crawl', '--all', '--json', '--now', NOW, *words, **options)
        return answer, (answer.json() if answer.out else None)

    def reasons(self, summary):
        return {reason for row in summary['coverage'] for reason in row['reasons']}

    def count(self, summary, name):
        return sum(row[name] for row in summary['coverage'])

    def archived(self):
        return b''.join(gzip.decompress(path.read_bytes()) for path in (self.folder / 'archive').glob('*.gz'))


class Listed(Sources):
    def test_each_source_says_its_tier_what_it_gives_what_it_needs_and_its_terms(self):
        rows = {row['source']: row for row in self.cli('source', 'list', '--format', 'jsonl').lines()}
        self.assertEqual((rows['reddit']['tier'], rows['reddit']['gives']), (2, 'posts, comments'))
        self.assertIn('$REDDIT_CLIENT_ID', rows['reddit']['needs'])
        self.assertIn('$GITHUB_TOKEN (optional)', rows['github']['needs'])
        self.assertIn('app_id', rows['steam']['needs'])
        self.assertTrue(rows['youtube']['terms'].startswith('Kept 30 days. Deleted when gone.'))
        self.assertTrue(rows['google_places']['terms'].startswith('Nothing is stored.'))
        table = self.cli('source', 'list').out
        for row in rows.values():
            for name in ('source', 'gives', 'needs', 'terms'):
                self.assertIn(row[name], table, 'a pipe loses no word')


class Tried(Sources):
    def test_a_saved_answer_shows_its_posts_and_where_it_drifted(self):
        self.talk('http://127.0.0.1:9')
        file = self.write('answer.json', json.dumps({'items': [POST, {'id': 'p2'}]}))
        answer = self.cli('source', 'test', 'talk', file, '--format', 'jsonl')
        self.assertEqual(answer.code, 5)
        self.assertEqual([post['id'] for post in answer.lines()], ['p1'])
        self.assertIn('source drifted: /items/1/who is missing', answer.err)

    def test_a_trial_shows_the_words_that_a_crawl_keeps(self):
        feed = self.write('feed.xml', '<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>Kettles</title><description>'
                          'It leaks.&lt;p&gt;The post Kettles appeared first on Ana.&lt;/p&gt;</description></item></channel></rss>')
        post, = self.cli('source', 'test', 'feed', feed, '--format', 'jsonl').lines()
        self.assertEqual(post['text'], 'It leaks.')

    def test_a_trial_shows_all_that_a_post_can_have(self):
        self.talk('http://127.0.0.1:9')
        fields = {'id': '/id', 'url': '/url', 'parent': '/parent', 'author': '/who', 'item': '/item', 'location': '/location',
                  'app_version': '/version', 'posted_at': '/at', 'edited_at': '/edited', 'language': '/lang', 'rating': '/stars',
                  'rating_best': '/best', 'rating_worst': '/worst', 'title': '/title', 'text': '/text', 'reach': '/likes',
                  'reply': '/reply', 'replied_at': '/replied', 'by_brand': '/staff'}
        source = TALK[:TALK.index('[items.fields]')].format(origin='http://127.0.0.1:9', robots='false', request='')
        self.write('rules/sources/talk.toml', source + '[items.fields]\n' + ''.join(f'{name} = "{at}"\n' for name, at in fields.items()))
        post = {'id': 'p1', 'url': 'https://talk.example/p1', 'parent': 'p0', 'who': 'gus', 'item': 'Kettle', 'location': 'Cluj',
                'version': '2.1', 'at': '2026-11-01T10:00:00Z', 'edited': '2026-11-02T10:00:00Z', 'lang': 'en', 'stars': 7, 'best': 10,
                'worst': 1, 'title': 'Broke', 'text': 'It broke.', 'likes': 3, 'reply': 'Sorry.', 'replied': '2026-11-03T10:00:00Z',
                'staff': True}
        file = self.write('answer.json', json.dumps({'items': [post, {'id': 'p2', 'who': 'hal', 'text': 'x'}]}))
        answer = self.cli('source', 'test', 'talk', file, '--json')
        self.assertEqual(answer.code, 0, answer.err)
        whole, bare = answer.lines()
        self.assertEqual(whole, {name: post[at[1:]] for name, at in fields.items()})
        self.assertEqual({name for name, value in bare.items() if value is not None}, {'id', 'author', 'text', 'by_brand'})
        self.assertEqual(self.cli('source', 'test', 'talk', file, '--format', 'csv').out.splitlines()[0], ','.join(fields))

    def test_a_live_answer_is_asked_once_with_its_secret_and_leaves_nothing(self):
        handler = answers({'/search': (200, {'items': [POST]})})
        with web(handler) as origin:
            self.talk(origin, more='[auth]\nkind = "query"\nname = "key"\nenv = "TALK_KEY"')
            answer = self.cli('source', 'test', 'talk', '--live', '--format', 'jsonl', env={'TALK_KEY': 'hush-hush'})
            self.assertEqual(answer.code, 0, answer.err)
            self.assertEqual(answer.lines()[0]['author'], 'gus')
            self.assertEqual([path for path, _ in handler.asked], ['/search?key=hush-hush'])
            self.assertNotIn('hush-hush', answer.out + answer.err)
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ['rules', 'testigo.toml'])
            missing = self.cli('source', 'test', 'talk', '--live')
            self.assertEqual(missing.code, 1)
            self.assertIn('set the environment variable TALK_KEY (export TALK_KEY=…)', missing.err)

    def test_a_redirect_takes_the_key_to_no_other_server(self):
        seen = []

        def elsewhere(path, request):
            seen.append(path)
            return 200, JSON, json.dumps({'items': [POST]}).encode()
        with web(elsewhere) as other:
            def handler(path, request):
                return 301, [('Location', other + path)], b''
            with web(handler) as origin:
                self.talk(origin, more='[auth]\nkind = "query"\nname = "key"\nenv = "TALK_KEY"')
                for words in (('source', 'test', 'talk', '--live'), ('crawl', '--all', '--json', '--now', NOW)):
                    answer = self.cli(*words, env={'TALK_KEY': 'hush-hush'})
                    self.assertIn('a redirect would take the key where it is not meant for', answer.err + answer.out)
                    self.assertNotIn('hush-hush', answer.err + answer.out)
                self.assertEqual((answer.code, answer.json()['coverage'][0]['blocked']), (5, 1))
        self.assertEqual([path for path in seen if 'hush-hush' in path], [])

    def test_a_service_that_repeats_the_key_in_its_error_does_not_bring_it_into_ours(self):
        handler = answers({'/search': (200, 'No such key: hush-hush')})
        with web(handler) as origin:
            self.talk(origin, more='[auth]\nkind = "query"\nname = "key"\nenv = "TALK_KEY"')
            for words in (('source', 'test', 'talk', '--live'), ('crawl', '--all')):
                answer = self.cli(*words, env={'TALK_KEY': 'hush-hush'})
                self.assertIn('No such key', answer.err + answer.out)
                self.assertNotIn('hush-hush', answer.err + answer.out)

    def test_robots_and_errors_are_told(self):
        handler = answers({'/robots.txt': (200, 'User-agent: *\nDisallow: /search'), '/search': (200, {'message': 'Go away'})})
        with web(handler) as origin:
            self.talk(origin, robots='true')
            answer = self.cli('source', 'test', 'talk', '--live')
            self.assertEqual((answer.code, [path for path, _ in handler.asked]), (1, ['/robots.txt']))
            self.assertIn('robots.txt', answer.err)
            self.talk(origin)
            answer = self.cli('source', 'test', 'talk', '--live')
            self.assertEqual(answer.code, 1)
            self.assertIn('the service says: "Go away"', answer.err)

    def test_what_is_wrong_with_a_trial_is_said_with_the_file_or_the_word_that_is_wrong(self):
        self.talk('http://127.0.0.1:9')
        file = self.write('answer.json', '{"items":')
        for words, code, said in (((file,), 1, 'answer.json: '), (('nothing.json',), 1, 'nothing.json: '),
                                  ((file, '--step', 'more'), 2, 'has no step "more"')):
            answer = self.cli('source', 'test', 'talk', *words)
            self.assertEqual(answer.code, code, answer.err)
            self.assert_one_line(answer.err)
            self.assertIn(said, answer.err)

    def test_parameters_come_by_with(self):
        handler = answers({'/search': (200, {'items': [POST]})})
        with web(handler) as origin:
            self.talk(origin, request='query = { app = "{app}" }', more='[parameters.app]\nabout = "the app"\nrequired = true')
            self.assertIn('app', self.cli('source', 'test', 'talk', '--live').err)
            self.assertEqual(self.cli('source', 'test', 'talk', '--live', '--with', 'app=7').code, 0)
            self.assertEqual(handler.asked[-1][0], '/search?app=7')
            self.assertEqual(self.cli('source', 'test', 'talk', '--live', '--with', 'app').code, 2)
            self.assertEqual(self.cli('source', 'test', 'talk').code, 2)


class Begun(Sources):
    def test_a_scaffold_from_an_answer_reads_that_answer(self):
        self.talk('http://127.0.0.1:9')
        file = self.write('answer.json', json.dumps({'meta': {'tags': [{'t': 1}]}, 'data': {'reviews': [
            {'uuid': 'r1', 'user': {'name': 'Gus'}, 'body': 'Good kettle', 'stars': 4, 'createdAt': '2026-11-01T10:00:00Z'},
            {'uuid': 'r2', 'user': {'name': 'Hal'}, 'body': 'Bad kettle', 'stars': 1, 'createdAt': '2026-11-02T10:00:00Z'}]}}))
        new = self.cli('source', 'new', 'kettles', '--from', file)
        self.assertEqual(new.code, 0, new.err)
        posts = self.cli('source', 'test', 'kettles', file, '--format', 'jsonl').lines()
        self.assertEqual([(p['id'], p['author'], p['text'], p['rating'], p['posted_at']) for p in posts],
                         [('r1', 'Gus', 'Good kettle', 4, '2026-11-01T10:00:00Z'), ('r2', 'Hal', 'Bad kettle', 1, '2026-11-02T10:00:00Z')])
        again = self.cli('source', 'new', 'kettles')
        self.assertEqual(again.code, 1)
        self.assert_one_line(again.err)

    def test_a_scaffold_of_any_kind_is_accepted(self):
        self.talk('http://127.0.0.1:9')
        page = self.write('page.html', '<article id="a1"><span class="author">Gus</span><p>Good</p></article>')
        feed = self.write('feed.xml', '<?xml version="1.0"?><rss version="2.0"><channel><item><guid>x</guid><title>Acme</title></item></channel></rss>')
        other = self.write('other.json', '{"items":[{"id":1,"text":"Acme"}]}')
        for name, origin, tried in (('plain', None, other), ('asked', 'https://service.example/api?q=1', other),
                                    ('page', page, page), ('feed_of_mine', feed, feed)):
            new = self.cli('source', 'new', name, *(('--from', origin) if origin else ()))
            self.assertEqual(new.code, 0, new.err)
            answer = self.cli('source', 'test', name, tried, '--format', 'jsonl')
            self.assertEqual(len(answer.lines()) if name != 'plain' and name != 'asked' else 1, 1, name + answer.err)
        self.assertEqual(self.cli('source', 'new', 'Not a name!').code, 2)

    def test_without_a_configuration_it_says_what_to_add(self):
        new = self.cli('source', 'new', 'kettles')
        self.assertEqual(new.code, 0, new.err)
        self.assertIn('Add rules = "rules" to testigo.toml', new.err)
        self.assertTrue((self.folder / 'rules/sources/kettles.toml').exists())

    def test_an_invalid_source_says_file_line_and_mend(self):
        for broken, line, mend in (
                ('tier = 9\n', 1, 'between 1 and 3'), ('tiel = 1\n', 1, 'did you mean "tier"'), ('format = "jason"\n', 1, 'did you mean "json"'),
                ('tier = "one"\n', 1, 'whole number'), ('title = \n', 1, '')):
            self.talk('http://127.0.0.1:9', text=broken + TALK.replace('format = "json"\n', '') if 'format' in broken else broken + TALK)
            answer = self.cli('source', 'list')
            self.assertEqual(answer.code, 4, answer.err)
            self.assertRegex(answer.err, rf'talk\.toml:{line}(:\d+)?: ')
            self.assertIn(mend, answer.err)
        for more, word in (('query = { q = "{nobody}" }', 'Declare it under [parameters.nobody]'),
                           ('read_as = "{nowhere}"', '[parameters.nowhere]'), ('method = 7', 'string')):
            self.talk('http://127.0.0.1:9', request=more)
            answer = self.cli('source', 'list')
            self.assertRegex(answer.err, r'talk\.toml:10(:\d+)?: ')
            self.assertIn(word, answer.err)


    def test_a_broken_source_of_ones_own_hides_no_other(self):
        self.talk('http://127.0.0.1:9', name='other')
        self.talk('http://127.0.0.1:9', name='hackernews')
        self.write('rules/sources/talk.toml', TALK.format(origin='http://127.0.0.1:9', robots='false', request='x = 1', more='', terms=''))
        self.write('rules/sources/My Shop.toml', 'title = "Shop"')
        answer = self.cli('source', 'list', '--json')
        self.assertEqual(answer.code, 4)
        self.assertRegex(answer.err, r'talk\.toml:10:\d+: ')
        self.assertRegex(answer.err, r'My Shop\.toml:1:1: .*rename it')
        rows = {row['source']: row['from'] for row in answer.json()}
        self.assertEqual((rows['other'], rows['reddit']), ('own', 'built in'))
        self.assertEqual(rows['hackernews'], 'own, in place of the built-in one')
        self.assertNotIn('talk', rows)
        file = self.write('answer.json', json.dumps({'items': [POST]}))
        self.assertEqual(self.cli('source', 'test', 'other', file).code, 0)
        self.assertEqual(self.cli('source', 'test', 'talk', file).code, 4)
        self.assertEqual(self.cli('crawl', '--all').code, 4, 'what a broken source was to say is not known')

    def test_a_scaffold_is_not_made_of_what_shows_no_posts(self):
        self.talk('http://127.0.0.1:9')
        for answer, mend in (('', 'the answer is empty'), ('Bad gateway', 'neither JSON, a feed nor HTML'),
                             ('{"items": []}', 'save an answer that shows posts'), ('<html><h1>502</h1></html>', 'save an answer')):
            new = self.cli('source', 'new', 'kettles', '--from', self.write('answer.txt', answer))
            self.assertEqual(new.code, 1, answer)
            self.assert_one_line(new.err)
            self.assertIn('answer.txt: ', new.err)
            self.assertIn(mend, new.err)
            self.assertFalse((self.folder / 'rules/sources/kettles.toml').exists())


class Crawled(Sources):
    def test_what_may_not_be_stored_is_neither_stored_nor_archived(self):
        with web(answers({'/search': (200, {'items': [POST]})})) as origin:
            self.talk(origin, terms='store = false')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 0), answer.err)
            self.assertEqual(self.count(summary, 'asked'), 1)
            self.assertEqual(['let nothing be stored' in message for message in summary['messages']], [True])
            left = self.archived() + b''.join(path.read_bytes() for path in self.folder.glob('testigo.db*'))
            self.assertNotIn(b'kettle', left)

    def test_an_error_that_means_nothing_is_an_empty_answer(self):
        for page in ((404, {'message': 'No captures'}), (403, {'reason': 'closed', 'message': 'x'})):
            with self.subTest(page), web(answers({'/search': page})) as origin:
                self.talk(origin)
                answer, summary = self.crawl('--db', f'{page[0]}.db')
                self.assertEqual((answer.code, self.count(summary, 'empty'), self.count(summary, 'failed')), (0, 1, 0), answer.err)
        with web(answers({'/search': (403, {'message': 'no'})})) as origin:
            self.talk(origin)
            answer, summary = self.crawl('--db', 'refused.db')
            self.assertEqual((answer.code, self.reasons(summary)), (5, {'http 403'}))

    def test_drift_stands_in_the_ledger_and_half_a_post_is_not_stored(self):
        with web(answers({'/search': (200, {'items': [{'id': 'p2', 'text': 'Acme'}, POST]})})) as origin:
            self.talk(origin)
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (5, 1), answer.err)
            self.assertEqual(self.reasons(summary), {'source drifted: /items/0/who is missing'})
            self.assertRegex('\n'.join(summary['messages']), rf'{origin}/search\S*: source drifted: /items/0/who is missing')
            self.assertEqual((self.count(summary, 'items'), self.count(summary, 'left_out')), (2, 1))
        with web(answers({'/search': (200, {'hits': []})})) as origin:
            self.talk(origin)
            answer, summary = self.crawl('--db', 'other.db')
            self.assertEqual((answer.code, self.count(summary, 'failed')), (5, 1))
            self.assertEqual(self.reasons(summary), {'source drifted: /items is missing'})

    def test_what_drifted_on_every_page_is_told_once(self):
        def handler(path, request):
            page = int(path.split('page=')[1]) if 'page=' in path else 0
            items = [dict(POST, id=f'p{page}'), {'id': f'x{page}', 'text': 'Acme'}] if 1 <= page <= 3 else []
            return 200, JSON, json.dumps({'items': items}).encode()
        with web(handler) as origin:
            text = TALK.replace('/search"', '/search?page={{page}}"').replace('[items]', '[paging]\nkind = "page"\n[items]')
            self.talk(origin, text=text)
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (5, 3), answer.err)
            told = [message for message in summary['messages'] if 'source drifted' in message]
            self.assertEqual(told, [f'{origin}/search?page=1: source drifted: /items/1/who is missing; and so of 2 more answers'])

    def test_several_reasons_of_one_page_are_kept_and_the_share_that_was_seen_is_honest(self):
        broken = [{'id': f'p{n}', 'text': 'Acme'} for n in range(2)] + [{'who': 'gus'}, dict(POST, at=[])]
        with web(answers({'/search': (200, {'items': broken + [POST]})})) as origin:
            self.talk(origin)
            answer, summary = self.crawl()
            self.assertEqual((answer.code, self.reasons(summary)), (5, {
                'source drifted: /items/0/who is missing', 'source drifted: /items/2/id is missing',
                'source drifted: /items/3/at is an array, not a text or number'}), answer.err)
            status = self.cli('status').out
            self.assertRegex(status, r'acme +talk .* 20%')
            self.assertIn('left out 4 of 5 items: source drifted: ', status)

    RECHECK = '''[[step]]
name = "recheck"
recheck = true
together = 3
format = "json"
[step.request]
url = "{origin}/by_id?ids={{ids}}"
[step.items]
list = "/items"
skip_if = "/deleted"
required = ["id", "text"]
[step.items.fields]
id = "/id"
text = "/text"
'''

    def test_posts_that_no_list_reaches_are_asked_for_by_their_ids(self):
        kept = [dict(POST, id=f'p{n}', text=f'Acme kettle number {n}') for n in range(1, 5)]
        service = {'list': kept, 'status': 200, 'asked': []}

        def handler(path, _):
            if path == '/search':
                return 200, JSON, json.dumps({'items': service['list']}).encode()
            ids = path.split('=')[1].replace('%2C', ',').split(',')
            service['asked'].append(len(ids))
            there = [dict(post, deleted=post['id'] == 'p2') for post in kept if post['id'] in ids and post['id'] != 'p3']
            return service['status'], JSON, json.dumps({'items': there}).encode()

        with web(handler) as origin:
            self.talk(origin, more=self.RECHECK.format(origin=origin), terms='delete_when_gone = true')
            self.crawl()
            self.assertEqual(service['asked'], [], 'nothing was kept yet')
            service['list'] = [dict(POST, id='p9', text='Acme kettle number 9')]
            answer, summary = self.crawl('--now', '2026-11-03T08:00:00Z')
            self.assertEqual((answer.code, sorted(service['asked'])), (0, [1, 3]), answer.err)
            self.assertEqual(sorted(row['text'][-1] for row in self.sql('SELECT text FROM v_mentions')), ['1', '4', '9'])
            gone = "SELECT count(*) AS n FROM revision WHERE text LIKE '%number 2' OR text LIKE '%number 3'"
            self.assertEqual(self.sql(gone), [{'n': 0}], 'nothing of them stays')
            service['status'] = 404
            self.crawl('--now', '2026-11-04T08:00:00Z')
            self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions'), [{'n': 3}], 'a way to ask that is gone says nothing')
            self.assertEqual(self.cli('doctor', '--deep').code, 0)

    def test_a_list_that_is_newest_first_is_read_on_only_to_what_is_known(self):
        pages = {page: [{'id': f'{page}-{n}', 'who': 'gus', 'text': 'Acme', 'at': f'2026-{11 - page:02}-0{9 - n}T10:00:00Z'}
                        for n in range(3)] for page in range(1, 6)}

        def handler(path, _):
            page = int(path.split('page=')[1])
            return 200, JSON, json.dumps({'items': pages.get(page, [])}).encode()
        asked = []
        with web(lambda path, request: asked.append(path) or handler(path, request)) as origin:
            self.talk(origin, request='query = { page = "{page}" }', more='[paging]\nkind = "page"\nnewest_first = true')
            self.assertEqual(self.crawl()[1]['new_posts'], 15)
            self.assertEqual(len(asked), 6)
            answer = self.cli('crawl', '--all', '--json', '--now', '2026-11-03T08:00:00Z')
            self.assertEqual(answer.code, 0, answer.err)
            self.assertEqual(len(asked), 7, 'the first page has nothing from after the last pass but a week')

    def long_list(self, faults):
        """A list of five pages, newest first, each post of which leads to a comment; what `faults` has for a path is answered once."""
        pages = {page: [{'id': f'{page}-{n}', 'who': 'gus', 'text': 'Acme', 'at': f'2026-{11 - page:02}-0{9 - n}T10:00:00Z'}
                        for n in range(3)] for page in range(1, 6)}
        asked = []

        def handler(path, _):
            asked.append(path)
            if path in faults:
                return faults.pop(path)
            if path.startswith('/comments/'):
                return 200, JSON, json.dumps({'items': [POST | {'id': 'on-' + path.split('/')[2]}]}).encode()
            return 200, JSON, json.dumps({'items': pages.get(int(path.split('page=')[1]), [])}).encode()
        return handler, asked

    LONG = '''[paging]
kind = "page"
newest_first = true
{}
[[step]]
name = "comments"
for_each = "/items"
variables = {{ post = "/id" }}
changed = "/at"
format = "json"
[step.request]
url = "{}/comments/{{post}}"
[step.items]
list = "/items"
required = ["id", "author"]
[step.items.fields]
id = "/id"
author = "/who"
text = "/text"
'''

    def test_what_lies_behind_an_answer_that_cannot_be_read_is_asked_for_again(self):
        html = 200, [('Content-Type', 'text/html')], b'<html><body><h1>We will be back</h1></body></html>'
        for number, (path, fault) in enumerate([
                ('/search?page=3', html), ('/search?page=3', (200, JSON, b'{"items":[{"id":"3-0","wh')), ('/search?page=3', (200, JSON, b'{}')),
                ('/search?page=3', (410, JSON, b'{"reason":"gone"}')), ('/search?page=1', (410, JSON, b'{"reason":"gone"}')),
                ('/comments/3-1', html)]):
            handler, _ = self.long_list({path: fault})
            with self.subTest(path, fault=fault), web(handler) as origin:
                self.talk(origin, request='query = { page = "{page}" }', more=self.LONG.format('', origin))
                words = ('crawl', '--json', '--db', f'{number}.db', '--now')
                first = self.cli(*words, '2026-11-03T08:00:00Z')
                self.assertEqual((first.code, self.count(first.json(), 'failed')), (5, 1), first.err + first.out)
                self.assertLess(first.json()['new_posts'], 30)
                second = self.cli(*words, '2026-11-10T08:00:00Z')
                self.assertEqual((second.code, self.count(second.json(), 'failed')), (0, 0), second.err + second.out)
                self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions', f'{number}.db'), [{'n': 30}])

    def test_a_limit_of_the_source_is_no_limit_of_the_run(self):
        handler, asked = self.long_list({})
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }', more=self.LONG.format('max_pages = 2', origin))
            answer, summary = self.crawl()
            self.assertEqual((answer.code, self.count(summary, 'capped'), self.reasons(summary)), (5, 1, {'max_pages of the source'}), answer.err)
            self.assertEqual(summary['left'], 0)
            told = self.cli('crawl', '--all', '--db', 'told.db', '--now', NOW)
            self.assertIn('raise max_pages or max_requests in a copy of rules/sources/NAME.toml', told.out)
            self.assertNotIn('tries again', told.out)
            self.talk(origin, request='query = { page = "{page}" }', more=self.LONG.format('', origin))
            exactly, summary = self.crawl('--max-pages', str(6 + 15), '--db', 'exactly.db')
            self.assertEqual((exactly.code, summary['left'], self.count(summary, 'capped')), (0, 0, 0), exactly.err + exactly.out)
            short, summary = self.crawl('--max-pages', str(5 + 15), '--db', 'short.db')
            self.assertEqual((short.code, summary['left'], self.reasons(summary)), (5, 1, {'max_pages'}), short.err + short.out)

    def paged(self, first):
        """A service with two pages whose answers to page 1 are `first`, one after another; and when it was asked."""
        asked = []

        def handler(path, _):
            page = int(path.split('page=')[1])
            asked.append((page, time.monotonic()))
            before = sum(1 for number, _ in asked if number == page) - 1
            if page == 1 and before < len(first):
                status, headers, body = first[before]
                return status, JSON + headers, json.dumps(body).encode()
            return 200, JSON, json.dumps({'items': [POST | {'id': f'p{page}'}] if page < 3 else []}).encode()
        return handler, asked

    def test_who_says_slow_down_in_a_way_of_its_own_is_asked_again_later(self):
        handler, asked = self.paged([(403, [('Retry-After', '1')], {'message': 'You have exceeded a secondary rate limit.'})])
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }',
                      more='[paging]\nkind = "page"\n[rate]\ngap = "0s"\nlimited = "403 rate limit"')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 2), answer.err + answer.out)
            self.assertEqual([page for page, _ in asked], [1, 1, 2, 3])
            self.assertGreaterEqual(asked[1][1] - asked[0][1], 0.9)

    def test_nothing_in_place_of_an_answer_is_asked_for_again(self):
        handler, asked = self.paged([(200, [('Retry-After', '1')], None)])
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }',
                      more='[paging]\nkind = "page"\n[rate]\ngap = "0s"\nlimited = ["200 null", "200"]')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 2), answer.err + answer.out)
            self.assertEqual([page for page, _ in asked], [1, 1, 2, 3])
            self.assertGreaterEqual(asked[1][1] - asked[0][1], 0.9)

    def test_a_403_with_other_words_is_a_refusal(self):
        handler, asked = self.paged([(403, [], {'message': 'Forbidden'})])
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }',
                      more='[paging]\nkind = "page"\n[rate]\ngap = "0s"\nlimited = "403 rate limit"')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, len(asked), self.reasons(summary)), (5, 1, {'http 403'}))

    def test_a_good_answer_that_asks_for_a_pause_gets_it(self):
        handler, asked = self.paged([(200, [], {'items': [POST], 'backoff': 2})])
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }',
                      more='[paging]\nkind = "page"\n[rate]\ngap = "0s"\nwait = "/backoff"')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 2), answer.err + answer.out)
            self.assertEqual([page for page, _ in asked], [1, 2, 3])
            self.assertGreaterEqual(asked[1][1] - asked[0][1], 1.9)
            self.assertLess(asked[2][1] - asked[1][1], 1.9)

    def test_the_last_answer_within_a_limit_is_followed_by_a_pause(self):
        for remaining, reset in (('X-RateLimit-Remaining', 'X-RateLimit-Reset'), ('X-Rate-Limit-Remaining', 'X-Rate-Limit-Reset')):
            handler, asked = self.paged([(200, [(remaining, '0'), (reset, '2')], {'items': [POST]})])
            with self.subTest(reset), web(handler) as origin:
                self.talk(origin, request='query = { page = "{page}" }', more='[paging]\nkind = "page"\n[rate]\ngap = "0s"')
                answer, summary = self.crawl('--db', f'{reset}.db')
                self.assertEqual((answer.code, summary['new_posts']), (0, 2), answer.err + answer.out)
                self.assertEqual([page for page, _ in asked], [1, 2, 3])
                self.assertGreaterEqual(asked[1][1] - asked[0][1], 1.9)
                self.assertLess(asked[2][1] - asked[1][1], 1.9)

    def test_who_says_when_its_limit_begins_anew_is_asked_again_then(self):
        handler, asked = self.paged([(429, [('X-Rate-Limit-Reset', '1')], {'error': 'rate_limit_reached'})])
        with web(handler) as origin:
            self.talk(origin, request='query = { page = "{page}" }', more='[paging]\nkind = "page"\n[rate]\ngap = "0s"')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 2), answer.err + answer.out)
            self.assertGreaterEqual(asked[1][1] - asked[0][1], 0.9)

    def test_an_error_is_told_in_the_services_own_words(self):
        with web(answers({'/search': (403, {'message': 'API key not valid: zmot-secret-7'})})) as origin:
            self.talk(origin, more='[auth]\nkind = "header"\nname = "X-Key"\nenv = "TALK_KEY"')
            answer, summary = self.crawl(env={'TALK_KEY': 'zmot-secret-7'})
            self.assertEqual((answer.code, self.reasons(summary)), (5, {'http 403'}), answer.err)
            said, = summary['messages']
            self.assertTrue(said.startswith(f'{origin}/search: http 403; the service says: "API key not valid: '), said)
            self.assertNotIn('zmot-secret-7', answer.out + answer.err)

    def test_what_is_not_there_is_told_in_the_services_own_words(self):
        with web(answers({'/search': (410, {'message': 'No route zmot-secret-7'})})) as origin:
            self.talk(origin, more='[auth]\nkind = "header"\nname = "X-Key"\nenv = "TALK_KEY"')
            answer, summary = self.crawl(env={'TALK_KEY': 'zmot-secret-7'})
            self.assertEqual((answer.code, self.reasons(summary)), (5, {'http 410'}), answer.err)
            said, = summary['messages']
            self.assertTrue(said.startswith(f'{origin}/search: http 410; the service says: "No route '), said)
            self.assertNotIn('zmot-secret-7', answer.out + answer.err)

    def test_words_that_are_cut_short_do_not_end_within_a_secret(self):
        for status in (200, 403, 410):
            with web(answers({'/search': (status, {'message': 'x' * 110 + ' zmot-secret-7'})})) as origin:
                self.talk(origin, more='[auth]\nkind = "header"\nname = "X-Key"\nenv = "TALK_KEY"')
                for words in (('crawl', '--all', '--db', f'{status}.db'), ('source', 'test', 'talk', '--live')):
                    answer = self.cli(*words, env={'TALK_KEY': 'zmot-secret-7'})
                    self.assertIn('xxx', answer.out + answer.err)
                    self.assertNotIn('zmot', answer.out + answer.err)

    def test_a_message_names_its_address_once(self):
        for body in (b'<html>We will be back</html>', b'{"message":"no such thing"}'):
            with web(lambda path, _: (200, JSON, body)) as origin:
                self.talk(origin)
                answer, summary = self.crawl('--db', f'{len(body)}.db')
                self.assertEqual(answer.code, 5)
                self.assertEqual([message.count(origin) for message in summary['messages']], [1], summary['messages'])

    def test_a_page_of_nothing_that_is_wanted_is_not_the_last(self):
        handler, asked = self.paged([(200, [], {'items': [POST | {'repost': True}]})])
        with web(handler) as origin:
            text = TALK.replace('required =', 'skip_if = "/repost"\nrequired =')
            self.talk(origin, request='query = { page = "{page}" }', more='[paging]\nkind = "page"', text=text)
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 1), answer.err + answer.out)
            self.assertEqual([page for page, _ in asked], [1, 2, 3])

    def test_a_list_that_shows_the_same_under_ever_new_addresses_is_left(self):
        asked = []

        def handler(path, request):
            asked.append(path)
            posts = [POST | {'id': f'{min(len(asked), 3)}-{n}'} for n in range(2)]
            return 200, JSON, json.dumps({'items': posts, 'next': f'/search?cursor=c{len(asked)}'}).encode()
        with web(handler) as origin:
            self.talk(origin, more='[paging]\nkind = "next_url"\nnext = "/next"\n[rate]\ngap = "0s"')
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts'], len(asked)), (5, 6, 5), answer.err + answer.out)
            self.assertEqual((self.count(summary, 'capped'), self.reasons(summary)), (1, {'the list repeats itself'}))
            asked.clear()
            again, summary = self.crawl()
            self.assertEqual((again.code, summary['new_posts'], len(asked)), (5, 0, 5), 'known posts are no repeated ones')

    def test_captures_in_an_index_are_read_out_of_ranges_of_warc_files(self):
        page = ('<!doctype html><html lang="en"><title>Kettle</title><script type="application/ld+json">'
                '{"@context":"https://schema.org","@type":"Product","name":"Acme kettle","review":{"@type":"Review",'
                '"author":"Gus","reviewBody":"Acme kettle boils fast.","datePublished":"2024-02-20","reviewRating":{"ratingValue":5}}}'
                '</script></html>').encode()
        http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' + page
        record = gzip.compress(b'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://shop.example/kettle\r\n'
                               b'WARC-Date: 2024-03-01T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n'
                               b'Content-Length: %d\r\n\r\n' % len(http) + http + b'\r\n\r\n')
        file = b'x' * 100 + record + b'y' * 100

        def handler(path, request):
            if path.startswith('/index'):
                lines = [{'filename': 'crawl/a.warc.gz', 'offset': '100', 'length': str(len(record))}] if 'page=0' in path else []
                return (200, JSON, '\n'.join(map(json.dumps, lines)).encode()) if lines else (404, JSON, b'{"message":"No Captures found"}')
            begin, end = map(int, request.headers['Range'].removeprefix('bytes=').split('-'))
            return 206, [('Content-Type', 'application/octet-stream')], file[begin:end + 1]
        with web(handler) as origin:
            self.write('rules/sources/crawls.toml', f'''title = "Crawls"
about = "a test"
gives = ["reviews"]
robots = false
format = "jsonl"
[request]
url = "{origin}/index?page={{page}}"
nothing = "404"
[paging]
kind = "page"
first = 0
[[step]]
name = "record"
for_each = ""
variables = {{ file = "/filename", range = "range:/offset,/length" }}
format = "warc"
[step.request]
url = "{origin}/{{+file}}"
headers = {{ Range = "{{range}}" }}
[terms]
note = "A test."
''')
            self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watch('crawls', match='all', every='1d')))
            answer, summary = self.crawl()
            self.assertEqual((answer.code, summary['new_posts']), (0, 1), answer.err + answer.out)
            (row,) = self.sql('SELECT text, author, rating, item, posted_at FROM v_mentions')
            self.assertEqual((row['text'], row['rating'], row['item']), ('Acme kettle boils fast.', 5, 'Acme kettle'))


if __name__ == '__main__':
    unittest.main()
