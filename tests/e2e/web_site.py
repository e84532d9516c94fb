"""A web site on loopback that a test writes page by page: reviews, validators, and every way to fail."""
import contextlib
import email.utils
import hashlib
import html
import http.server
import json
import socket
import ssl
import struct
import threading
import time


class Reply:
    """One answer. `etag` and `modified` (seconds since 1970) are heeded when the client hands them back."""

    def __init__(self, body=b'', status=200, headers=(), kind='text/html; charset=utf-8', etag=False, modified=None):
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.headers = status, list(headers)
        if kind:
            self.headers.append(('Content-Type', kind))
        self.etag = '"' + hashlib.sha1(self.body).hexdigest() + '"' if etag else None
        self.modified = email.utils.formatdate(modified, usegmt=True) if modified else None

    def unchanged_for(self, asked):
        if self.etag and 'If-None-Match' in asked:
            return asked['If-None-Match'] == self.etag
        return bool(self.modified) and asked.get('If-Modified-Since') == self.modified


NOTHING = Reply('Nothing here.', 404)


class Site:
    """Answers from `pages`: path → Reply, or function(connection) that writes what it likes to the
    socket and hangs up. `asked` keeps each request's path and headers, in order."""

    def __init__(self, pages=None, host='127.0.0.1', port=0, delay=0.0):
        self.pages, self.delay, self.asked = dict(pages or {}), delay, []
        self.pages.setdefault('/robots.txt', NOTHING)
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            disable_nagle_algorithm = True  # headers and body are two writes

            def do_GET(self):
                site.answer(self)

            def do_HEAD(self):
                site.answer(self)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass  # clients that hang up are part of the play

        self.server = Server((host, port), Handler)
        self.host, self.port = host, self.server.server_address[1]
        self.origin = f'http://{host}:{self.port}'
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def with_tls(self, certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.origin = self.origin.replace('http:', 'https:')
        return self

    def answer(self, request):
        self.asked.append((request.path, request.headers))
        if self.delay:
            time.sleep(self.delay)
        page = self.pages.get(request.path) or self.pages.get('*') or NOTHING
        with contextlib.suppress(OSError):
            if callable(page):
                request.close_connection = True
                page(request.connection, request.path)
            else:
                self.send(request, page)

    def send(self, request, page):
        unchanged = page.status == 200 and page.unchanged_for(request.headers)
        request.send_response(304 if unchanged else page.status)
        for name, value in [('ETag', page.etag), ('Last-Modified', page.modified), *page.headers]:
            if value:
                request.send_header(name, value)
        if not unchanged:
            request.send_header('Content-Length', str(len(page.body)))
        request.end_headers()
        if not unchanged:
            request.wfile.write(page.body)

    def paths(self):
        return [path for path, _ in self.asked]


def review(text, ident=None, day='2026-11-02', author='Ana', rating=4):
    said = {'@type': 'Review', 'reviewBody': text, 'datePublished': day, 'author': {'@type': 'Person', 'name': author},
            'reviewRating': {'@type': 'Rating', 'ratingValue': rating, 'bestRating': 5}}
    return {**said, 'identifier': ident} if ident else said


def review_page(reviews, links=(), head='', item='Acme kettle', **reply):
    """A product's page with its reviews in JSON-LD and links to elsewhere."""
    data = {'@context': 'https://schema.org', '@type': 'Product', 'name': item, 'review': list(reviews)}
    anchors = ''.join(f'<li><a href="{html.escape(link)}">{html.escape(link)}</a></li>' for link in links)
    return Reply(f'<!doctype html><html lang="en"><head><title>{html.escape(item)}</title>{head}'
                 f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
                 f'<body><ul>{anchors}</ul></body></html>', **reply)


# Ways to fail, for Site.pages.

HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'


def reset_in_body(connection, _):
    connection.sendall(HEAD + b'Content-Length: 10000\r\n\r\n<!doctype html><p>so far')
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()


def hang_up(connection, _):
    connection.shutdown(socket.SHUT_RDWR)


def header_by_drops(connection, _):
    for byte in HEAD + b'X-Padding: ' + b'a' * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(0.2)


def body_by_drops(connection, _):
    connection.sendall(HEAD + b'Content-Length: 1000\r\n\r\n')
    for _ in range(1000):
        connection.sendall(b'a')
        time.sleep(0.2)


def body_without_end(connection, _):
    connection.sendall(HEAD + b'\r\n')
    while True:
        connection.sendall(b'<p>and on</p>' * 5000)


def length_too_long(connection, _):
    connection.sendall(HEAD + b'Content-Length: 10000\r\n\r\n<!doctype html><p>that is all')


def length_too_short(connection, _):
    connection.sendall(HEAD + b'Content-Length: 20\r\n\r\n<!doctype html><p>and more than was said, of which nothing is read')


def chunks_of_garbage(connection, _):
    connection.sendall(HEAD + b'Transfer-Encoding: chunked\r\n\r\nnone of your\r\nbusiness\r\n')


def no_http(connection, _):
    connection.sendall(b'220 mail.example ESMTP\r\n\r\n')


def packed(body):
    """`body`, said to be gzip'd."""
    return Reply(body, headers=[('Content-Encoding', 'gzip')])
