"""What the end-to-end tests share: the built program, scratch folders, servers on loopback."""
import contextlib
import http.server
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get('TESTIGO_BIN', str(ROOT / 'build/dev/testigo'))
TIMEOUT = 120


class Answer:
    """How a run of the program ended."""

    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode('utf-8', 'surrogateescape')
        self.err = process.stderr.decode('utf-8', 'surrogateescape')

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


def testigo(*words, cwd=None, stdin=b'', env=None, user=None):
    environment = {k: v for k, v in os.environ.items() if not k.startswith('TESTIGO_')}
    environment.update(env or {})
    process = subprocess.run([BINARY, *map(str, words)], cwd=cwd, input=stdin, capture_output=True,
                             timeout=TIMEOUT, env=environment, check=False, user=user)
    return Answer(process)


class ScratchCase(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix='testigo-e2e-')
        self.addCleanup(self._folder.cleanup)
        self.folder = pathlib.Path(self._folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def cli(self, *words, **options):
        return testigo(*words, cwd=self.folder, **options)

    def sql(self, query, db='testigo.db'):
        answer = self.cli('sql', query, '--format', 'jsonl', '--db', db)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.lines()

    def assert_one_line(self, text):
        """An error a person can read: one line, about something, without a stack."""
        self.assertRegex(text.strip(), r'^testigo: \S.*$')
        self.assertEqual(len(text.strip().splitlines()), 1, text)


@contextlib.contextmanager
def demo_web():
    """`testigo demo --serve` on a free port; yields its origin."""
    process = subprocess.Popen([BINARY, 'demo', '--serve'], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    try:
        yield process.stdout.readline().decode().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        process.stdout.close()


def demo_configuration(origin):
    text = (ROOT / 'data/demo/testigo.toml').read_text()
    return text.replace('{port}', origin.rsplit(':', 1)[1])


@contextlib.contextmanager
def web(handler):
    """A server whose every GET and POST is answered by handler(path, request) -> (status, headers, body)."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_GET(self):
            status, headers, body = handler(self.path, self)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            if not any(name.lower() in ('content-length', 'transfer-encoding') for name, _ in headers):
                self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers.get('Content-Length', 0)))
            self.do_GET()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f'http://127.0.0.1:{server.server_address[1]}'
    finally:
        server.shutdown()
        server.server_close()


def configuration(origin, watches, allow=True, extra=''):
    """A testigo.toml for one brand "Acme" with the given watches (TOML text)."""
    port = origin.rsplit(':', 1)[1]
    allowed = f'allow_hosts = ["127.0.0.1:{port}"]' if allow else ''
    return f'''contact = "mailto:tests@example.com"
[fetch]
{allowed}
ignore_gap_on_allowed_hosts = true
gap = 0.0
{extra}
[brand.acme]
name = "Acme"
query = "acme"
{watches}
'''


def watch(source, **parameters):
    lines = [f'[[brand.acme.watch]]', f'source = "{source}"']
    lines += [f'{name} = {json.dumps(value)}' for name, value in parameters.items()]
    return '\n'.join(lines) + '\n'


def rss(items):
    """An RSS document of (guid, text) items about Acme."""
    body = ''.join(f'<item><guid isPermaLink="false">{guid}</guid><title>Acme {guid}</title>'
                   f'<description>{text}</description>'
                   f'<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>' for guid, text in items)
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Acme talk</title>'
            f'<link>http://acme.example/</link>{body}</channel></rss>').encode()


FEED = [('Content-Type', 'application/rss+xml; charset=utf-8')]

