/// The request of a case as a file that a `test` block reads: for texts too long for a policy, and for
/// what only a body says.
package struct CaseFile: Hashable, Sendable {
  /// `short_labels-prompt.tokens-4000.json`.
  package let name: String
  /// The body of a chat-completions request.
  package let body: String
}

/// Names the files of cases: none twice, and one for each request.
package struct CaseFiles: Sendable {
  package private(set) var all: [CaseFile] = []

  package init() {}

  /// The file a case reads; nil for one that says all in its block.
  package mutating func file(of found: PolicyCase) -> CaseFile? {
    guard let body = found.body else { return nil }
    if let same = all.first(where: { $0.body == body }) { return same }
    let file = CaseFile(name: unused(found.fileName), body: body)
    all.append(file)
    return file
  }

  private func unused(_ name: String) -> String {
    var candidate = name + ".json"
    var number = 2
    while all.contains(where: { $0.name.lowercased() == candidate.lowercased() }) {
      candidate = "\(name)-\(number).json"
      number += 1
    }
    return candidate
  }
}

extension PolicyCase {
  /// The title in letters that all file systems agree on.
  fileprivate var fileName: String {
    var name = ""
    for scalar in title.unicodeScalars.prefix(100) {
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain || scalar == "_" || (scalar == "." && !name.isEmpty) {
        name.unicodeScalars.append(scalar)
      } else if !name.hasSuffix("-"), !name.isEmpty {
        name += "-"
      }
    }
    while name.hasSuffix("-") { name.removeLast() }
    return name.isEmpty ? "request" : name
  }
}
