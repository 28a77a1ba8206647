import Testing

@testable import AnswerSimilarity

@Suite struct `Pairs written by hand` {
  @Test func `no near miss shares an answer`() throws {
    let pairs = try PairCorpus.pairs("near-misses.txt")
    var stopped: [QuestionDifference: Int] = [:]
    for (one, other) in pairs {
      let difference = QuestionReading(one).difference(from: QuestionReading(other))
      #expect(difference != nil, "\(one) | \(other)")
      if let difference { stopped[difference, default: 0] += 1 }
    }
    #expect(pairs.count >= 60)
    let guards = stopped.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    print("near misses: \(pairs.count), wrong 0; stopped by \(guards)")
  }

  @Test func `most paraphrases share an answer`() throws {
    let pairs = try PairCorpus.pairs("paraphrases.txt")
    var passed = 0
    for (one, other) in pairs {
      let difference = QuestionReading(one).difference(from: QuestionReading(other))
      if let difference {
        print("stopped by \(difference.rawValue): \(one) | \(other)")
      } else {
        passed += 1
      }
    }
    print("paraphrases: \(passed) of \(pairs.count) pass")
    #expect(pairs.count >= 40)
    #expect(passed * 4 >= pairs.count * 3)
  }

  @Test(arguments: ["near-misses.txt", "paraphrases.txt"])
  func `a pair is the same both ways round, and a question is itself`(name: String) throws {
    for (one, other) in try PairCorpus.pairs(name) {
      let (a, b) = (QuestionReading(one), QuestionReading(other))
      let there = a.difference(from: b)
      let back = b.difference(from: a)
      #expect((there == nil) == (back == nil), "\(one) | \(other)")
      let (itself, otherItself) = (a.difference(from: a), b.difference(from: b))
      #expect(itself == nil && otherItself == nil, "\(one) | \(other)")
    }
  }
}
