"""Sources that log in: a token for a client's id and secret, and a session for a name and password, against
a server on loopback. What is secret is sought in everything that a crawl leaves behind."""
import base64
import gzip
import http.server
import json
import threading
import time
import unittest

from support import ScratchCase, configuration, watch

CLIENT = {'ACME_ID': 'client-9', 'ACME_SECRET': 'hush-client-secret'}
PERSON = {'ACME_USER': 'listener.example', 'ACME_PASSWORD': 'hush-"password"'}
NOW = '2026-11-02T08:00:00Z'

ITEMS = '''
[paging]
kind = "page"
first = 1
max_pages = 3
[items]
list = "/items"
required = ["id"]
[items.fields]
id = "/id"
text = "/text"
posted_at = "/at"
[terms]
note = "A test."
'''

OAUTH = '''title = "Talk"
about = "a test"
gives = ["posts"]
robots = false
format = "json"
[request]
url = "{origin}/search"
query = {{ page = "{{page}}" }}
[auth]
kind = "oauth_client"
url = "{origin}/token"
id_env = "ACME_ID"
secret_env = "ACME_SECRET"
''' 

SESSION = '''title = "Talk"
about = "a test"
gives = ["posts"]
robots = false
format = "json"
[request]
url = "{origin}/search"
query = {{ page = "{{page}}" }}
[auth]
kind = "session"
url = "{origin}/login"
body = '{{"identifier":"{{user}}","password":"{{password}}"}}'
env = {{ user = "ACME_USER", password = "ACME_PASSWORD" }}
token = "/accessJwt"
expired = "ExpiredToken"
'''


class Service:
    """Gives tokens and answers searches that bring one. `ended` lists searches (by number) that find their
    token ended; `logins` holds what logins are answered with instead of a token, in turn."""

    def __init__(self, ended=(), logins=(), ended_with=(401, {'error': 'unauthorized'}), lifetime=3600):
        self.ended, self.logins, self.ended_with, self.lifetime = set(ended), list(logins), ended_with, lifetime
        self.asked, self.tokens, self.searches, self.times = [], [], 0, []
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                service.search(self)

            def do_POST(self):
                service.login(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.origin = f'http://127.0.0.1:{self.server.server_address[1]}'

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def reply(self, request, status, value, headers=()):
        body = json.dumps(value).encode()
        request.send_response(status)
        for name, text in [('Content-Type', 'application/json'), ('Content-Length', str(len(body))), *headers]:
            request.send_header(name, text)
        request.end_headers()
        request.wfile.write(body)

    def login(self, request):
        body = request.rfile.read(int(request.headers['Content-Length'])).decode()
        self.asked.append(('POST', request.path, dict(request.headers), body))
        self.times.append(time.monotonic())
        if self.logins:
            return self.reply(request, *self.logins.pop(0))
        token = f'hush-token-{len(self.tokens) + 1}'
        self.tokens.append(token)
        self.reply(request, 200, {'access_token': token, 'expires_in': self.lifetime, 'accessJwt': token})

    def search(self, request):
        self.asked.append(('GET', request.path, dict(request.headers), ''))
        self.times.append(time.monotonic())
        self.searches += 1
        if self.searches in self.ended or not self.tokens or \
                request.headers['Authorization'] != f'Bearer {self.tokens[-1]}':
            return self.reply(request, *self.ended_with)
        page = int(request.path.split('page=')[1])
        items = [{'id': f'p{page}', 'text': f'Acme kettle number {page} broke', 'at': '2026-11-01T10:00:00Z'}]
        self.reply(request, 200, {'items': items if page < 3 else []}, [('X-Echo', self.tokens[-1])])

    def posts(self):
        return [path for method, path, _, _ in self.asked if method == 'POST']


class Logins(ScratchCase):
    def prepare(self, service, source=OAUTH, allow=True, extra=''):
        self.write('rules/sources/talk.toml', source.format(origin=service.origin) + ITEMS)
        text = configuration(service.origin, watch('talk', match='all', every='1d'), allow=allow, extra=extra)
        self.write('testigo.toml', 'rules = "rules"\n' + text)

    def crawl(self, env, *words):
        answer = self.cli('crawl', '--all', '--json', '--now', NOW, *words, env=env)
        self.said = answer.out + answer.err
        return answer

    def reasons(self, answer):
        return {reason: count for row in answer.json()['coverage'] for reason, count in row['reasons'].items()}

    def assert_secrets_kept(self):
        left = self.said.encode()
        for path in self.folder.rglob('*'):
            if path.is_file() and path.name != 'talk.toml':
                data = path.read_bytes()
                left += gzip.decompress(data) if path.suffix == '.gz' else data
        basic = base64.b64encode(b'client-9:hush-client-secret')
        for secret in (b'hush', basic, b'hush-%22password%22', b'listener.example'):
            self.assertNotIn(secret, left)

    def texts(self):
        return sorted(row['text'] for row in self.sql('SELECT text FROM v_mentions'))

    REFUSED = 'login refused: http 401; check the environment variables ACME_ID and ACME_SECRET'
    BOTH = ['Acme kettle number 1 broke', 'Acme kettle number 2 broke']

    def test_a_client_gets_a_token_once_and_sends_it_with_each_request(self):
        with Service() as service:
            self.prepare(service)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 0, answer.err + answer.out)
            method, path, headers, body = service.asked[0]
            self.assertEqual((method, path, body), ('POST', '/token', 'grant_type=client_credentials'))
            self.assertEqual(headers['Authorization'],
                             'Basic ' + base64.b64encode(b'client-9:hush-client-secret').decode())
            self.assertEqual(len(service.posts()), 1)
            self.assertEqual(self.texts(), self.BOTH)
            self.assert_secrets_kept()

    def test_a_session_is_opened_with_name_and_password(self):
        with Service() as service:
            self.prepare(service, SESSION)
            self.assertEqual(self.crawl(PERSON).code, 0)
            self.assertEqual(json.loads(service.asked[0][3]),
                             {'identifier': 'listener.example', 'password': 'hush-"password"'})
            self.assertEqual(self.texts(), self.BOTH)
            self.assert_secrets_kept()

    def test_a_token_that_ended_is_renewed_and_the_request_asked_again(self):
        for ended_with in ((401, {'error': 'unauthorized'}), (400, {'error': 'ExpiredToken'})):
            with self.subTest(ended_with), Service(ended=[2], ended_with=ended_with) as service:
                for path in self.folder.glob('testigo.db*'):
                    path.unlink()
                self.prepare(service, SESSION)
                answer = self.crawl(PERSON)
                self.assertEqual(answer.code, 0, answer.err + answer.out)
                self.assertEqual(len(service.posts()), 2)
                self.assertEqual(self.texts(), self.BOTH)
                self.assert_secrets_kept()

    def test_a_service_that_refuses_new_tokens_too_is_given_up(self):
        with Service(ended=range(1, 99)) as service:
            self.prepare(service)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 5)
            self.assertEqual(self.reasons(answer), {self.REFUSED: 1})
            (row,) = answer.json()['coverage']
            self.assertEqual((row['failed'], row['blocked']), (1, 0), 'the login failed; nobody blocked the request')
            self.assertEqual((len(service.posts()), service.searches), (2, 2))
            self.assert_secrets_kept()

    def test_a_refused_login_is_tried_once_and_says_which_variables_to_look_at(self):
        with Service(logins=[(401, {'error': 'hush, no'})] * 9) as service:
            self.prepare(service)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 5)
            self.assertEqual(self.reasons(answer), {self.REFUSED: 1})
            self.assertEqual([(row['failed'], row['blocked']) for row in answer.json()['coverage']], [(1, 0)])
            self.assertEqual(len(service.asked), 1)
            self.assert_secrets_kept()

    def test_a_key_that_the_service_does_not_take_is_a_refused_login_too(self):
        with Service(ended=range(1, 99)) as service:
            self.prepare(service, OAUTH.split('[auth]')[0] + '[auth]\nkind = "header"\nname = "Authorization"\n'
                                  'value = "Bearer {{secret}}"\nenv = "ACME_KEY"\n')
            answer = self.crawl({'ACME_KEY': 'hush-key'})
            self.assertEqual((answer.code, self.reasons(answer)),
                             (5, {'login refused: http 401; check the environment variable ACME_KEY': 1}))
            self.assert_secrets_kept()

    def test_a_busy_login_is_tried_later(self):
        with Service(logins=[(429, {}, [('Retry-After', '1')])]) as service:
            self.prepare(service)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 0, answer.err + answer.out)
            self.assertEqual((len(service.posts()), self.texts()), (2, self.BOTH))
            self.assert_secrets_kept()

    def test_a_login_that_changed_its_answer_says_that_the_source_drifted(self):
        with Service(logins=[(200, {'token': 'hush-token'})]) as service:
            self.prepare(service)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 5)
            self.assertEqual(self.reasons(answer), {"source drifted: the login's /access_token is missing": 1})
            self.assert_secrets_kept()

    def test_a_login_that_leads_elsewhere_is_not_followed(self):
        with Service() as other, Service(logins=[(307, {}, [('Location', other.origin + '/token')])]) as service:
            self.prepare(service)
            self.assertEqual(self.crawl(CLIENT).code, 5)
            self.assertEqual(other.asked, [])
            self.assert_secrets_kept()

    def test_missing_variables_are_named_and_nothing_is_asked(self):
        with Service() as service:
            self.prepare(service)
            answer = self.crawl({'ACME_ID': 'client-9'})
            self.assertEqual(answer.code, 5)
            (reason,) = self.reasons(answer)
            self.assertIn('set the environment variable ACME_SECRET (export ACME_SECRET=…)', reason)
            self.assertEqual(service.asked, [])

    def test_without_an_optional_login_the_service_is_asked_as_anybody_and_a_refusal_gives_advice(self):
        with Service() as service:
            self.prepare(service, OAUTH + 'optional = true\n')
            answer = self.crawl({})
            self.assertEqual(answer.code, 5)
            (reason,) = self.reasons(answer)
            self.assertIn('http 401; set the environment variables ACME_ID and ACME_SECRET', reason)
            self.assertEqual([method for method, *_ in service.asked], ['GET'])
            self.assertNotIn('Authorization', service.asked[0][2])

    def test_the_address_guard_holds_for_logins(self):
        with Service() as service:
            self.prepare(service, allow=False)
            answer = self.crawl(CLIENT)
            self.assertEqual(answer.code, 5)
            self.assertEqual(service.asked, [])
            self.assert_secrets_kept()

    def test_the_gap_holds_between_the_login_and_what_follows(self):
        with Service() as service:
            self.prepare(service)
            text = (self.folder / 'testigo.toml').read_text()
            self.write('testigo.toml', text.replace('ignore_gap_on_allowed_hosts = true\n', '').replace('gap = 0.0', 'gap = 0.5'))
            self.assertEqual(self.crawl(CLIENT).code, 0)
            gaps = [after - before for before, after in zip(service.times, service.times[1:])]
            self.assertGreaterEqual(min(gaps), 0.45, gaps)

    def test_a_replay_needs_neither_secrets_nor_logins(self):
        with Service(ended=[2]) as service:
            self.prepare(service)
            self.assertEqual(self.crawl(CLIENT).code, 0)
        files = sorted(str(path) for path in (self.folder / 'archive').glob('*.warc.gz'))
        words = [word for file in files for word in ('--replay', file)]
        answer = self.crawl({}, '--db', 'again.db', *words)
        self.assertEqual(answer.code, 0, answer.err + answer.out)
        again = sorted(row['text'] for row in self.sql('SELECT text FROM v_mentions', db='again.db'))
        self.assertEqual(again, self.BOTH)


if __name__ == '__main__':
    unittest.main()
