package import PolicyUnits

/// How answers are told right from wrong.
package struct Grading: Hashable, Sendable {
  /// Without a check, an answer of at least this score is right.
  package let rightFrom: Score

  package init(rightFrom: Score = Score(millionths: 500_000)) { self.rightFrom = rightFrom }

  /// A question's check goes before a score that was recorded; nil if neither tells.
  package func grade(_ item: GoldItem, _ cell: OutcomeCell) -> AnswerGrade? {
    if let check = item.check, let answer = cell.answer { return grade(check, answer) }
    return cell.score.map { AnswerGrade(score: $0, isRight: $0 >= rightFrom) }
  }

  package func grade(_ check: AnswerCheck, _ answer: String) -> AnswerGrade {
    let isRight = check.holds(of: answer)
    return AnswerGrade(score: Score(millionths: isRight ? 1_000_000 : 0), isRight: isRight)
  }
}
