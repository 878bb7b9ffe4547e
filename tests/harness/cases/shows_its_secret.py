"""Puts its secret everywhere it can."""

import base64
import json
import os
import sys
import urllib.parse
import urllib.request


def main(event):
    secret = os.environ["TOKEN"]
    print("token", secret)
    print("token", base64.b64encode(secret.encode()).decode(), file=sys.stderr)
    try:
        urllib.request.urlopen("https://api.hubapi.com/" + urllib.parse.quote(secret, safe=""))
    except OSError:
        print(json.dumps({secret: [secret]}))
    if event["inputFields"].get("raise"):
        raise RuntimeError("not accepted: " + secret)
    return {"outputFields": {"token": secret, secret: "key", "count": 1}}
