import Testing

@testable import AnswerSimilarity

@Suite struct `Reading questions` {
  @Test func `a forgotten password is a password to reset`() {
    let one = QuestionReading("how do I reset my password?")
    let two = QuestionReading("I forgot my password, what do I do?")
    let found = one.difference(from: two)
    #expect(found == nil)
    #expect(two.difference(from: one) == nil)
  }
}
