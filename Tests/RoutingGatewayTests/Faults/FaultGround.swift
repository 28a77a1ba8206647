import HTTPUpstream
import PolicyUnits
import StandInProvider

/// What every cell of the table runs on: a provider with a fault, and a sound one.
enum FaultGround {
  static let answers = [
    "cheap": "The whole answer of the cheap model, from its first word to its very last one.",
    "dear": "The dear model says something else, and says all of it, down to the last word.",
  ]
  /// For each call of the provider with the fault.
  static let deadline = Milliseconds(600)

  /// The gate speaks at the end of an answer and not before: more text could change its verdict.
  private static let policy = """
    budget daily = $1 per day
    gate answered = length <= 2000 chars
    ladder left(max_budget = 0.50) { tier cheap accept answered  tier dear }
    ladder alone(max_budget = 0.50) { tier cheap }
    route has_none when question contains "ALONE" { use alone }
    otherwise { use left }
    """

  private static func catalog(faulty: String, sound: String) -> String {
    """
    currency: USD
    reference_tokenizer: qwen
    providers:
      faulty:
        base_url: \(faulty)
        timeouts: {connect: 300ms, first_byte: 400ms, whole: \(deadline.count)ms}
      sound:
        base_url: \(sound)
        timeouts: {connect: 5s, first_byte: 5s, whole: 5s}
    models:
      cheap:
        provider: faulty
        window: 32k
        max_output: 2k
        capabilities: [streaming]
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
      dear:
        provider: sound
        window: 128k
        max_output: 4k
        capabilities: [streaming]
        tokenizer: qwen
        prices: {input: 2.13, output: 7.77, per_request: 0.001, date: 2026-11-21, source: test}
    """
  }

  /// Runs `test` before a gateway of its own whose cheap model has this fault.
  static func with(
    _ fault: ListedFault, _ peers: BrokenPeers, trusting certificates: String,
    _ test: (GatewayGround) async throws -> Void
  ) async throws {
    try await GatewayGround.with(
      policy, script: script(fault),
      catalog: { standIn in
        switch fault {
        case .connection(let fault): catalog(faulty: peers.address(fault), sound: standIn)
        case .provider: catalog(faulty: standIn, sound: standIn)
        }
      },
      upstream: .init(certificateFile: certificates), test)
  }

  private static func script(_ fault: ListedFault) -> Script {
    var rules: [Rule] = []
    if case .provider(let fault) = fault {
      rules.append(Rule(model: "cheap", fault: fault, answer: answers["cheap"]))
    }
    rules.append(Rule(model: "dear", answer: answers["dear"]))
    return Script(rules: rules)
  }

  /// What the caller of a cell sends.
  static func request(_ cell: FaultCell) -> String {
    GatewayGround.chat(
      cell.place == .lastTier ? "ALONE: how do I pay?" : "How do I pay?",
      more: cell.isStreamed ? #","stream":true,"stream_options":{"include_usage":true}"# : "")
  }
}
