import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax

/// Policies as text, taken through parser and checker like anyone's.
enum BenchPolicies {
  static let vocabulary = Vocabulary(models: [
    ModelEntry(name: "small", deployments: [Deployment(provider: "house", region: "eu")]),
    ModelEntry(name: "large", deployments: [Deployment(provider: "house", region: "us")]),
  ])

  /// Nil after printing what is wrong.
  static func checked(_ text: String) -> CheckedPolicy? {
    let parsed = PolicyParser.parse(SourceFile(path: "bench.rung", text: text))
    let checked = PolicyChecker.check(files: [parsed.value], vocabulary: vocabulary)
    for diagnostic in parsed.diagnostics + checked.diagnostics
    where diagnostic.severity == .error {
      print("bench policy:", diagnostic.message)
      return nil
    }
    return checked.value
  }

  static func graph(_ text: String) -> DecisionGraph? {
    guard let policy = checked(text) else { return nil }
    return try? DecisionGraph(policy)
  }

  static let plans = ["free", "pro", "team", "enterprise"]
  static let regions = ["eu", "us", "apac", "latam"]
  static let tiers = ["bronze", "silver", "gold"]

  /// Routes over eight fields, four to eight of them each: two labels, a flag, three names and
  /// numbers in intervals.
  static func routes(_ count: Int) -> (text: String, targets: [Target]) {
    var random = BenchRandom(seed: 7)
    var text = """
      rung 1
      catalog "catalog.yaml"
      facts {
        plan    : \(plans.joined(separator: " | ")) = free
        region  : \(regions.joined(separator: " | ")) = us
        grade   : \(tiers.joined(separator: " | ")) = bronze
        beta    : bool = false
        project : text = "none"
        seats   : count = 1
      }

      """
    var targets: [Target] = []
    for index in 0..<count {
      let target = Target(index, of: count, &random)
      targets.append(target)
      text += """
        route r\(index) when \(target.condition) {
          use \(index % 2 == 0 ? "small" : "large") max_output 500 tokens
        }

        """
    }
    text += "otherwise { use small }\n"
    return (text, targets)
  }

  /// What a route asks for; a request that has it is that route's.
  struct Target {
    var plan: Int?
    var region: Int?
    var tier: Int?
    var beta: Bool?
    var tenant: String
    var project: String?
    var seatsFrom: Int64
    var outputTo: Int64?

    init(_ index: Int, of count: Int, _ random: inout BenchRandom) {
      plan = index % 4
      region = random.below(3) > 0 ? random.below(4) : nil
      tier = random.below(3) > 0 ? random.below(3) : nil
      beta = random.below(2) > 0 ? random.below(2) > 0 : nil
      tenant = "tenant-\(random.below(max(2, count / 8)))"
      project = random.below(3) > 0 ? "project-\(random.below(40))" : nil
      seatsFrom = Int64(random.below(50) * 10)
      outputTo = random.below(2) > 0 ? Int64((1 + random.below(8)) * 512) : nil
    }

    var condition: String {
      var parts: [String] = []
      if let plan { parts.append("plan = \(BenchPolicies.plans[plan])") }
      if let region { parts.append("region = \(BenchPolicies.regions[region])") }
      if let tier { parts.append("grade = \(BenchPolicies.tiers[tier])") }
      if let beta { parts.append(beta ? "beta" : "not beta") }
      parts.append("tenant = \"\(tenant)\"")
      if let project { parts.append("project = \"\(project)\"") }
      if seatsFrom > 0 { parts.append("seats >= \(seatsFrom)") }
      if let outputTo { parts.append("max_tokens <= \(outputTo)") }
      return parts.joined(separator: " and ")
    }
  }
}
