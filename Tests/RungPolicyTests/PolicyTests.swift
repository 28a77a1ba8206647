import Foundation
import JSONReading
import RungPolicy
import Synchronization
import Testing

@Suite struct `A policy in a program` {
  static let time = "2026-03-02T09:00:00Z"

  static func request(_ path: String) throws -> Request {
    var request = Request(body: try Project.bytes(path), name: path)
    request.time = .text(time)
    return request
  }

  @Test func `explains byte for byte as the command does`() throws {
    var held = 0
    for name in ["support", "helpdesk", "research"] {
      let place = Project.policy(name)
      let policy = try Policy(contentsOf: place)
      for path in Project.requests.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
        let arguments = ["explain", place, path, "--at", Self.time]
        let json = try Project.rung(arguments + ["--format", "json"])
        let request = try Self.request(path)
        let explanation = Result { () throws(RequestError) in try policy.explain(request) }
        switch explanation {
        case .success(let explanation):
          #expect(explanation.json == json.output, "\(name) \(path)")
          let text = try Project.rung(arguments).output
          #expect(explanation.text == text, "\(name) \(path)")
        case .failure(let error):
          #expect(json.output.isEmpty)
          #expect(json.errors.contains(error.message), "\(name) \(path): \(error)")
        }
        held += 1
      }
    }
    print("\(held) requests of three policies explained in the program and by the command")
    #expect(held > 25)
  }

  @Test func `decides what it explains`() throws {
    var held = 0
    for name in ["support", "helpdesk"] {
      let policy = try Policy(contentsOf: Project.policy(name))
      for path in Project.requests {
        let request = try Self.request(path)
        guard let decision = try? policy.decide(request) else { continue }
        let root = try JSONText(Array(policy.explain(request).json.utf8)).root
        let json = try JSONText(decision.jsonBytes).root
        #expect(json["refusal"]?["text"]?.string == decision.refusal?.text)
        #expect(
          json["refusal"]?["place"]?["line"]?.integer
            == decision.refusal?.place.map { Int64($0.line) })
        #expect(
          json["tiers"].map { $0.elements.compactMap { $0["model"]?.string } }
            == decision.tiers.map(\.model))
        #expect(json["cost"]?["at_most"]?.integer == decision.cost.atMost.nanos)
        #expect(decision.outcome.rawValue == root["outcome"]?.string)
        #expect(decision.route == root["route"]?["name"]?.string)
        #expect(decision.task == root["task"]?["name"]?.string)
        #expect(decision.arm == root["arm"]?["name"]?.string)
        #expect(decision.classifier == root["needs"]?["classifier"]?.string)
        #expect(decision.refusal?.code == root["refusal"]?["by"]?.string)
        #expect(decision.refusal?.text == root["refusal"]?["text"]?.string)
        #expect(decision.policy == root["policy"]?["fingerprint"]?.string)
        let calls = root["calls"].map { Array($0.elements) } ?? []
        let kept = calls.filter { $0["answering"]?.bool == true && $0["kept"]?.bool == true }
        let models = decision.outcome == .route ? kept.compactMap { $0["model"]?.string } : []
        #expect(decision.tiers.map(\.model) == models, "\(name) \(path)")
        #expect(decision.model == models.first)
        let effects = root["effects"].map { Array($0.elements) } ?? []
        #expect(decision.effects.map(\.text) == effects.compactMap { $0["text"]?.string })
        #expect(decision.effects.map(\.applies) == effects.compactMap { $0["applies"]?.bool })
        for (amount, member) in [
          (decision.cost.atLeast, root["cost"]?["at_least"]),
          (decision.cost.expected, root["cost"]?["expected"]),
          (decision.cost.atMost, root["cost"]?["at_most"]),
        ] {
          switch amount {
          case .known(let nanos, _):
            #expect(member?.string.flatMap { Self.nanos($0) } == nanos, "\(name) \(path)")
          case .unknown: #expect(member?.isNull == true)
          }
        }
        held += 1
      }
    }
    print("\(held) decisions held against their explanations")
    #expect(held > 60)
  }

  /// `0.000145` as nano-units, with nothing but digits.
  private static func nanos(_ text: String) -> Int64? {
    let parts = text.split(separator: ".")
    guard parts.count == 2, parts[1].count <= 9 else { return nil }
    return Int64(parts[0] + parts[1] + String(repeating: "0", count: 9 - parts[1].count))
  }

  @Test func `knows what is said beside a request`() throws {
    let policy = try Policy(contentsOf: Project.policy("support"))
    var request = Request(
      body: Array(#"{"messages":[{"role":"user","content":"hello there"}]}"#.utf8))
    request.time = .text(Self.time)
    let plain = try policy.decide(request)
    request.facts["region"] = "eu"
    request.facts["requires_reasoning"] = true
    let told = try policy.decide(request)
    #expect(plain.task == "chat")
    #expect(told.task == "reasoning")
    request.facts["plam"] = "pro"
    let error = #expect(throws: RequestError.self) { try policy.decide(request) }
    #expect(error?.code == "unknown_name")
    #expect(error?.message == "no fact is called `plam`; did you mean `plan`?")
  }

  @Test func `spends nothing itself and believes what is said of a budget`() throws {
    let policy = try Policy(contentsOf: Project.policy("helpdesk"))
    var request = Request(
      body: Array(#"{"messages":[{"role":"user","content":"hello there"}]}"#.utf8))
    request.tenant = "acme"
    request.user = "u-1"
    request.time = .text(Self.time)
    let first = try policy.decide(request)
    let again = try policy.decide(request)
    #expect(first == again)
    let daily = try #require(first.budgets.first { $0.used == 0 && $0.unit == .nanos })
    #expect(daily.left == daily.cap)
    request.state.budgets[daily.name] = "100%"
    let spent = try policy.decide(request)
    #expect(spent.outcome == .refused)
    #expect(spent.refusal?.code == "budget")
    request.state.budgets[daily.name] = .units(daily.cap - 1)
    let left = try policy.decide(request)
    #expect(left.budgets.first { $0.name == daily.name }?.left == 1)
    request.state.budgets[daily.name] = .units(-1)
    #expect(throws: RequestError.self) { try policy.decide(request) }
  }

  @Test func `reads the hour of the instant it is given and no other clock`() throws {
    let instant = Mutex(Date(timeIntervalSince1970: 0))
    let files = [
      "policy.rung": """
      rung 1
      catalog "catalog.yaml"
      zone "Europe/Berlin"
      route night when hour < 6 { use qwen3-8b }
      otherwise { use deepseek-v4-flash }
      """,
      "catalog.yaml": try String(
        contentsOfFile: Project.policy("starter/catalog.yaml"), encoding: .utf8),
    ]
    let policy: Policy
    do throws(PolicyError) {
      policy = try Policy("policy.rung", clock: { instant.withLock { $0 } }) { path in
        files[path].map { Array($0.utf8) }
      }
    } catch {
      Issue.record("\(error.diagnostics)")
      return
    }
    var request = Request(body: Array(#"{"messages":[{"role":"user","content":"hi"}]}"#.utf8))
    // 1970 began at one o'clock in Berlin.
    #expect(try policy.decide(request).route == "night")
    instant.withLock { $0 = Date(timeIntervalSince1970: 12 * 3600) }
    #expect(try policy.decide(request).route == "otherwise")
    request.time = .at(Date(timeIntervalSince1970: 0))
    #expect(try policy.decide(request).route == "night")
    request.time = .text("1970-01-01T23:30:00Z")
    #expect(try policy.decide(request).route == "night")
    for time: Request.Time in [
      .text("yesterday"), .text(""), .at(Date(timeIntervalSince1970: .infinity)),
      .at(Date(timeIntervalSince1970: .nan)), .at(Date(timeIntervalSince1970: 1e300)),
      .at(Date(timeIntervalSince1970: -1e15)),
    ] {
      request.time = time
      let error = #expect(throws: RequestError.self) { try policy.decide(request) }
      #expect(error?.code == "bad_time")
    }
  }

  @Test func `says where its files are wrong`() throws {
    let error = #expect(throws: PolicyError.self) {
      try Policy("a/policy.rung") { path in
        path == "a/policy.rung"
          ? Array("rung 1\ncatalog \"none.yaml\"\nroute r otherwise { use gpt }\n".utf8) : nil
      }
    }
    let first = try #require(error?.diagnostics.first)
    #expect(first.severity == .error)
    #expect(first.place?.path == "a/policy.rung")
    #expect(first.place?.line == 2)
    #expect(first.place?.column == 9)
    #expect(error?.message.hasPrefix("a/policy.rung:2:9: ") == true)
    let missing = #expect(throws: PolicyError.self) { try Policy(contentsOf: "/nowhere/at/all") }
    #expect(missing?.message == "there is no `/nowhere/at/all`")
    let folder = #expect(throws: PolicyError.self) { try Policy(contentsOf: "/") }
    #expect(folder?.message.contains("no folder with a policy.rung") == true)
  }

  @Test(arguments: [
    ("", "json_empty"), ("{", "json_incomplete"), ("[]", "wrong_type"), ("{}", "missing_field"),
    (#""{\"messages\":[]}""#, "wrong_type"), (#"{"messages":"hi"}"#, "wrong_type"),
    (#"{"messages":[{"role":"user","content":"a"}],"messages":[]}"#, "json_duplicate_key"),
    (
      #"{"messages":[{"role":"user","content":"a"}],"metadata":{"colour":"red"}}"#,
      "undeclared_fact"
    ),
    (#"{"messages":[{"role":"user","content":"a"}],"metadata":{"plan":"gold"}}"#, "fact_invalid"),
    (#"{"messages":[{"role":"user","content":"a"}],"best_of":9}"#, "unsupported_field"),
  ])
  func `says what is wrong with a request`(body: String, code: String) throws {
    let policy = try Policy(contentsOf: Project.policy("support"))
    let error = #expect(throws: RequestError.self) {
      try policy.decide(Request(body: Array(body.utf8)))
    }
    #expect(error?.code == code, "\(body): \(String(describing: error))")
  }

  @Test func `answers eight threads as it answers one`() async throws {
    let policy = try Policy(contentsOf: Project.policy("support"))
    let requests = try Project.requests.map(Self.request)
    let alone = requests.map { try? policy.decide($0) }
    let wrong = await withTaskGroup(of: Int.self) { group in
      for thread in 0..<8 {
        group.addTask {
          var wrong = 0
          for turn in 0..<400 {
            let index = (turn * 7 + thread) % requests.count
            if (try? policy.decide(requests[index])) != alone[index] { wrong += 1 }
          }
          return wrong
        }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
    print("8 tasks, 3,200 decisions")
  }
}
