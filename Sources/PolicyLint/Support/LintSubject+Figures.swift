import PolicySemantics
import PolicyUnits

// Figures and names as messages show them.
extension LintSubject {
  /// In backticks.
  func name(_ model: ModelID) -> String { "`\(policy[model].name)`" }

  func text(_ money: Money) -> String {
    Amounts.text(money, currency: policy.vocabulary.currency)
  }

  /// `1 token`, `64,000 tokens`.
  func tokens(_ count: Int64) -> String {
    "\(Amounts.grouped(count)) token\(count == 1 ? "" : "s")"
  }

  /// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and 3 more ``.
  func list(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    switch quoted.count {
    case 0: return "nothing"
    case 1: return quoted[0]
    case 2...3:
      return quoted.dropLast().joined(separator: ", ") + " and " + quoted[quoted.count - 1]
    default: return quoted.prefix(2).joined(separator: ", ") + " and \(quoted.count - 2) more"
    }
  }
}
