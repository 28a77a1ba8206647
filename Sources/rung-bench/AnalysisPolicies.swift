/// Policies for the figures of the analysis.
enum AnalysisPolicies {
  private static let tasks = ["classify", "summarize", "translate", "code", "thinking", "chat"]
  private static let head = "rung 1\ncatalog \"catalog.yaml\"\n"

  /// Routes by task, tenant and two more fields of a few; `salt` makes another policy of the same
  /// kind, which differs in about one route of a hundred.
  static func structured(_ count: Int, salt: UInt64 = 0, isReversed: Bool = false) -> String {
    var random = BenchRandom(seed: 23)
    var changes = BenchRandom(seed: salt)
    var text =
      head + """
        facts {
          plan    : \(BenchPolicies.plans.joined(separator: " | ")) = free
          region  : \(BenchPolicies.regions.joined(separator: " | ")) = us
          reasons : bool = false
          seats   : count = 1
        }
        task classify  when prompt mentions ("classify", "extract", "detect", "identify")
        task summarize when prompt mentions ("summarize", "explain", "rewrite")
        task translate when prompt mentions ("translate")
        task code      when prompt mentions ("generate code", "debug", "refactor") or prompt has code
        task thinking  when reasons
        task chat      otherwise

        """
    var routes: [String] = []
    for index in 0..<count {
      let tenant = random.below(max(4, count / 8))
      var parts = ["task = \(tasks[random.below(6)])", "tenant = \"tenant-\(tenant)\""]
      var fields = ["plan", "region", "seats", "max_tokens", "stream"]
      for _ in 0..<2 {
        switch fields.remove(at: random.below(fields.count)) {
        case "plan": parts.append("plan = \(BenchPolicies.plans[random.below(4)])")
        case "region": parts.append("region = \(BenchPolicies.regions[random.below(4)])")
        case "seats": parts.append("seats >= \(1 + random.below(50) * 10)")
        case "max_tokens": parts.append("max_tokens <= \((1 + random.below(8)) * 512)")
        default: parts.append("stream")
        }
      }
      if salt > 0, changes.below(100) == 0 { parts[1] = "tenant = \"tenant-0\"" }
      let model = index % 3 == 0 ? "large" : "small"
      routes.append("route r\(index) when \(parts.joined(separator: " and ")) { use \(model) }\n")
    }
    text += (isReversed ? routes.reversed() : routes).joined()
    return text + "otherwise { use large }\n"
  }

  /// One route that asks for one of two, twenty times over.
  static let choices: String = {
    var text = head + "facts {\n"
    for index in 0..<40 { text += "  f\(index) : bool = false\n" }
    let pairs = (0..<20).map { "(f\($0) or f\($0 + 20))" }
    return text + "}\nroute all when \(pairs.joined(separator: " and ")) { use small }\n"
      + "otherwise { use large }\n"
  }()

  /// Routes without any order to them: three to seven tests each over twenty fields of every kind.
  static func random(_ count: Int) -> String {
    var random = BenchRandom(seed: 29)
    var text = head + "facts {\n"
    for index in 0..<5 { text += "  l\(index) : a | b | c | d = a\n" }
    for index in 0..<5 { text += "  n\(index) : count = 0\n" }
    for index in 0..<5 { text += "  f\(index) : bool = false\n" }
    for index in 0..<5 { text += "  t\(index) : text = \"\"\n" }
    text += "}\n"
    for index in 0..<count {
      let fields = Array(0..<20).shuffled(using: &random).prefix(3 + random.below(5))
      let parts = fields.map { field in
        let number = field % 5
        switch field / 5 {
        case 0: return "l\(number) = \(["a", "b", "c", "d"][random.below(4)])"
        case 1: return "n\(number) \(random.below(2) > 0 ? ">=" : "<") \(1 + random.below(99))"
        case 2: return (random.below(2) > 0 ? "" : "not ") + "f\(number)"
        default: return "t\(number) \(random.below(4) > 0 ? "=" : "!=") \"v\(random.below(20))\""
        }
      }
      // Two of the tests are a choice: unions of boxes grow where boxes alone would not.
      let rest = parts.dropFirst(2).joined(separator: " and ")
      text += "route r\(index) when (\(parts[0]) or \(parts[1])) and \(rest) { use small }\n"
    }
    return text + "otherwise { use large }\n"
  }

  /// Routes over keywords that have nothing to do with one another, three of them each, one negated.
  static func texts(_ count: Int, atoms: Int) -> String {
    var random = BenchRandom(seed: 31)
    var text = head
    for index in 0..<count {
      let words = Array(0..<atoms).shuffled(using: &random).prefix(4)
      let parts = words.enumerated().map { place, word in
        (place == 3 ? "not " : "") + "prompt mentions \"word\(word)\""
      }
      text += "route r\(index) when (\(parts[0]) or \(parts[1])) and \(parts[2]) and \(parts[3]) "
      text += "{ use small }\n"
    }
    return text + "otherwise { use large }\n"
  }
}
