import PolicySemantics

@testable import PolicyGraph

/// A pair on which graph and reference do not agree: enough to try it again.
struct Difference: Sendable, CustomStringConvertible {
  let seed: UInt64
  /// The policy and what it imports.
  let policy: [String]
  let request: RequestInput
  let what: String

  var description: String {
    """
    \(what), policy seed 0x\(String(seed, radix: 16))
    text tests answered differently: \(textsApart)
    \(policy.joined(separator: "\n# imported:\n"))
    \(request)
    """
  }

  /// The text tests on which scans and reference do not agree: then the fault is not the graph's.
  var textsApart: [String] {
    guard let compiled = try? Compiled(texts: policy),
      var facts = try? compiled.graph.facts(of: request)
    else { return [] }
    let texts = ReferenceTexts(request.messages, ReferenceTexts.Memory())
    var scratch = Scratch(for: compiled.graph)
    var apart: [String] = []
    for atom in 0..<compiled.graph.atomCount {
      guard case .text(let part, let test) = compiled.graph.test(of: AtomID(atom)) else {
        continue
      }
      let scanned = compiled.graph.scanned(compiled.graph.parts.atoms[atom], &facts, &scratch)
      if (scanned == .yes) != texts.holds(test, of: part) {
        apart.append("\(test) in \(texts.text(of: part).debugDescription): \(scanned)")
      }
    }
    return apart
  }
}
