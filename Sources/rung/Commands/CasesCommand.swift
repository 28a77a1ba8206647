import ArgumentParser
import JSONWriting
import PolicyAnalysis
import PolicyCompiler
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import RoutingRequests
import RoutingRuntime

struct CasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cases",
    abstract: "Write a test for each route, and for each edge of what it takes. Calls nothing.",
    discussion: """
      Prints test blocks to paste into the policy: the plainest request of each route, and for every \
      field its condition reads a request on either side of each number, with each label, with each \
      text and without, be it this route that takes it or another; and one without each required \
      fact. Each was decided before it was printed. A request that a test reads of a file (a \
      text over 300 characters, names of tools, several messages) is listed by name, as a comment, \
      unless --files names a folder for it.

      EXAMPLES
        rung cases policies/support
        rung cases policies/support --route faq
        rung cases policies/support --files policies/support/requests
        rung cases policies/support --format json
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Option(help: "Only the cases of this route.")
  var route: String?

  @Option(
    help: "Write requests that a test reads of a file to this folder, in the policy's own.",
    completion: .file())
  var files: String?

  @Option(help: "text to paste, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    if files != nil, format == .json {
      throw ValidationError("--files is for tests to paste; --format json has each request's body")
    }
  }

  func run() throws {
    let compiled = try PolicyCompilation(policy).sound()
    let decider = Decider(compiled.graph)
    var finder = CaseFinder(decider, reading: TestRun.request(ofBody:))
    let cases = finder.cases(of: try wanted(compiled.policy))
    switch format {
    case .text: Terminal.out(try text(cases, compiled), newline: false)
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

  private func text(
    _ cases: PolicyCases, _ compiled: CompiledPolicy
  ) throws(CommandFailure) -> String {
    guard let files else { return CaseText(cases, compiled.policy).text }
    return try CaseFolder(files, policy: compiled.path).text(of: cases, compiled.policy)
  }

  /// `{"version":1,"policy":…,"cases":[{"title":…,"route":…,"request":[…],"given":[…],"task":…,
  /// "first":…,"refused_by":…,"text":…,"request_file":…,"body":…}],"without":[{"title":…,
  /// "reason":…}]}`.
  ///
  /// `text` reads a file with the body, of that name, where `request_file` is not null.
  private static func json(_ cases: PolicyCases, _ compiled: CompiledPolicy) -> String {
    let policy = compiled.policy
    var files = CaseFiles()
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("policy", compiled.path)
      json.array("cases") { json in
        for found in cases.cases {
          json.object { json in
            json.member("title", found.title)
            json.member("route", orNull: found.route.map { policy[$0].name })
            json.array("request") { json in
              for field in found.block.request { json.string(field) }
            }
            json.array("given") { json in
              for line in found.block.given { json.string(line) }
            }
            json.member("task", orNull: found.task.map { policy[$0].name })
            json.member("first", orNull: found.first.map { policy[$0].name })
            json.member("refused_by", orNull: found.refuser)
            let file = files.file(of: found)
            json.member(
              "text",
              orNull: file.map { found.text(in: policy, file: $0.name) }
                ?? found.text(in: policy))
            json.member("request_file", orNull: file?.name)
            json.member("body", WitnessRequest(found.draft, policy).body)
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
