"""A shelf of built-in sources as they stand in rules/: only their services' addresses are changed, to lead to a server
on loopback."""
import json
import urllib.parse

from support import ROOT, ScratchCase, configuration, watch

JSON = [('Content-Type', 'application/json')]
NOW = '2026-11-26T08:00:00Z'


class Shelf(ScratchCase):
    def use(self, name, origin, *https, **parameters):
        """The built-in source, with what begins with any of `https` asked of the server at `origin`."""
        self.shelve({name: (origin, https, parameters)})

    def shelve(self, sources):
        """Several, by name: its server's origin, the beginnings of addresses that lead to it, and the watch's parameters."""
        for name, (origin, https, _) in sources.items():
            text = (ROOT / f'rules/sources/{name}.toml').read_text()
            for address in https:
                self.assertIn(address, text)
                path = urllib.parse.urlsplit(address).path
                text = text.replace(address, address.replace('https://{', 'http://{+') if '{' in address else origin + path)
            self.write(f'rules/sources/{name}.toml', text)
        hosts = [origin.removeprefix('http://') for origin, _, _ in sources.values()]
        watches = ''.join(watch(name, every='1h', **parameters) for name, (_, _, parameters) in sources.items())
        text = configuration('http://' + hosts[0], watches).replace(json.dumps(hosts[:1]), json.dumps(hosts))
        self.write('testigo.toml', 'rules = "rules"\n' + text)

    def crawl(self, now=NOW, db='testigo.db', **options):
        answer = self.cli('crawl', '--all', '--json', '--now', now, '--db', db, **options)
        return answer, answer.json()


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
