import RoutingTestSupport

/// Writes policies of any number of routes: long names, long conditions, texts in many scripts,
/// ladders used once, often and never.
struct PolicyWriter {
  private var random: SplitMix
  private let routes: Int

  init(seed: UInt64, routes: Int) {
    random = SplitMix(state: seed)
    self.routes = routes
  }

  private static let models = ["small", "medium", "large"]
  private static let texts = [
    "hello", "how do I reset my password", "パスワードを再設定するにはどうすればよいですか",
    "كيف أعيد تعيين كلمة المرور", "пароль", "密码", "👩‍👩‍👧‍👦 🏳️‍🌈", "<script>alert(1)</script>", "a & b",
    "it's",
    "supercalifragilisticexpialidocioussupercalifragilisticexpialidocious", "क्षत्रिय",
  ]

  mutating func text() -> String {
    var out =
      "rung 1\ncatalog \"catalog.yaml\"\nfacts { plan : free | pro = free  size : count = 1 }\n"
    let tasks = Int.random(in: 0...5, using: &random)
    for index in 0..<tasks {
      out += "task \(name("task", index)) when \(condition(tasks: []))\n"
    }
    let names = (0..<tasks).map { name("task", $0) }
    if tasks > 0 { out += "task rest otherwise\n" }
    for index in 0..<Int.random(in: 0...4, using: &random) {
      out += "condition named_\(index) = \(condition(tasks: []))\n"
    }
    for index in 0..<Int.random(in: 0...3, using: &random) {
      out += "guard guard_\(index) when \(condition(tasks: [])) { refuse \(quoted()) }\n"
    }
    for index in 0..<Int.random(in: 0...3, using: &random) {
      out += "budget budget_\(index) = $\(index + 1) per tenant per day\n"
    }
    out += "gate solid = not refusal\n"
    let ladders = Int.random(in: 0...max(1, min(20, routes)), using: &random)
    for index in 0..<ladders { out += ladder(index) }
    for index in 0..<max(0, routes - 1) { out += route(index, ladders, names) }
    return out + "otherwise { \(use(ladders)) }\n"
  }

  /// Now and then far longer than a box.
  private func name(_ stem: String, _ index: Int) -> String {
    index % 7 == 3
      ? "\(stem)_\(index)_with_a_name_that_goes_on_and_on_until_nobody_would_call_it_a_name_at_all"
      : "\(stem)_\(index)"
  }

  private mutating func quoted() -> String {
    "\"\(Self.texts.randomElement(using: &random) ?? "hello")\""
  }

  private mutating func condition(tasks: [String]) -> String {
    let parts = (0..<Int.random(in: 1...8, using: &random)).map { _ in term(tasks) }
    return parts.joined(separator: Bool.random(using: &random) ? " and " : " or ")
  }

  private mutating func term(_ tasks: [String]) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "plan = pro"
    case 1: return "size >= \(Int.random(in: 1...99, using: &random))"
    case 2: return "question contains \(quoted())"
    case 3:
      let list = (0..<Int.random(in: 1...9, using: &random)).map { _ in quoted() }
      return "prompt contains (\(list.joined(separator: ", ")))"
    default:
      return tasks.randomElement(using: &random).map { "task = \($0)" } ?? "stream"
    }
  }

  private mutating func ladder(_ index: Int) -> String {
    let bound = Bool.random(using: &random) ? "(max_budget = $0.50)" : ""
    var out = "ladder \(name("ladder", index))\(bound) {\n"
    for tier in 0..<Int.random(in: 1...4, using: &random) {
      out += "  tier \(model()) accept solid\(tier % 2 == 0 ? " timeout 10s attempts 2" : "")\n"
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: out += "  on exhausted return best\n"
    case 1: out += "  on exhausted return last\n"
    default: out += "  tier \(model())\n"
    }
    return out + "}\n"
  }

  private mutating func model() -> String { Self.models.randomElement(using: &random) ?? "small" }

  private mutating func target(_ ladders: Int) -> String {
    guard ladders > 0, Int.random(in: 0..<3, using: &random) == 0 else { return model() }
    return name("ladder", Int.random(in: 0..<ladders, using: &random))
  }

  private mutating func use(_ ladders: Int) -> String {
    var out = "use \(target(ladders))"
    var failures = ["unavailable", "limited", "too_long", "filtered"]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let count = Int.random(in: 1...failures.count, using: &random)
      out += " fallback on (\(failures.prefix(count).joined(separator: ", "))) \(target(ladders))"
      failures.removeFirst(min(count, failures.count - 1))
    }
    return out
  }

  private mutating func route(_ index: Int, _ ladders: Int, _ tasks: [String]) -> String {
    var out = "route \(name("route", index)) when \(condition(tasks: tasks)) {\n"
    guard Int.random(in: 0..<8, using: &random) > 0 else {
      return out + "  refuse \(quoted())\n}\n"
    }
    if Bool.random(using: &random) { out += "  cache exact for 1h per tenant\n" }
    if Bool.random(using: &random) { out += "  set temperature 0\n" }
    guard Int.random(in: 0..<5, using: &random) == 0 else { return out + "  \(use(ladders))\n}\n" }
    return out + """
        split by user {
          60% { \(use(ladders)) }
          40% as other { \(use(ladders)) }
        }
      }

      """
  }
}
