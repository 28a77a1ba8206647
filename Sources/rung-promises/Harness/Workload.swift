import Foundation
import PromiseEvidence
import RoutingTestSupport

/// A policy with budgets, its catalog and requests made for it, in a folder.
struct Workload {
  let policy: URL
  /// What no sum of rows may pass, where a trial has nothing tighter.
  static let caps: [String: Int64] = ["house": 1_000_000_000_000, "of_user": 5_000_000_000]

  /// In pico-units a token: input, output.
  static let prices: [String: (input: Int64, output: Int64)] = [
    "qwen3-8b": (10_000, 10_000), "deepseek-reasoner": (350_000, 2_500_000),
  ]

  /// `cap` is in dollars, for all requests of a day, and `limits` are more lines of the policy.
  init(in folder: URL, cap: String, limits: [String] = [], tiers: Int = 2) throws {
    policy = folder.appending(path: "policy")
    try FileManager.default.createDirectory(at: policy, withIntermediateDirectories: true)
    let ladder =
      tiers == 1
      ? "  tier qwen3-8b max_output 200 tokens"
      : """
        tier qwen3-8b           accept answered  max_output 200 tokens
        tier deepseek-reasoner                   max_output 400 tokens
      """
    let text = """
      rung 1
      catalog "catalog.yaml"

      budget house   = \(cap) per day
      budget of_user = $5 per user per month
      \(limits.joined(separator: "\n"))
      gate answered = length >= 20 chars and not refusal

      ladder small_first(max_budget = $0.05) {
      \(ladder)
      }
      otherwise { use small_first }

      """
    try Data(text.utf8).write(to: policy.appending(path: "policy.rung"))
    try Data(Self.catalog.utf8).write(to: policy.appending(path: "catalog.yaml"))
  }

  private static let catalog = """
    currency: USD
    reference_tokenizer: qwen
    providers:
      wall:
        base_url: https://wall.example/v1
        key_env: WALL_KEY
        timeouts: {connect: 2s, first_byte: 10s, whole: 10s}
        usage: {cached_tokens: inside, reasoning_tokens: inside}
        bills_cancelled: unknown
    models:
      qwen3-8b:
        provider: wall
        window: 32k
        max_output: 8k
        capabilities: [tools, json, streaming]
        tokenizer: qwen
        prices: {input: 0.01, output: 0.01, date: 2026-11-21, source: "made for trials"}
      deepseek-reasoner:
        provider: wall
        window: 128k
        max_output: 8k
        capabilities: [tools, json, streaming, reasoning]
        tokenizer: deepseek
        prices: {input: 0.35, output: 2.50, date: 2026-11-21, source: "made for trials"}

    """

  /// What the provider bills for a call, in nano-units, rounded up once.
  ///
  /// A call that failed is not billed.
  static func bill(_ call: WallCall) -> Int64 {
    guard call.status == 200, let price = prices[call.model] else { return 0 }
    let (whole, rest) =
      (price.input * call.promptTokens + price.output * call.completionTokens)
      .quotientAndRemainder(dividingBy: 1000)
    return whole + (rest > 0 ? 1 : 0)
  }

  private static let questions = [
    "How do I reset my password?", "Where is my order?", "What does the premium plan cost?",
    "Prove that the square root of two is irrational, step by step.",
    "Why was I charged twice this month?", "Can I change the delivery address?",
    "Compare the two contracts and explain which is cheaper over three years.",
    "Thanks, that worked.",
  ]

  /// Writes so many requests as lines of JSON; each is known by its marker, as user and in its text.
  static func write(
    _ markers: some Sequence<Marker>, to file: URL, using random: inout SplitMix,
    key: (Marker) -> String? = { _ in nil }
  ) throws {
    var text = ""
    for marker in markers {
      let question = questions[Int(random.next() % UInt64(questions.count))]
      let head = key(marker).map { #""idempotency_key":"\#($0)","# } ?? ""
      text += #"{\#(head)"model":"auto","user":"\#(marker)","#
      text += #""messages":[{"role":"user","content":"\#(question) (\#(marker))"}]}"# + "\n"
    }
    try Data(text.utf8).write(to: file)
  }

  static func markers(run: Int, count: Int) -> [Marker] {
    (1...max(1, count)).map { Marker(run: run, number: $0) }
  }
}
