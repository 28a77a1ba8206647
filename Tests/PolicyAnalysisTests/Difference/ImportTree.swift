import PolicyWorkspace
import RoutingTestSupport

/// A generated policy whose declarations lie in files that import each other, in several folders.
struct ImportTree {
  /// By path.
  var files: [String: String] = [:]
  static let path = "p/team/policy.rung"
  private static let folders = ["p/team", "p/org", "p", "p/org/law", "p/team/sub"]

  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    var maker = PairMaker(random: SplitMix(state: seed &+ 7_919))
    let policy = maker.policy()
    let paths =
      ["p/team/policy.rung"]
      + (0..<(1 + random.below(5))).map { number in
        "\(random.pick(Self.folders))/part_\(number).rung"
      }
    var bodies = paths.map { _ in [String]() }
    // What an import may bring goes anywhere; the rest stays, among it and in order.
    var movable = policy.text.split(separator: "\n").map(String.init).filter(Self.mayMove)
    movable += Self.extra(&random)
    for line in movable {
      bodies[random.below(paths.count)].append(Self.dressed(line, &random))
    }
    let own = policy.text.split(separator: "\n").map(String.init)
      .filter { !Self.mayMove($0) && !$0.hasPrefix("rung") }
      .map {
        $0.replacing("prepend system \"Be short.\"", with: "replace system file \"brief.md\"")
      }
    bodies[0] = Self.mixed(bodies[0], own, &random)
    for (index, path) in paths.enumerated() {
      var lines = bodies[index]
      for later in paths.indices.dropFirst(index + 1)
      where index == 0 && later < 3 || random.chance(1, in: 2) || later == index + 1 {
        let literal = PathWords.relative(paths[later], from: path)
        let note = random.chance(1, in: 3) ? "  # what \(later) brings" : ""
        lines.insert("import \"\(literal)\"\(note)", at: random.below(lines.count + 1))
      }
      let head = random.chance(1, in: 3) ? "# The file \(path).\nrung 1  # version\n" : "rung 1\n"
      let tail = random.chance(1, in: 4) ? "\n# The end of \(path)." : "\n"
      files[path] = head + lines.joined(separator: "\n") + tail
    }
    // Each gate's schema and each test's request stand beside the file that names them.
    for path in paths {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      files["\(folder)/answer.json"] = #"{"type": "object", "title": "\#(folder)"}"#
      files["\(folder)/ask.json"] =
        #"{"model": "auto", "messages": [{"role": "user", "content": "I want a refund"}]}"#
      files["\(folder)/brief.md"] = "Be brief in \(folder)."
    }
    files["p/team/catalog.yaml"] = SamplePolicy.catalog(tokenizer: "qwen")
  }

  private static func mayMove(_ line: String) -> Bool {
    ["facts", "gate", "ladder", "compress", "budget", "limit", "guard"]
      .contains(line.prefix { $0 != " " })
  }

  /// More that may be imported: some of it names files, some nobody uses.
  private static func extra(_ random: inout SplitMix) -> [String] {
    var lines = [
      "condition wordy = question.chars > 40 or plan = pro",
      "gate shaped = schema(\"answer.json\") and not refusal",
    ]
    lines += [
      "ladder strict(max_budget = $1) { tier n accept shaped on exhausted return last }",
      "guard curb when wordy and images >= 1 { drop tools }",
      "limit pace = 90 requests per minute",
      "facts { dormant : bool = false }",
      "points weight { 3 when wordy  2 when stream }",
      "test \"asked\" { request file \"ask.json\" expect { calls >= 0 } }",
      "always \"never too dear\" when plan = free { worst_cost <= $40 }",
    ].filter { _ in random.chance(2, in: 3) }
    return lines
  }

  private static func dressed(_ line: String, _ random: inout SplitMix) -> String {
    var line = line
    if random.chance(1, in: 3) { line = "## Says what it is.\n\(line)" }
    if random.chance(1, in: 4) { line = "# A remark.\n\n\(line)" }
    if random.chance(1, in: 4) { line += "  # behind it" }
    if random.chance(1, in: 4) { line = "\n" + line }
    return line
  }

  /// Both lists, each in its order.
  private static func mixed(
    _ one: [String], _ other: [String], _ random: inout SplitMix
  ) -> [String] {
    var (one, other) = (one[...], other[...])
    var lines: [String] = []
    while let next = random.chance(1, in: 2)
      ? one.popFirst() ?? other.popFirst()
      : other.popFirst() ?? one.popFirst()
    {
      lines.append(next)
    }
    return lines
  }
}

/// How one path is written in a file of another folder.
enum PathWords {
  static func relative(_ path: String, from file: String) -> String {
    let parts = path.split(separator: "/")
    let folders = file.split(separator: "/").dropLast()
    let shared = zip(parts, folders).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: folders.count - shared)
    return (up + parts.dropFirst(shared).map(String.init)).joined(separator: "/")
  }
}
