/// What `rung init` writes: the smallest policy that saves money, its catalog and a request to try.
enum StarterFiles {
  static let all: [(name: String, text: String)] = [
    ("policy.rung", policy), ("catalog.yaml", catalog), ("request.json", request),
  ]

  static let policy = """
    rung 1
    catalog "catalog.yaml"

    task code when prompt mentions ("debug", "refactor", "implement") or prompt has code
    task chat otherwise

    ## An answer that says something. Anything else climbs to the next tier.
    gate answered = length >= 20 chars and not refusal

    ladder cheap_first(max_budget = $0.02) {
      tier small  accept answered
      tier large  max_output 2k tokens
    }

    route coding when task = code { use large fallback small }
    otherwise { use cheap_first }

    test "a question starts at the bottom rung" {
      request { question = "how do I reset my password?" }
      expect  { task = chat  first = small  worst_cost <= $0.02 }
    }
    test "an empty answer climbs" {
      request { question = "how do I reset my password?" }
      given   { answered = false at small }
      expect  { answered_by = large  climbs = 1 }
    }

    """

  static let catalog = """
    # Where models run and what they cost. Change the two models to yours; prices are decimal strings
    # per million tokens. A price you do not know is left out: unknown is never zero.
    currency: USD
    reference_tokenizer: generic

    providers:
      example:
        base_url: https://api.example.com/v1
        key_env: EXAMPLE_API_KEY      # the name of the variable that holds the key, never the key

    models:
      small:
        provider: example
        upstream: small-8b
        window: 32k
        max_output: 8k
        prices: {input: "0.01", output: "0.01", date: 2026-01-01, source: "put the page you read here"}
      large:
        provider: example
        upstream: large-70b
        window: 128k
        max_output: 16k
        prices: {input: "0.35", output: "2.50", date: 2026-01-01, source: "put the page you read here"}

    """

  static let request = """
    {
      "model": "auto",
      "messages": [
        {"role": "user", "content": "How do I reset my password?"}
      ]
    }

    """
}
