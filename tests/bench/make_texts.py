"""Writes the texts of a JSONL file again and again, as {"id", "text"} lines, until so many megabytes
of text are there. Prints the number of bytes of text.

usage: make_texts.py IN.jsonl OUT.jsonl MEGABYTES [LANGUAGE]
"""
import json
import sys


def main(source, target, megabytes, language=None):
    with open(source, encoding='utf-8') as lines:
        posts = [json.loads(line) for line in lines if line.strip()]
    texts = [post['text'] for post in posts if language in (None, post.get('lang'))]
    written = number = 0
    with open(target, 'w', encoding='utf-8') as out:
        while written < float(megabytes) * 1e6:
            for text in texts:
                number += 1
                out.write(json.dumps({'id': str(number), 'text': text}, ensure_ascii=False) + '\n')
                written += len(text.encode())
    print(written)


if __name__ == '__main__':
    main(*sys.argv[1:])
