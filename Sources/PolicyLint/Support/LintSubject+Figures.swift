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
    Amounts.count(count, "token")
  }

  /// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and 3 more ``: past `most` the rest is counted.
  func list(_ names: [String], most: Int = 3) -> String {
    let quoted = names.map { "`\($0)`" }
    guard quoted.count <= most else {
      let shown = quoted.prefix(most - 1)
      return shown.joined(separator: ", ") + " and \(quoted.count - shown.count) more"
    }
    guard quoted.count > 1 else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " and " + quoted[quoted.count - 1]
  }
}
