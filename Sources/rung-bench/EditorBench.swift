import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// What an editor waits for: from a change of a policy of a thousand routes to its diagnostics, and
/// the questions it asks most.
enum EditorBench {
  private static let routes = 1000
  private static let edits = 41

  static func run(_ report: inout Report) {
    let text = BenchPolicies.routes(routes).text
    let files = ["policy.rung": Array(text.utf8), "catalog.yaml": Array(catalog.utf8)]
    var snapshot = PolicySnapshot(path: "policy.rung", today: nil) { files[$0] }
    guard snapshot.diagnostics.isEmpty else {
      return print("editor bench:", snapshot.diagnostics[0].message)
    }
    var bytes = Array(text.utf8)
    var times: [Double] = []
    for number in 0..<edits {
      // A comment or a blank at the end of a line, all over the file.
      let start = (number * 99_991) % (bytes.count - 100)
      let place = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      bytes.insert(contentsOf: Array((number % 2 == 0 ? " # x" : " ").utf8), at: place)
      let changed = ["policy.rung": bytes]
      let began = ContinuousClock.now
      snapshot = snapshot.edited(changed)
      let found = snapshot.diagnostics.count
      times.append(Stopwatch.milliseconds(since: began))
      if found > 0 { return print("editor bench:", snapshot.diagnostics[0].message) }
    }
    times.sort()
    report.add(
      "from a change to diagnostics, \(routes) routes", times[times.count / 2], "ms", atMost: 30)
    report.add("  the slowest of \(edits) edits", times[times.count - 1], "ms")
    guard let file = snapshot.sources.files.first else { return }
    let middle = Place(file: file.id, offset: file.bytes.count / 2)
    let route = snapshot.outline(of: file.id).first { $0.name == "r\(routes / 2)" }
    let name = Place(file: file.id, offset: Int(route?.nameSpan.start ?? 0))
    let asked: [(String, (PolicySnapshot) -> Int)] = [
      ("colours of a file", { $0.tokens(of: file.id).count }),
      ("outline of a file", { $0.outline(of: file.id).count }),
      ("completions at a place", { $0.completions(at: middle).count }),
      ("references of a name", { $0.references(at: name, withDeclaration: true).count }),
      ("lenses of a file", { $0.lenses(of: file.id).count }),
      ("hover of a route", { $0.hover(at: name)?.markdown.utf8.count ?? 0 }),
    ]
    for (name, ask) in asked {
      let fresh = snapshot.edited([:])
      let first = Stopwatch.median(runs: 1) { _ = ask(fresh) }
      report.add("  \(name), \(routes) routes", first / 1e6, "ms")
    }
  }

  private static let catalog = """
    currency: USD
    providers: {house: {base_url: "https://models.example/v1"}}
    models:
      small: {provider: house, region: eu, prices: {input: 0.1, output: 0.2}}
      large: {provider: house, region: us, prices: {input: 1, output: 2}}

    """
}
