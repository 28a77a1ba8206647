extension RegexNode {
  /// What the pattern spells, one phrase for each way through its choices; empty if there are many.
  ///
  /// What is not spelled out stands as a space where it may be one, and as a letter where it is a
  /// part of a word.
  var phrases: [String] { spelled() ?? [] }

  private static let mostPhrases = 64

  private func spelled() -> [String]? {
    switch self {
    case .literal(let scalar, _): return [String(Character(scalar))]
    case .set(let set, _): return [set.kind == .any || set.kind == .space ? " " : "x"]
    case .assertion: return [""]
    case .repeated(let part, let least, let most):
      guard let inner = part.spelled() else { return nil }
      return least == 0 && most == 1 ? RegexNode.bounded(inner + [""]) : inner
    case .choice(let parts):
      var all: [String] = []
      for part in parts {
        guard let more = part.spelled(), all.count + more.count <= Self.mostPhrases else {
          return nil
        }
        all += more
      }
      return all
    case .sequence(let parts):
      var all = [""]
      for part in parts {
        guard let more = part.spelled(), all.count * more.count <= Self.mostPhrases else {
          return nil
        }
        all = all.flatMap { start in more.map { start + $0 } }
      }
      return all
    }
  }

  private static func bounded(_ phrases: [String]) -> [String]? {
    phrases.count <= mostPhrases ? phrases : nil
  }
}
