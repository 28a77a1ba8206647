import JSONWriting
import PolicyAnalysis
import PolicySemantics

/// A test that would show or notice what none does, as a report prints it: with its request where
/// that stands in a file.
struct ExampleTest {
  /// As `rung fmt` writes it.
  let block: String
  let file: CaseFile?

  init(_ found: PolicyCase, _ policy: CheckedPolicy) {
    let text = CaseText(PolicyCases(cases: [found]), policy, folder: "")
    block = text.text
    file = text.files.first
  }

  /// One of several, with how the others are had: the first that a reader sees whole.
  static func lines(_ tests: [PolicyCase], _ policy: CheckedPolicy, would verb: String) -> [String]
  {
    guard
      let shown = tests.first(where: { ($0.body?.utf8.count ?? 0) <= longestBody }) ?? tests.first
    else { return [] }
    let others = tests.count == 1 ? "" : ", one of \(tests.count); --suggest FILE writes them"
    let example = ExampleTest(shown, policy)
    var lines = ["", "a test that would \(verb) one\(others)", ""] + indented(example.block)
    guard let file = example.file else { return lines }
    let size = file.body.utf8.count
    if size <= longestBody {
      lines += ["", "with \(file.name) beside the policy", ""] + indented(file.body)
    } else {
      lines += ["", "with \(file.name), a request of \(size) bytes: --suggest FILE writes both"]
    }
    return lines
  }

  /// Bytes of a request that is printed.
  private static let longestBody = 2_000

  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n").map { "  " + $0 }
  }

  /// `"test":"test …","request_file":{"name":…,"body":…}`; null where there is none.
  static func members(_ found: PolicyCase?, _ policy: CheckedPolicy, in json: inout JSONWriter) {
    let example = found.map { ExampleTest($0, policy) }
    json.member("test", orNull: example?.block)
    guard let file = example?.file else {
      return json.member("request_file", orNull: String?.none)
    }
    json.object("request_file") { json in
      json.member("name", file.name)
      json.member("body", file.body)
    }
  }
}
