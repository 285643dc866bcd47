"""Peer: LitServe, a worker a core. `MODEL=FILE python lit.py PORT WORKERS`."""

import base64
import sys

import litserve

from classifier import Classifier


class Beans(litserve.LitAPI):
    def setup(self, device: str) -> None:
        self.classifier = Classifier.served()

    def decode_request(self, request: dict) -> bytes:
        return base64.b64decode(request["image"])

    def predict(self, picture: bytes) -> dict:
        return self.classifier.answer(picture)

    def encode_response(self, output: dict) -> dict:
        return output


if __name__ == "__main__":
    server = litserve.LitServer(Beans(), accelerator="cpu", workers_per_device=int(sys.argv[2]))
    server.run(host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False, log_level="warning")
