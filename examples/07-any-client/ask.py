"""Asks a Rung gateway with the official client: only the base URL is Rung's."""

import json

from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:4141/v1", api_key="none-needed-here")
question = [{"role": "user", "content": "how do I reset my password?"}]

# Plain, with the reasons in the answer.
raw = client.chat.completions.with_raw_response.create(
    model="auto", messages=question, extra_headers={"x-rung-explain": "1"}
)
answer = raw.parse()
print("answer  ", answer.choices[0].message.content)
print("model   ", answer.model)
print("route   ", raw.headers["x-rung-route"], "tier", raw.headers["x-rung-tier"])
print("cost    ", raw.headers["x-rung-cost-usd"], "USD,", raw.headers["x-rung-cost-certainty"])
reasons = json.loads(raw.text)["rung_explanation"]
for reason in reasons["route"]["why"]:
    print("because ", reason["condition"], "—", reason["observed"])

# As a stream.
print("stream   ", end="")
for chunk in client.chat.completions.create(model="auto", messages=question, stream=True):
    if chunk.choices and chunk.choices[0].delta.content:
        print(chunk.choices[0].delta.content, end="", flush=True)
print()
