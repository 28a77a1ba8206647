import Foundation
import PolicyDiagnostics
import PolicyExplain
import PolicyGraph
import PolicyLint
import PolicyPictures
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingCatalog
import RoutingRuntime
import Testing

/// A policy read and checked, ready to be drawn and to decide.
struct DrawnPolicy {
  let policy: CheckedPolicy
  let graph: DecisionGraph
  let path: String

  var picture: PolicyPicture { PolicyPicture(policy, path: path) }

  /// `files` are what the policy names, by path; `catalog.yaml` is ``catalog`` unless given.
  init(_ text: String, path: String = "policy.rung", files: [String: String] = [:]) throws {
    var all = ["catalog.yaml": Self.catalog].merging(files) { $1 }
    all[path] = text
    try self.init(path: path) { all[$0].map { Array($0.utf8) } }
  }

  /// One of the policies the product ships.
  init(shipped name: String) throws {
    try self.init(path: "policies/\(name)/policy.rung") { path in
      (try? Data(contentsOf: Self.root.appending(path: path))).map { Array($0) }
    }
  }

  private init(path: String, read: (String) -> [UInt8]?) throws {
    let loaded = PolicyLoader.load(
      path: path, read: read,
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: LintRules.codes)
    let errors = loaded.diagnostics.filter { $0.severity == .error }.map(\.message)
    guard let checked = loaded.checked else { throw Unsound(errors: errors) }
    policy = checked
    graph = try DecisionGraph(policy)
    self.path = path
  }

  private struct Unsound: Error {
    let errors: [String]
  }

  /// Why one question is answered as it is.
  func explain(
    _ question: String, named name: String? = nil, model: String = "auto",
    facts: [String: GivenFact] = [:]
  ) throws -> Explanation {
    let date = try #require(CalendarDate(year: 2026, month: 3, day: 2))
    var input = RequestInput(moment: LocalMoment(date: date, weekday: .monday, hour: 9))
    input.messages = [RequestInput.Message(role: .user, text: question)]
    input.model = model
    input.metadata = facts
    input.keyFacts = facts
    let decision = try Decider(graph).decide(input)
    var read = try graph.facts(of: input)
    return Explainer(graph: graph, policyPath: path)
      .explain(decision, facts: &read, requestName: name)
  }

  static let shipped = ["starter", "support", "helpdesk", "research"]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let catalog = """
    currency: USD
    reference_tokenizer: qwen
    providers:
      near: {base_url: "https://near.invalid/v1", key_env: NEAR_KEY}
    models:
      small:
        deployments: [{provider: near, region: eu}]
        window: 32k
        max_output: 8k
        capabilities: [tools, json, streaming]
        prices: {input: 0.01, output: 0.02}
      medium:
        provider: near
        window: 128k
        max_output: 8k
        capabilities: [tools, json, streaming]
        prices: {input: 0.10, output: 0.40}
      large:
        provider: near
        window: 128k
        max_output: 64k
        capabilities: [tools, json, streaming, reasoning]
        prices: {input: 1.00, output: 4.00}
    """

  /// Everything a picture can show, once.
  static let everything = """
    rung 1
    catalog "catalog.yaml"

    facts { plan : free | pro = free  region : eu | us = us }
    classifier subject : law | other {
      reads   question
      ask     small "Which field is <b>this</b>?"
      timeout 400ms  on failure other
    }
    points difficulty {
      40 when question mentions ("step by step", "warum")
      30 when subject = law
    }
    task code when prompt has code or question mentions ("コードを書いて", "приклад")
    task chat otherwise

    budget daily = $20 per tenant per day
    limit  rate  = 60 requests per key per minute when plan = free

    gate solid = not refusal and finish = stop
    gate quick = length <= 400 chars

    ladder cheap_first(max_budget = $0.50, max_time = 40s) {
      tier small   accept solid and quick  timeout 10s  attempts 2
      tier medium  accept solid
      on exhausted return best
      on filtered climb
    }
    ladder lone { tier large }

    compress trim {
      target context
      when   context.chars >= 500
      to     50% with extractive
    }
    condition hijack = question contains "<script>alert('x')</script> & \\"more\\" 🙂"
    guard stay when region = eu { only models where model.region = eu  drop tools }
    guard secrets when prompt has secret { refuse "take it out & send it <again>" }

    route attack when hijack { refuse "no <script>" }
    route labels when task = code and prompt.tokens <= 4k {
      cache exact for 1d per tenant
      batch up to 50 within 200ms
      set   temperature 0
      use   small fallback on too_long lone fallback medium
    }
    route trial when plan = pro {
      split by user {
        90% as control { use cheap_first fallback large }
        10% use large
      }
    }
    route deep when difficulty >= 60 {
      compress trim
      stick    for 30m
      shadow   5% use cheap_first
      use      large effort high
    }
    otherwise { use cheap_first }
    """
}
