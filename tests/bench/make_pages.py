"""Makes a web of product pages to crawl, the same every time: pages of 25 to 50 KB with about 20
reviews each, in JSON-LD or (one page in ten) in microdata only, with links to each other, a
robots.txt and a sitemap index. The reviews are the sentences of the demo's posts put together anew,
each with some of its words changed: people who never met do not write the same sentences.

usage: make_pages.py FOLDER PAGES ORIGIN
Writes the web to FOLDER/web and its addresses, one a line, to FOLDER/urls.txt. Prints the number of
reviews and of bytes.
"""
import html
import json
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES_PER_FOLDER = 1000
URLS_PER_SITEMAP = 4000   # the crawl takes at most 5,000 pages from one sitemap
LINKS_PER_PAGE = 30
FEWEST_REVIEWS, MOST_REVIEWS = 15, 25
SMALLEST_PAGE, LARGEST_PAGE = 25_000, 50_000
MICRODATA_EVERY = 10
CHANGED_WORD_EVERY = 4    # on average


def address(number):
    return f'/shop/{number // PAGES_PER_FOLDER:03d}/product-{number:05d}.html'


def sentences_of_demo():
    with open(ROOT / 'data/demo/posts.jsonl', encoding='utf-8') as lines:
        posts = [json.loads(line) for line in lines]
    sentences = {}
    for post in posts:
        parts = [part for part in re.split(r'(?<=[.!?])\s+', post['text']) if len(part) > 15]
        sentences.setdefault(post['lang'], []).extend(parts)
    return sentences


class Web:
    def __init__(self, folder, pages, origin):
        self.folder, self.pages, self.origin = folder / 'web', pages, origin
        self.draw = random.Random(2026)
        self.sentences = sentences_of_demo()
        self.words = {language: ' '.join(sentences).split() for language, sentences in self.sentences.items()}
        self.reviews = self.bytes = 0

    def write(self, path, text):
        target = self.folder / path.lstrip('/')
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding='utf-8')
        return len(text.encode())

    def write_all(self):
        for number in range(self.pages):
            self.bytes += self.write(address(number), self.page(number))
        self.write('/index.html', '<!doctype html><title>Shop</title><p>A shop.</p>')
        self.write('/robots.txt', f'User-agent: *\nDisallow: /cart/\n\nSitemap: {self.origin}/sitemap.xml\n')
        self.write_sitemaps()

    def write_sitemaps(self):
        kind = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        parts = []
        for first in range(0, self.pages, URLS_PER_SITEMAP):
            urls = ''.join(f'<url><loc>{self.origin}{address(number)}</loc></url>\n'
                           for number in range(first, min(first + URLS_PER_SITEMAP, self.pages)))
            parts.append(f'/sitemap-{len(parts)}.xml')
            self.write(parts[-1], f'<?xml version="1.0"?>\n<urlset {kind}>\n{urls}</urlset>\n')
        index = ''.join(f'<sitemap><loc>{self.origin}{part}</loc></sitemap>\n' for part in parts)
        self.write('/sitemap.xml', f'<?xml version="1.0"?>\n<sitemapindex {kind}>\n{index}</sitemapindex>\n')

    def review(self, number, place, language):
        # Its own number in the text: no two reviews are copies of each other.
        count = self.draw.randint(2, 5)
        body = ' '.join(self.sentence(language) for _ in range(count))
        return {'id': f'r{number}-{place}', 'author': f'Reader {self.draw.randrange(20_000)}',
                'day': f'2026-{self.draw.randint(1, 10):02d}-{self.draw.randint(1, 28):02d}',
                'stars': self.draw.randint(1, 5), 'title': f'Review {place + 1} of {number}',
                'body': f'{body} Order {number}{place:02d}.'}

    def sentence(self, language):
        words = self.draw.choice(self.sentences[language]).split()
        return ' '.join(self.draw.choice(self.words[language]) if self.draw.randrange(CHANGED_WORD_EVERY) == 0 else word
                        for word in words)

    def page(self, number):
        language = self.draw.choice(sorted(self.sentences))
        reviews = [self.review(number, place, language)
                   for place in range(self.draw.randint(FEWEST_REVIEWS, MOST_REVIEWS))]
        self.reviews += len(reviews)
        microdata = number % MICRODATA_EVERY == 0
        head = '' if microdata else f'<script type="application/ld+json">{json_ld(number, reviews)}</script>'
        shown = ''.join(visible(review, microdata) for review in reviews)
        scope = ' itemscope itemtype="https://schema.org/Product"' if microdata else ''
        name = ' itemprop="name"' if microdata else ''
        links = ''.join(f'<li><a class="nav__link" href="{address(other)}">Brumiva model {other}</a></li>\n'
                        for other in self.draw.sample(range(self.pages), min(LINKS_PER_PAGE, self.pages)))
        text = (f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
                f'<title>Brumiva model {number}</title>\n<link rel="canonical" href="{self.origin}{address(number)}">\n'
                f'{head}\n</head>\n<body>\n<nav><ul class="nav">\n{links}</ul></nav>\n<main{scope}>\n'
                f'<h1{name}>Brumiva model {number}</h1>\n{shown}</main>\n')
        size = self.draw.randint(SMALLEST_PAGE, LARGEST_PAGE)
        return text + self.filler(size - len(text.encode()), language) + '</body>\n</html>\n'

    # What else stands on a shop's page: markup around short texts, and script.
    def filler(self, size, language):
        parts = []
        while size > 0:
            if self.draw.random() < 0.7:
                words = html.escape(self.draw.choice(self.sentences[language]))
                part = (f'<div class="card card--wide" data-sku="{self.draw.randrange(10**6)}"><div class="card__body">'
                        f'<span class="card__label">{words}</span> <a class="card__more" href="#more">…</a></div></div>\n')
            else:
                values = ','.join(str(self.draw.randrange(10**6)) for _ in range(40))
                part = f'<script>window.shop = window.shop || []; window.shop.push([{values}]);</script>\n'
            parts.append(part)
            size -= len(part.encode())
        return ''.join(parts)


def json_ld(number, reviews):
    return json.dumps({
        '@context': 'https://schema.org', '@type': 'Product', 'name': f'Brumiva model {number}',
        'aggregateRating': {'@type': 'AggregateRating', 'reviewCount': len(reviews),
                            'ratingValue': round(sum(r['stars'] for r in reviews) / len(reviews), 1)},
        'review': [{'@type': 'Review', '@id': f'#{r["id"]}', 'name': r['title'], 'reviewBody': r['body'],
                    'datePublished': r['day'], 'author': {'@type': 'Person', 'name': r['author']},
                    'reviewRating': {'@type': 'Rating', 'ratingValue': r['stars'], 'bestRating': 5}}
                   for r in reviews]}, ensure_ascii=False)


def visible(review, microdata):
    def prop(name):
        return f' itemprop="{name}"' if microdata else ''

    def scope(kind):
        return f' itemscope itemtype="https://schema.org/{kind}"' if microdata else ''
    body = html.escape(review['body'])
    return (f'<article class="review" id="{review["id"]}"{prop("review")}{scope("Review")}>'
            f'<h3{prop("name")}>{review["title"]}</h3>'
            f'<p class="by"><span{prop("author")}{scope("Person")}><span{prop("name")}>{review["author"]}</span></span>, '
            f'<time{prop("datePublished")} datetime="{review["day"]}">{review["day"]}</time>, '
            f'<span{prop("reviewRating")}{scope("Rating")}><span{prop("ratingValue")}>{review["stars"]}</span> of '
            f'<span{prop("bestRating")}>5</span></span></p>'
            f'<div class="review__text"{prop("reviewBody")}>{body}</div></article>\n')


def main(folder, pages, origin):
    folder = pathlib.Path(folder)
    web = Web(folder, int(pages), origin)
    web.write_all()
    (folder / 'urls.txt').write_text(''.join(f'{origin}{address(n)}\n' for n in range(web.pages)))
    print(web.reviews, web.bytes)


if __name__ == '__main__':
    main(*sys.argv[1:])
