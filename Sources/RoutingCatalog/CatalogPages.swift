package import PolicyDiagnostics

/// The offline page of every code this module reports.
package enum CatalogPages {
  package static let all: [DiagnosticPage] = shape + values + prices

  /// A small sound catalog, with one part exchanged.
  private static func sample(
    currency: String = "USD", provider: String = "{base_url: \"https://global-apis.com/v1\"}",
    name: String = "qwen3-8b", model: String = "provider: global"
  ) -> String {
    """
    currency: \(currency)
    providers:
      global: \(provider)
    models:
      \(name): {\(model)}
    """
  }

  private static func page(
    _ code: DiagnosticCode, _ severity: Severity = .error, finds: String, why: String,
    wrong: String, instead: String = sample(), fix: String? = nil
  ) -> DiagnosticPage {
    DiagnosticPage(
      code, severity, language: .catalog, finds: finds, why: why, wrong: wrong, instead: instead,
      fix: fix ?? "There is no automatic fix: only its author knows what the catalog should say.")
  }

  private static let nearName =
    "The fix-it writes the nearest name there is; look at it before you take it."

  private static let shape: [DiagnosticPage] = [
    page(
      .catalogEmpty, finds: "A catalog with nothing in it.",
      why: "A policy has no model to name then.",
      wrong: "# to be written\n"),
    page(
      .catalogWrongShape, finds: "A list where a mapping stands, or the reverse.",
      why: "Each key takes one shape; a second spelling for the same thing would have to be learnt "
        + "by every reader.",
      wrong: sample(model: "provider: global, tags: cheap"),
      instead: sample(model: "provider: global, tags: [cheap]")),
    page(
      .catalogUnknownKey, finds: "A key that a catalog does not have.",
      why: "A misspelt key that is ignored leaves a limit or a price unset, and nobody notices.",
      wrong: sample(model: "provider: global, max_ouput: 8k"),
      instead: sample(model: "provider: global, max_output: 8k"), fix: nearName),
    page(
      .catalogMissingKey, finds: "A key that has to be there.",
      why: "Without a currency a price means nothing, without a provider a model cannot be called.",
      wrong: sample(model: "region: eu"),
      instead: sample(model: "provider: global, region: eu")),
    page(
      .catalogConflict, finds: "Two entries that contradict each other.",
      why: "One of them would be ignored in silence: a provider beside a list of deployments, a "
        + "first-byte limit over the limit of the whole call, steps out of order.",
      wrong: sample(model: "provider: global, window: 8k, max_output: 32k"),
      instead: sample(model: "provider: global, window: 32k, max_output: 8k")),
    page(
      .catalogNoEffect, .warning, finds: "An entry that can have no effect.",
      why: "It reads as if something were weighed or balanced that is not.",
      wrong: sample(model: "provider: global, balance: fastest")),
  ]

  private static let values: [DiagnosticPage] = [
    page(
      .catalogBadValue, finds: "A value that its key does not take.",
      why:
        "Values are typed by their key: durations have units, shares have `%`, counts may end in "
        + "`k` or `M`, and words come from a closed list.",
      wrong: sample(model: "provider: global, latency_p50: 80"),
      instead: sample(model: "provider: global, latency_p50: 80ms"), fix: nearName),
    page(
      .catalogBadName, finds: "A name that a policy could not write.",
      why: "Models, providers, regions and tags are words of the policy language: letters, digits "
        + "and `_`, joined by `-`, `.` or `/`. The provider's own name goes under `upstream`, where "
        + "anything may stand.",
      wrong: sample(name: "\"qwen3:8b\""),
      instead: sample(model: "provider: global, upstream: \"qwen3:8b\""),
      fix: "The fix-it writes the nearest word."),
    page(
      .catalogDuplicate, finds: "The same word twice in one list.",
      why: "One of them was meant to be another.",
      wrong: sample(model: "provider: global, tags: [cheap, cheap]"),
      instead: sample(model: "provider: global, tags: [cheap]")),
    page(
      .catalogUnknownProvider, finds: "A provider that the catalog does not have.",
      why: "The model could not be called.",
      wrong: sample(model: "provider: globl"), fix: nearName),
    page(
      .catalogBadURL, finds: "An address no call can be made to.",
      why: "It has a scheme, a host and perhaps a port and a path; credentials and queries have no "
        + "place in it.",
      wrong: sample(provider: "{base_url: global-apis.com/v1}")),
    page(
      .catalogKeyInFile, finds: "A key, or something that looks like one, in the catalog.",
      why: "Catalogs are reviewed, copied and logged. The file names the environment variable that "
        + "holds the key; the key itself is never in it, and the finding never shows it. A key that "
        + "was written here is best replaced with its issuer.",
      wrong: sample(provider: "{base_url: \"https://global-apis.com/v1\", api_key: hunter2}"),
      instead: sample(
        provider: "{base_url: \"https://global-apis.com/v1\", key_env: GLOBAL_APIS_KEY}")),
  ]

  private static let prices: [DiagnosticPage] = [
    page(
      .catalogBadPrice, finds: "A price that is no plain decimal, or too fine to be kept exactly.",
      why: "Prices become integers (pico-units a token) without rounding or floating point. Six "
        + "decimals per million tokens are exact. Signs, exponents, separators, currencies and "
        + "units are refused, because each is read differently somewhere.",
      wrong: sample(model: "provider: global, prices: {input: $0.25}"),
      instead: sample(model: "provider: global, prices: {input: 0.25}")),
    page(
      .catalogZeroPrice, finds: "A price of zero that nothing confirms.",
      why: "Zero is what people write for a price they do not know, and a model that seems free "
        + "wins every comparison. Leave the line out, and the price is unknown; or say that it is "
        + "meant.",
      wrong: sample(model: "provider: global, prices: {input: 0, output: 0}"),
      instead: sample(model: "provider: global, prices: {input: 0, output: 0, confirm: free}")),
    page(
      .catalogHighPrice, finds: "A price over 0.001 a token, or a fee over 1 a request.",
      why: "A price per token written as one per million is off by a million. The few that are so "
        + "high are confirmed by a word. Only currencies worth about a dollar are checked.",
      wrong: sample(model: "provider: global, prices: {input: 2500}"),
      instead: sample(model: "provider: global, prices: {input: 2500, confirm: expensive}")),
  ]
}
