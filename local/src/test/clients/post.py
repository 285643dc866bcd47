"""Posts a picture as each Python client does when it is told nothing else, and prints one line for each: client, status, first prediction.

usage: post.py ADDRESS PICTURE
"""

import base64
import gzip
import sys
from pathlib import Path

import httpx
import requests
import urllib3


def main(address: str, picture: Path) -> None:
    url = address + "v1/classify"
    data = picture.read_bytes()
    image = base64.b64encode(data).decode()
    packed = {"Content-Encoding": "gzip"}
    say("requests data=bytes", requests.post(url, data=data, timeout=60))
    with picture.open("rb") as file:
        say("requests data=file", requests.post(url, data=file, timeout=60))
    say("requests data=generator", requests.post(url, data=iter([data[:100], data[100:]]), timeout=60))
    say("requests json=", requests.post(url, json={"image": image}, timeout=60))
    say("requests files=", requests.post(url, files={"image": data}, timeout=60))
    say("requests gzip", requests.post(url, data=gzip.compress(data), headers=packed, timeout=60))
    say("requests gzip json", requests.post(url, data=gzip.compress(f'{{"image":"{image}"}}'.encode()), headers=packed, timeout=60))
    say("httpx content=bytes", httpx.post(url, content=data, timeout=60))
    say("httpx json=", httpx.post(url, json={"image": image}, timeout=60))
    say("httpx files=", httpx.post(url, files={"image": data}, timeout=60))
    answer = urllib3.PoolManager().request("POST", url, body=data)
    print("urllib3 body=bytes", answer.status, answer.json()["predictions"][0]["label"], sep="\t")


def say(client: str, answer: requests.Response | httpx.Response) -> None:
    print(client, answer.status_code, answer.json()["predictions"][0]["label"], sep="\t")


main(sys.argv[1], Path(sys.argv[2]))
