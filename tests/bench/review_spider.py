"""The yardstick of a crawl: a Scrapy spider that reads what testigo reads of the same web (robots.txt,
sitemaps, links, reviews in JSON-LD and microdata) and stores nothing.

usage: review_spider.py ORIGIN CONNECTIONS MOST_PAGES
Prints the number of pages and of reviews.
"""
import json
import sys

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import SitemapSpider

LINKS = LinkExtractor()


def reviews_in_json_ld(response):
    for script in response.xpath('//script[@type="application/ld+json"]/text()').getall():
        for review in json.loads(script).get('review', []):
            yield {'author': review['author']['name'], 'body': review['reviewBody'],
                   'date': review['datePublished'], 'rating': review['reviewRating']['ratingValue'],
                   'title': review['name']}


def reviews_in_microdata(response):
    for review in response.xpath('//*[@itemprop="review"]'):
        yield {'author': review.xpath('.//*[@itemprop="author"]//*[@itemprop="name"]/text()').get(),
               'body': review.xpath('.//*[@itemprop="reviewBody"]/text()').get(),
               'date': review.xpath('.//*[@itemprop="datePublished"]/@datetime').get(),
               'rating': review.xpath('.//*[@itemprop="ratingValue"]/text()').get(),
               'title': review.xpath('./*[@itemprop="name"]/text()').get()}


class ReviewSpider(SitemapSpider):
    name = 'reviews'

    def __init__(self, origin, most_pages):
        self.sitemap_urls = [origin + '/robots.txt']
        super().__init__()
        self.most_pages, self.asked, self.pages, self.reviews = most_pages, set(), 0, 0

    def sitemap_filter(self, entries):
        for entry in entries:
            if entry['loc'].endswith('.xml') or self.may_ask(entry['loc']):
                yield entry

    def may_ask(self, url):
        if url in self.asked or len(self.asked) >= self.most_pages:
            return False
        self.asked.add(url)
        return True

    def parse(self, response):
        self.pages += 1
        found = list(reviews_in_json_ld(response)) or list(reviews_in_microdata(response))
        self.reviews += len(found)
        for link in LINKS.extract_links(response):
            url = link.url.split('#')[0]
            if self.may_ask(url):
                yield scrapy.Request(url)


def main(origin, connections, most_pages):
    process = CrawlerProcess({
        'LOG_LEVEL': 'ERROR', 'ROBOTSTXT_OBEY': True, 'COOKIES_ENABLED': False, 'TELNETCONSOLE_ENABLED': False,
        'CONCURRENT_REQUESTS': int(connections), 'CONCURRENT_REQUESTS_PER_DOMAIN': int(connections),
        'REQUEST_FINGERPRINTER_IMPLEMENTATION': '2.7'})
    crawler = process.create_crawler(ReviewSpider)
    process.crawl(crawler, origin=origin, most_pages=int(most_pages))
    process.start()
    print(crawler.spider.pages, crawler.spider.reviews)


if __name__ == '__main__':
    main(*sys.argv[1:])
