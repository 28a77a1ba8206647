import ContextCompression
import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingCatalog
import RoutingRequests
import RoutingRuntime
import Testing

@testable import RoutingCompression

@Suite struct `Whether a compression pays` {
  static let catalog = """
    currency: USD
    providers:
      here: {base_url: "http://127.0.0.1:1/v1"}
    models:
      plain:
        upstream: plain
        deployments: [{provider: here}]
        window: 32k
        max_output: 1k
        prices: {input: 1, output: 2, date: 2026-11-01, source: "test"}
      discount:
        upstream: discount
        deployments: [{provider: here}]
        window: 32k
        max_output: 1k
        prices: {input: 1, cached_input: 0.1, output: 2, date: 2026-11-01, source: "test"}
      cheap:
        upstream: cheap
        deployments: [{provider: here}]
        window: 32k
        max_output: 1k
        prices: {input: 0.01, output: 0.02, date: 2026-11-01, source: "test"}
      unpriced:
        upstream: unpriced
        deployments: [{provider: here}]
        window: 32k
        max_output: 1k
    """

  struct Made {
    let compression: RequestCompression
    let policy: CheckedPolicy
    let plan: Plan
  }

  private func compress(
    _ body: String, _ method: String = "to 50% with extractive", use: String,
    declaring: String = ""
  ) throws -> Made {
    let read = CatalogReader.read(
      SourceFile(id: SourceID(1), path: "catalog.yaml", text: Self.catalog))
    let vocabulary = try #require(read.value?.vocabulary, "\(read.diagnostics.map(\.message))")
    let text = """
      rung 1 catalog "catalog.yaml"
      \(declaring)
      compress trim { target context  \(method) }
      route all when turn >= 1 { compress trim  use \(use) }
      otherwise { use plain }
      """
    let parsed = PolicyParser.parse(SourceFile(path: "policy.rung", text: text))
    let checked = PolicyChecker.check(files: [parsed.value], vocabulary: vocabulary, files: [:])
    let policy = try #require(
      checked.value, "\((parsed.diagnostics + checked.diagnostics).map(\.message))")
    let date = try #require(CalendarDate(year: 2026, month: 11, day: 20))
    let request = try ChatRequest(Array(body.utf8))
    let input = RequestInput(
      request, moment: LocalMoment(date: date, weekday: .friday, hour: 12))
    let decider = Decider(try DecisionGraph(policy))
    let plan = try decider.decide(input).plan
    return Made(
      compression: RequestCompression(request, plan: plan, in: policy), policy: policy, plan: plan)
  }

  private static let prose = (1...30).map { "Locker \($0) is at gate \($0 * 3) of the hall. " }
    .joined()
  /// The context came with the question before: a provider may have kept it.
  private static let later = """
    {"messages":[{"role":"user","content":"\(prose)"},{"role":"assistant","content":"Read."},\
    {"role":"user","content":"Where is locker 17?"}]}
    """

  @Test func `without a discount every token that goes is spared`() throws {
    let made = try compress(Self.later, use: "plain")
    let step = try #require(made.compression.steps.first)
    #expect(step.leftAlone == nil)
    let gain = try #require(step.gain)
    #expect(gain.first.keptBefore == 0)
    // A dollar for a million tokens: a thousand nano-dollars each.
    #expect(gain.first.spared == Money(nanos: (gain.first.before - gain.first.after) * 1_000))
    #expect(gain.expected == gain.first.spared)
    #expect(made.compression.isCompressed)
    #expect(made.compression.words == "trim \(gain.first.before) to \(gain.first.after) tokens")
    #expect(made.compression.request.messages[0].text.contains("Locker 17 is at gate 51"))
    #expect(made.compression.spared([made.policy[gain.firstModel]]) == gain.first.spared)
    #expect(made.compression.spared([]) == Money(nanos: 0))
  }

  @Test func `a lost discount is part of the sum`() throws {
    let made = try compress(Self.later, use: "discount")
    let step = try #require(made.compression.steps.first)
    let gain = try #require(step.gain?.first)
    // The context cost a tenth as it came, and the whole price once it has changed.
    #expect(gain.keptBefore > 0)
    #expect(gain.keptAfter == 0)
    let asItCame = gain.keptBefore * 100 + (gain.before - gain.keptBefore) * 1_000
    #expect(gain.spared == Money(nanos: asItCame - gain.after * 1_000))
    #expect(gain.lostDiscount == Money(nanos: gain.keptBefore * 900))
    #expect(step.leftAlone == .doesNotPay)
    #expect(!made.compression.isCompressed)
    #expect(made.compression.words == "trim left_alone does_not_pay")
    #expect(made.compression.request.messages[0].text == Self.prose)
  }

  @Test func `a small rest pays in spite of a discount`() throws {
    let made = try compress(Self.later, "to 5% with extractive", use: "discount")
    #expect(made.compression.steps.first?.leftAlone == nil)
  }

  @Test func `an unknown price is no reason to compress`() throws {
    let made = try compress(Self.later, use: "unpriced")
    #expect(made.compression.steps.first?.leftAlone == .unknownPrice)
  }

  @Test func `a later tier with a discount can outweigh the first`() throws {
    let ladder = """
      gate fine = length >= 5 chars
      ladder both { tier cheap accept fine  tier discount }
      """
    let made = try compress(Self.later, use: "both", declaring: ladder)
    let gain = try #require(made.compression.steps.first?.gain)
    #expect((gain.first.spared?.nanos ?? 0) > 0)
    #expect((gain.expected?.nanos ?? 0) < 0)
    #expect(made.compression.steps.first?.leftAlone == .doesNotPay)
  }

  @Test func `nothing is lost with lossless`() throws {
    let text = String(repeating: "The  hall  by the river  is   green.\\n\\n\\n\\n", count: 20)
    let made = try compress(
      """
      {"messages":[{"role":"user","content":"\(text)"},{"role":"user","content":"What?"}]}
      """, "to 90% with lossless", use: "plain")
    let step = try #require(made.compression.steps.first)
    #expect(step.leftAlone == nil)
    #expect(
      made.compression.request.messages[0].text.hasPrefix(
        "The hall by the river is green.\n\nThe hall"))
  }

  @Test func `without loss no size is needed`() throws {
    let text = String(repeating: "The  hall  by the river  is   green.\\n\\n\\n\\n", count: 20)
    let body = """
      {"messages":[{"role":"user","content":"\(text)"},{"role":"user","content":"What?"}]}
      """
    let made = try compress(body, "with lossless", use: "plain")
    let sized = try compress(body, "to 90% with lossless", use: "plain")
    #expect(made.compression.isCompressed)
    #expect(made.compression.request.messages[0].text == sized.compression.request.messages[0].text)
  }

  @Test func `a preview asks nobody for a summary and says what one would spare`() throws {
    let made = try compress(Self.later, "to 50% with cheap", use: "plain")
    let step = try #require(made.compression.steps.first)
    #expect(step.leftAlone == .notAsked)
    let gain = try #require(step.gain?.first)
    #expect(gain.after < gain.before)
    #expect(!made.compression.isCompressed)
  }

  @Test func `a summary that costs what it spares is not asked for`() throws {
    let made = try compress(Self.later, "to 50% with plain", use: "plain")
    #expect(made.compression.steps.first?.leftAlone == .doesNotPay)
  }

  @Test func `a summary by a model without a price is not asked for`() throws {
    let made = try compress(Self.later, "to 50% with unpriced", use: "plain")
    #expect(made.compression.steps.first?.leftAlone == .unknownPrice)
  }

  @Test func `a request without context is left alone`() throws {
    let made = try compress(
      #"{"messages":[{"role":"user","content":"Where is locker 17?"}]}"#, use: "plain")
    #expect(made.compression.steps.first?.leftAlone == .nothingToCompress)
  }

  @Test func `what goes was in the plan's figures`() throws {
    let made = try compress(Self.later, use: "plain")
    let gain = try #require(made.compression.steps.first?.gain?.first)
    let planned = try #require(made.plan.first?.input)
    #expect(planned.low <= gain.after)
    #expect(gain.after <= planned.bound)
  }
}
