"""Makes what services answer, the same every time: feed.xml, an RSS feed, and hits.json, a search
answer in the shape of hackernews.toml. Their texts are the demo's sentences put together anew.

usage: make_answers.py FOLDER ITEMS
"""
import html
import json
import pathlib
import random
import sys

from make_pages import sentences_of_demo


def text(draw, sentences, count):
    return ' '.join(draw.choice(sentences) for _ in range(count))


def feed(draw, sentences, items):
    entries = ''.join(
        f'<item><title>{html.escape(text(draw, sentences, 1))}</title>\n'
        f'<link>https://shop.example/p/{number}?utm_source=feed</link>\n'
        f'<guid isPermaLink="false">shop-{number}</guid>\n'
        f'<dc:creator>Reader {draw.randrange(20_000)}</dc:creator>\n'
        f'<pubDate>{draw.choice(("Mon", "Tue"))}, {draw.randint(1, 28):02d} Jun 2026 10:{number % 60:02d}:00 +0200</pubDate>\n'
        f'<category>boots</category><slash:comments>{number % 9}</slash:comments>\n'
        f'<description>{html.escape(html.escape(text(draw, sentences, 1)))}</description>\n'
        f'<content:encoded><![CDATA[<p>{html.escape(text(draw, sentences, 4))}</p>\n'
        f'<p><a href="/more/{number}">more</a> {html.escape(text(draw, sentences, 3))}</p>]]></content:encoded></item>\n'
        for number in range(items))
    spaces = ('xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
              'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"')
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces}><channel><title>Shop</title>'
            f'<link>https://shop.example/</link><description>News</description>\n{entries}</channel></rss>\n')


# As Algolia answers: each searched field again, with what matched in it.
def highlight(matched=(), **fields):
    return {name: {'matchLevel': 'full' if name in matched else 'none',
                   'matchedWords': ['boots'] if name in matched else [], 'value': value}
            for name, value in fields.items()}


def hit(draw, sentences, number):
    author, story = f'reader{draw.randrange(20_000)}', 40_000_000 + number % 50
    words = f'<p>{html.escape(text(draw, sentences, 5))}'
    title, address, day = text(draw, sentences, 1), f'https://shop.example/p/{number % 50}', draw.randint(1, 28)
    return {'_highlightResult': highlight(('comment_text',), author=author, comment_text=words, story_title=title,
                                          story_url=address),
            '_tags': ['comment', f'author_{author}', f'story_{story}'], 'author': author,
            'children': [41_000_000 + number * 4 + place for place in range(number % 4)], 'comment_text': words,
            'created_at': f'2026-06-{day:02d}T10:00:00Z', 'created_at_i': 1_780_000_000 + number,
            'objectID': str(40_000_000 + number), 'parent_id': 40_000_000 + number // 2, 'points': None,
            'story_id': story, 'story_title': title, 'story_url': address,
            'updated_at': f'2026-06-{day:02d}T10:05:00Z'}


def hits(draw, sentences, items):
    return json.dumps({'exhaustive': {'nbHits': True, 'typo': True}, 'hits': [hit(draw, sentences, number)
                                                                              for number in range(items)],
                       'hitsPerPage': items, 'nbHits': items, 'nbPages': 1, 'page': 0, 'query': 'boots'},
                      ensure_ascii=False)


def main(folder, items):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(2026)
    sentences = [sentence for language in sorted(sentences_of_demo().items()) for sentence in language[1]]
    (folder / 'feed.xml').write_text(feed(draw, sentences, int(items)), encoding='utf-8')
    (folder / 'hits.json').write_text(hits(draw, sentences, int(items)), encoding='utf-8')


if __name__ == '__main__':
    main(*sys.argv[1:])
