"""Drives a gateway with OpenAI's own client; each line of the output is one check that held.

Usage: openai_client.py BASE_URL. Ends with 1 and the reason at the first check that does not hold.
"""

import sys

import openai
from pydantic import BaseModel

base = sys.argv[1]
client = openai.OpenAI(base_url=base + "/v1", api_key="any", max_retries=0, timeout=20)
checks = 0


def check(holds, name):
    global checks
    if not holds:
        print("NOT", name)
        sys.exit(1)
    checks += 1
    print("ok", name)


def ask(question, **more):
    return client.chat.completions.create(
        model=more.pop("model", "auto"),
        messages=[{"role": "user", "content": question}], **more)


def raises(kind, name, status, code, call):
    try:
        call()
    except kind as error:
        check(type(error) is kind, f"{name} is {kind.__name__}, not {type(error).__name__}")
        check(error.status_code == status, f"{name} has status {status}")
        check(error.code == code, f"{name} has code {code}, not {error.code}")
        check(error.request_id and error.request_id in error.body["message"], f"{name} names its request")
        check(set(error.body) >= {"message", "type", "param", "code"}, f"{name} has four fields")
        return error
    check(False, f"{name} raises {kind.__name__}")


def chat():
    answer = ask("where is the opening hours page?")
    check(answer.model == "cheap", "the answer names the catalog's model")
    check(answer.id.startswith("chatcmpl-") and answer.object == "chat.completion", "id and object")
    check(answer.choices[0].message.content, "there is a text")
    check(answer.usage.total_tokens > 0, "there is usage")
    raw = client.chat.completions.with_raw_response.create(
        model="auto", messages=[{"role": "user", "content": "where?"}])
    check(raw.headers["x-rung-route"] == "otherwise", "headers name the route")
    check(raw.headers["x-rung-model"] == raw.parse().model, "headers and body name one model")
    check(raw.headers["x-request-id"] in raw.parse().id, "the id is the request's")
    check(float(raw.headers["x-rung-cost-usd"]) > 0, "headers say the cost")


def streaming():
    plain = ask("where is the opening hours page?")
    chunks = list(ask(
        "where is the opening hours page?", stream=True, stream_options={"include_usage": True}))
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    check(text == plain.choices[0].message.content, "a stream says what a whole answer says")
    check({c.model for c in chunks} == {"cheap"}, "every chunk names the model")
    check(len({c.id for c in chunks}) == 1, "every chunk has one id")
    last = chunks[-1]
    check(not last.choices and last.usage.total_tokens == plain.usage.total_tokens, "usage comes last")
    check(all(c.usage is None for c in chunks[:-1]), "and only once")
    check(last.model_extra["rung"]["cost_usd"] > 0, "the last chunk says the cost")
    silent = list(ask("where?", stream=True))
    check(all(c.choices and c.usage is None for c in silent), "no usage for who did not ask")


def tools():
    answer = ask("what is the weather in Paris?", tool_choice="required", tools=[{
        "type": "function",
        "function": {"name": "weather", "parameters": {
            "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}])
    call = answer.choices[0].message.tool_calls[0]
    check(call.function.name == "weather", "a tool is called by its name")
    check("city" in call.function.arguments, "with its arguments")


class Place(BaseModel):
    name: str
    open: bool


def structured():
    answer = client.chat.completions.parse(
        model="auto", messages=[{"role": "user", "content": "which place?"}], response_format=Place)
    check(isinstance(answer.choices[0].message.parsed, Place), "a structured answer is parsed")


def embeddings():
    answer = client.embeddings.create(model="small", input=["a text", "another"])
    check(len(answer.data) == 2 and len(answer.data[0].embedding) > 0, "two texts, two vectors")
    check(answer.model == "small" and answer.usage.prompt_tokens > 0, "named and counted")
    one = client.embeddings.create(model="small", input="a text", dimensions=4)
    check(len(one.data[0].embedding) == 4, "dimensions are passed on")


def completions():
    answer = client.completions.create(model="auto", prompt="where is it?", max_tokens=50)
    check(answer.object == "text_completion" and answer.choices[0].text, "the older shape answers")
    chunks = list(client.completions.create(
        model="auto", prompt="where is it?", max_tokens=50, stream=True))
    text = "".join(c.choices[0].text for c in chunks if c.choices)
    check(text == answer.choices[0].text, "and streams")
    raises(openai.BadRequestError, "suffix", 400, "invalid_value", lambda: client.completions.create(
        model="auto", prompt="a", suffix="b"))


def models():
    names = [model.id for model in client.models.list()]
    check(names[0] == "auto" and {"two", "cheap", "dear", "small"} <= set(names), "models are listed")
    check(client.models.retrieve("cheap").object == "model", "and one by one")


def errors():
    raises(openai.BadRequestError, "no messages", 400, "invalid_value", lambda: client.chat.completions.create(
        model="auto", messages=[{"role": "nobody", "content": "x"}]))
    raises(openai.PermissionDeniedError, "a refusal", 403, "refused_by_route", lambda: ask("forbidden"))
    raises(openai.NotFoundError, "an unknown embedder", 404, "model_not_found",
           lambda: client.embeddings.create(model="smal", input="x"))
    raises(openai.NotFoundError, "responses", 404, "unsupported_endpoint",
           lambda: client.responses.create(model="auto", input="x"))
    raises(openai.InternalServerError, "a dead upstream", 502, "upstream_failed", lambda: ask("explode"))
    raises(openai.RateLimitError, "a limited upstream", 429, "rate_limit_exceeded", lambda: ask("hurry"))
    spent = raises(openai.APIStatusError, "a spent budget", 402, "budget_exceeded",
                   lambda: ask("cheap please", user="poor"))
    check(spent.body["details"]["limit"] > 0, "with its figures")
    key = {"Idempotency-Key": "one"}
    ask("first", extra_headers=key)
    raises(openai.UnprocessableEntityError, "a reused key", 422, "idempotency_key_reused",
           lambda: ask("second", extra_headers=key))
    try:
        ask("slow", timeout=0.4)
        check(False, "a time-out raises")
    except openai.APITimeoutError:
        check(True, "a time-out raises")


def broken_stream():
    try:
        for _ in ask("break off", stream=True):
            pass
        check(False, "a stream that breaks off raises")
    except openai.APIError as error:
        check("request" in str(error), "a stream that breaks off raises")


def cancelling():
    stream = ask("linger", stream=True)
    for chunk in stream:
        if chunk.choices and chunk.choices[0].delta.content:
            break
    stream.close()
    check(True, "a stream is left in its middle")


for part in [chat, streaming, tools, structured, embeddings, completions, models, errors,
             broken_stream, cancelling]:
    part()
print("all", checks, "openai", openai.__version__)
