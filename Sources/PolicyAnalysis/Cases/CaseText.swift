import PolicyDiagnostics
package import PolicySemantics
import PolicySource
import PolicySyntax

/// Cases as `test` blocks ready to paste; what is not among them is listed in comments, by name.
package struct CaseText {
  /// As `rung fmt` writes it, with a newline at the end; empty if there is nothing to say.
  package private(set) var text = ""
  /// What the blocks read, to be written under the folder.
  package var files: [CaseFile] { named.all }
  private var named = CaseFiles()

  /// Requests that a test reads of a file are read from `folder`, as the policy names it; without one
  /// they are listed, with `cure` to say how they are had.
  package init(
    _ cases: PolicyCases, _ policy: CheckedPolicy, folder: String? = nil,
    cure: String = "`--files DIR` writes it to a file"
  ) {
    var blocks: [String] = []
    var comments: [String] = []
    for found in cases.cases {
      if let block = found.text(in: policy) {
        blocks.append(block)
      } else if let folder, let file = named.file(of: found) {
        let path = folder.isEmpty ? file.name : "\(folder)/\(file.name)"
        blocks.append(found.text(in: policy, file: path))
      } else {
        comments.append("\(found.title): needs \(found.block.whyFile ?? "a file"); \(cure)")
      }
    }
    comments += cases.without.map { "\($0.title): \($0.reason.words)" }
    if !blocks.isEmpty { text = Self.formatted(blocks) }
    if !comments.isEmpty {
      if !text.isEmpty { text += "\n" }
      text += comments.map { "# \(Self.onOneLine($0))\n" }.joined()
    }
  }

  private static func formatted(_ blocks: [String]) -> String {
    let head = "rung 1\n"
    let source = SourceFile(
      id: SourceID(0), path: "cases", bytes: Array((head + blocks.joined(separator: "\n")).utf8))
    let text = PolicyFormatter.format(PolicyParser.parse(source).value)
    let rest = text.unicodeScalars.dropFirst(head.unicodeScalars.count).drop { $0 == "\n" }
    return String(String.UnicodeScalarView(rest))
  }

  private static func onOneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar.properties.isWhitespace ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension CaseWithoutTest.Reason {
  /// Why there is no test, after the name of the case.
  package var words: String {
    switch self {
    case .notWritable(let what): "no test can say " + what.joined(separator: ", ")
    case .decidedOtherwise: "written as a test, the request is decided otherwise"
    case .noRequest(let tests): NotDecided.noRequest(tests: tests).words
    case .notDecided(let reason): reason.words
    case .unreachable: "no request takes this route"
    }
  }
}
