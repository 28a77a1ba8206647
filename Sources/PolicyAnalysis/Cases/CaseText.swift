import PolicyDiagnostics
package import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

/// Cases as `test` blocks ready to paste; what is not among them is listed in comments, by name.
package struct CaseText {
  /// As `rung fmt` writes it, with a newline at the end; empty if there is nothing to say.
  package private(set) var text = ""
  /// What the blocks read, to be written under the folder.
  package private(set) var files: [CaseFile] = []

  /// Requests with a text too long for a policy are read from `folder`, as the policy names it;
  /// without one they are listed.
  ///
  /// A file is used only if `agrees` says that its request is decided as the case says.
  package init(
    _ cases: PolicyCases, _ policy: CheckedPolicy, folder: String? = nil,
    agrees: (PolicyCase, CaseFile) -> Bool = { _, _ in false }
  ) {
    var blocks: [String] = []
    var comments: [String] = []
    for found in cases.cases {
      guard let long = found.block.longText else {
        if let block = found.text(in: policy) { blocks.append(block) }
        continue
      }
      let needs = "needs a \(long.name) of \(Amounts.grouped(Int64(long.characters))) characters"
      if let folder {
        let file = CaseFile(name: unused(found.fileName), body: found.body(policy))
        if agrees(found, file) {
          files.append(file)
          let path = folder.isEmpty ? file.name : "\(folder)/\(file.name)"
          blocks.append(found.text(in: policy, file: path))
        } else {
          comments.append("\(found.title): \(needs), and read from a file is decided otherwise")
        }
      } else {
        comments.append("\(found.title): \(needs); `--files DIR` writes it to a file")
      }
    }
    comments += cases.without.map { "\($0.title): \($0.reason.words)" }
    if !blocks.isEmpty { text = Self.formatted(blocks) }
    if !comments.isEmpty {
      if !text.isEmpty { text += "\n" }
      text += comments.map { "# \(Self.onOneLine($0))\n" }.joined()
    }
  }

  private func unused(_ name: String) -> String {
    var candidate = name + ".json"
    var number = 2
    while files.contains(where: { $0.name.lowercased() == candidate.lowercased() }) {
      candidate = "\(name)-\(number).json"
      number += 1
    }
    return candidate
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

extension PolicyCase {
  /// The body of the request as a chat-completions request.
  package func body(_ policy: CheckedPolicy) -> String { WitnessRequest(draft, policy).body }
}

extension CaseWithoutTest.Reason {
  /// Why there is no test, after the name of the case.
  package var words: String {
    switch self {
    case .notWritable(let what): "no test block can write " + what.joined(separator: ", ")
    case .decidedOtherwise: "written as a test block, the request is decided otherwise"
    case .noRequest(let tests): NotDecided.noRequest(tests: tests).words
    case .notDecided(let reason): reason.words
    case .unreachable: "no request takes this route"
    }
  }
}
