"""A webhook's signature by Python's hmac: base64 of HMAC-SHA256 over id, time and body."""
import base64
import hmac
import json

from peer import folder, serve


def prepared(name):
    with open(folder() + "message.json") as file:
        message = json.load(file)
    with open(folder() + "body.bin", "rb") as file:
        body = file.read()
    secret = base64.b64decode(message["secret"].removeprefix("whsec_"))

    def sign():
        head = f"{message['id']}.{message['at']}.".encode()
        return "v1," + base64.b64encode(hmac.digest(secret, head + body, "sha256")).decode()

    return {"sign": sign, "check": lambda: hmac.compare_digest(sign(), message["signature"])}[name]


serve(prepared)
