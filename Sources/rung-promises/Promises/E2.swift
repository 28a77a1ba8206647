import Foundation
import JSONReading
import RoutingTestSupport

/// A policy that does not compile keeps the one before, and a half-written file never counts.
enum E2: Promise {
  static let name = "E2"
  static let text = "a broken or half-written policy changes nothing and is told of"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let ground = try ServedGround(trial, "e2")
    let broken = try BrokenPolicies(trial, ground)
    let cut = try await CutPolicies(trial, ground)
    return .of(
      broken.findings + cut.findings,
      "\(broken.fixtures) broken policies and \(broken.refused) of \(broken.mutated) mutated ones "
        + "refused with their place, the version before serving on (\(broken.taken) mutated ones "
        + "still compile); files written in their place held at \(cut.places) bytes for the watcher "
        + "to see, \(cut.counted) counted, each whole one did")
  }
}

/// Mistakes made on purpose and at random, each announced by a request.
private struct BrokenPolicies {
  private(set) var fixtures = 0
  private(set) var mutated = 0
  private(set) var refused = 0
  private(set) var taken = 0
  private(set) var findings: [String] = []
  private let gateway: ServedGateway
  private var failures = 0

  private static let texts = [
    "", "rung 2\n", "rung 1\n", "otherwise { use qwen3-8b }\n",
    "rung 1\ncatalog \"nowhere.yaml\"\notherwise { use qwen3-8b }\n",
    "rung 1\ncatalog \"catalog.yaml\"\notherwise { use gpt-99 }\n",
    "rung 1\ncatalog \"catalog.yaml\"\notherwise { use qwen3-8b\n",
    "rung 1\ncatalog \"catalog.yaml\"\nroute a when prompt.tokens > { use qwen3-8b }\n",
    "rung 1\ncatalog \"catalog.yaml\"\nbudget b = -$1 per day\notherwise { use qwen3-8b }\n",
    "rung 1\ncatalog \"catalog.yaml\"\notherwise { use qwen3-8b } otherwise { use qwen3-8b }\n",
    "rung 1\ncatalog \"catalog.yaml\"\nladder l() { }\notherwise { use l }\n",
    "rung 1\ncatalog \"catalog.yaml\"\notherwise { use missing_ladder }\n",
    "rung 1\ncatalog \"catalog.yaml\"\nroute a when \"text\" { use qwen3-8b }\n",
    "rung 1\ncatalog \"catalog.yaml\"\n\u{0}\n", "\u{FEFF}{\"rung\": 1}", "%PDF-1.7",
  ]

  private static let sound = """
    rung 1
    catalog "catalog.yaml"

    budget house = $100000 per day
    gate answered = length >= 20 chars and not refusal

    ladder small_first(max_budget = $0.05) {
      tier qwen3-8b           accept answered  max_output 200 tokens
      tier deepseek-reasoner                   max_output 400 tokens
    }
    route long when prompt.tokens >= 8k { use deepseek-reasoner }
    otherwise { use small_first }

    """

  init(_ trial: Trial, _ ground: ServedGround) throws {
    gateway = try ground.gateway(trial, adding: ["--no-watch"])
    var random = trial.random("e2")
    if try isRefused(Self.sound) { findings.append("a sound policy is refused: a blind trial") }
    for text in Self.texts {
      fixtures += 1
      if try !isRefused(text) { findings.append("a broken policy is taken: \(text)") }
    }
    mutated = trial.count(1000, atLeast: 40)
    for number in 0..<mutated {
      trial.progress.show("E2 mutated policy \(number) of \(mutated)")
      if try isRefused(Self.mutation(of: Self.sound, &random)) { refused += 1 } else { taken += 1 }
    }
    if refused * 10 < mutated { findings.append("few mutated policies are refused: a blind trial") }
    try compareCounts()
  }

  /// Whether it was; then the version before must serve on, and its place must be told.
  private mutating func isRefused(_ text: String) throws -> Bool {
    let before = try state()
    try gateway.replace("policy.rung", by: text)
    let answer = try gateway.answer(PeerRequest.post("/admin/reload"))
    let after = try state()
    if answer.status == 200 { return false }
    failures += 1
    let asked = try gateway.answer(PeerRequest.chat("Where is my order?"))
    let version = asked.headers["x-rung-policy"]
    if answer.status != 422 || after.version != before.version || asked.status != 200
      || version != before.version
    {
      findings.append(
        "status \(answer.status), version \(after.version) after \(before.version), then an answer "
          + "of \(version ?? "none") with status \(asked.status), for: \(text)")
    }
    if after.failure?.contains(#/\.(rung|yaml):\d+:\d+/#) != true {
      findings.append("no place is told: \(after.failure ?? "nothing"), for: \(text)")
    }
    return true
  }

  private func state() throws -> (version: String, failure: String?) {
    let answer = try gateway.answer(PeerRequest.get("/readyz"))
    let policy = try JSONText(answer.body).root["policy"]
    return (policy?["version"]?.string ?? "", policy?["reload_failure"]?.string)
  }

  /// The metric must have heard of each.
  private mutating func compareCounts() throws {
    let answer = try gateway.answer(PeerRequest.get("/metrics"))
    let text = String(decoding: answer.body, as: UTF8.self)
    let lines = text.split(separator: "\n")
    let line = lines.first { $0.hasPrefix("rung_policy_reloads_total{result=\"refused\"}") }
    let told = line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
    if Int(told) != failures {
      findings.append("the metric tells of \(Int(told)) refused reloads of \(failures)")
    }
  }

  private static func mutation(of text: String, _ random: inout SplitMix) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...Int(random.next() % 3) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 5 {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8(0x20 + random.next() % 95), at: place)
      case 2: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 12))
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Policies written in their place by somebody who stops at every byte, under gateways that watch.
private struct CutPolicies {
  private(set) var places = 0
  private(set) var counted = 0
  private(set) var findings: [String] = []

  /// What is on disk while one of the gateways looks.
  private struct Cut {
    let text: [UInt8]
    let size: Int
  }

  private struct Watching {
    let gateway: ServedGateway
    let version: String
    var failures: Int
  }

  init(_ trial: Trial, _ ground: ServedGround) async throws {
    let served = Array(ServedGround.policy(model: "qwen3-8b").utf8)
    let next = Array(ServedGround.policy(model: "deepseek-reasoner").utf8)
    // A new one without the end of its last line is whole in all that matters.
    var cuts = [(served, served.count), (next, next.count - 1)].flatMap { text, end in
      (0..<end).map { Cut(text: text, size: $0) }
    }
    let wanted = trial.count(cuts.count, atLeast: 4)
    // The ends first: there a part may compile.
    cuts = cuts.enumerated()
      .sorted {
        ($0.element.text.count - $0.element.size) < ($1.element.text.count - $1.element.size)
      }
      .map(\.element)
    cuts = Array(cuts.prefix(wanted))
    var watching = try (0..<min(16, wanted)).map { number in
      try Self.watching(ground.besides(trial, "cut\(number)"))
    }
    while !cuts.isEmpty {
      trial.progress.show("E2 \(cuts.count) cut files to go")
      let now = cuts.prefix(watching.count)
      cuts.removeFirst(now.count)
      try await hold(Array(now), &watching)
    }
    try await finish(next, watching)
  }

  private static func watching(_ gateway: ServedGateway) throws -> Watching {
    let (version, failures) = try state(gateway)
    return Watching(gateway: gateway, version: version, failures: failures)
  }

  /// Writes each, and waits until each gateway has looked.
  private mutating func hold(_ cuts: [Cut], _ watching: inout [Watching]) async throws {
    for (cut, watching) in zip(cuts, watching) {
      try Self.write(cut.text.prefix(cut.size), watching.gateway)
    }
    let end = ContinuousClock.now + .seconds(20)
    for (index, cut) in cuts.enumerated() {
      places += 1
      while true {
        let (version, failures) = try Self.state(watching[index].gateway)
        if version != watching[index].version {
          counted += 1
          findings.append(
            "\(cut.size) of \(cut.text.count) bytes counted: "
              + String(decoding: cut.text.prefix(cut.size).suffix(60), as: UTF8.self))
          watching[index] = try Self.watching(watching[index].gateway)
          break
        }
        if failures > watching[index].failures {
          watching[index].failures = failures
          break
        }
        guard ContinuousClock.now < end else {
          findings.append("a file cut at byte \(cut.size) was not looked at in 20 s")
          break
        }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// The whole one must be taken.
  private mutating func finish(_ text: [UInt8], _ watching: [Watching]) async throws {
    for watching in watching { try Self.write(text[...], watching.gateway) }
    let end = ContinuousClock.now + .seconds(20)
    for watching in watching {
      while try Self.state(watching.gateway).version == watching.version {
        guard ContinuousClock.now < end else {
          findings.append("a whole policy was not taken in 20 s")
          return
        }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// In its place, as an editor may.
  private static func write(_ bytes: ArraySlice<UInt8>, _ gateway: ServedGateway) throws {
    try Data(bytes).write(to: gateway.policy.appending(path: "policy.rung"), options: [])
  }

  private static func state(_ gateway: ServedGateway) throws -> (version: String, failures: Int) {
    let answer = try gateway.answer(PeerRequest.get("/readyz"))
    let policy = try JSONText(answer.body).root["policy"]
    return (
      policy?["version"]?.string ?? "", Int(clamping: policy?["failed_reloads"]?.integer ?? 0)
    )
  }
}
