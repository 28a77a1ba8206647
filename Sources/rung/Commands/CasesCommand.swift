import ArgumentParser
import JSONWriting
import PolicyAnalysis
import PolicyDiagnostics
import PolicySemantics
import RoutingRuntime

struct CasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cases",
    abstract: "Write a test for each route, and for each edge of what it takes. Calls nothing.",
    discussion: """
      Prints test blocks to paste into the policy: the plainest request of each route, and for every
      field its condition reads a request on either side of each number, with each label, with each
      text and without. Each was decided before it was printed. What no test block can write is listed
      by name, as comments.

      EXAMPLES
        rung cases policies/support
        rung cases policies/support --route faq
        rung cases policies/support --format json
      """)

  @Argument(help: "The policy.")
  var policy: String

  @Option(help: "Only the cases of this route.")
  var route: String?

  @Option(help: "text to paste, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let compiled = try PolicyFolder(policy).compiled()
    var finder = CaseFinder(Decider(compiled.graph))
    let cases = finder.cases(of: try wanted(compiled.policy))
    switch format {
    case .text: Terminal.out(Self.text(cases, compiled.policy))
    case .json: Terminal.out(Self.json(cases, compiled))
    }
  }

  private func wanted(_ policy: CheckedPolicy) throws(CommandFailure) -> RouteID? {
    guard let route else { return nil }
    let names = policy.routes.map(\.name)
    if let index = names.firstIndex(of: route) { return RouteID(index) }
    let near = NearName.of(route, among: names).map { "; did you mean `\($0)`?" }
    throw CommandFailure(
      "no route is called `\(route)`\(near ?? "; there are \(names.joined(separator: ", "))")")
  }

  private static func text(_ cases: PolicyCases, _ policy: CheckedPolicy) -> String {
    var lines = cases.cases.map { $0.text(in: policy) }
    if !cases.without.isEmpty {
      lines.append("# Without a test:")
      lines += cases.without.map { "#   \($0.title): \($0.reason.words)" }
    }
    return lines.joined(separator: "\n")
  }

  /// `{"version":1,"policy":…,"cases":[{"title":…,"route":…,"request":[…],"given":[…],"task":…,
  /// "first":…,"refused_by":…,"text":…}],"without":[{"title":…,"reason":…}]}`.
  private static func json(_ cases: PolicyCases, _ compiled: CompiledPolicy) -> String {
    let policy = compiled.policy
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("policy", compiled.path)
      json.array("cases") { json in
        for found in cases.cases {
          json.object { json in
            json.member("title", found.title)
            json.member("route", policy[found.route].name)
            json.array("request") { json in
              for field in found.block.request { json.string(field) }
            }
            json.array("given") { json in
              for line in found.block.given { json.string(line) }
            }
            json.member("task", orNull: found.task.map { policy[$0].name })
            json.member("first", orNull: found.first.map { policy[$0].name })
            json.member("refused_by", orNull: found.refuser)
            json.member("text", found.text(in: policy))
          }
        }
      }
      json.array("without") { json in
        for left in cases.without {
          json.object { json in
            json.member("title", left.title)
            json.member("reason", left.reason.words)
          }
        }
      }
    }
    return json.text
  }
}

extension CaseWithoutTest.Reason {
  fileprivate var words: String {
    switch self {
    case .notWritable(let what): "no test block can write " + what.joined(separator: ", ")
    case .decidedOtherwise: "written as a test block, the request is decided otherwise"
    case .noRequest(let tests): NotDecided.noRequest(tests: tests).words
    case .notDecided(let reason): reason.words
    case .unreachable: "no request takes this route"
    }
  }
}
