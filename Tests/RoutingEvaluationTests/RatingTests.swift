import PolicyUnits
import RoutingBudgets
import RoutingEvaluation
import RoutingLedger
import Testing

@Suite struct `Ratings and shadows of a ledger` {
  private func id(_ number: UInt64) -> RequestID { RequestID(high: 1, low: number) }

  private func row(
    _ number: UInt64, model: String = "small", tier: Int64? = 1, beside: UInt64? = nil,
    score: Int64? = nil, cost: Int64 = 100
  ) -> LedgerEntry {
    var entry = LedgerEntry(
      id: id(number), time: Timestamp(milliseconds: Int64(number)), status: .answered,
      currency: "USD", cost: .exact(Money(nanos: cost)))
    entry.route = "faq"
    entry.modelServed = model
    entry.parent = beside.map(id)
    var attempt = AttemptEntry(verdict: "accepted", cost: .exact(Money(nanos: cost)))
    attempt.model = model
    attempt.ladder = tier == nil ? nil : "up"
    attempt.tier = tier
    attempt.attempt = 1
    if let score {
      attempt.gates = [
        GateEntry(
          name: "helpful", score: score, isAccepted: true, hasFailed: false,
          cost: .exact(Money(nanos: 0)))
      ]
    }
    entry.attempts = [attempt]
    return entry
  }

  private func rating(_ number: UInt64, _ rating: Rating, counts: Bool = true) -> ReadRating {
    ReadRating(
      ChainedRating(
        sequence: 1,
        entry: RatingEntry(
          request: id(number), time: Timestamp(milliseconds: 0), rater: RatingEntry.Rater(),
          rating: rating), hash: []), counts: counts)
  }

  @Test func `are counted by who answered, each request once`() throws {
    var book = RatingBook(Grading())
    book.add(rating(1, .bad, counts: false))
    book.add(rating(1, .good))
    book.add(rating(2, .bad))
    // Two raters of one request are one mean.
    book.add(rating(3, .good))
    book.add(rating(3, .score(millionths: 500_000)))
    for entry in [
      row(1, score: 900_000), row(2, score: 800_000), row(3, model: "large", tier: 2), row(4),
    ] {
      book.add(entry)
    }
    #expect(book.rated == 3)
    let lines = book.lines(seed: 1)
    let route = try #require(lines.first { $0.group.kind == .route })
    #expect(route.answered == 4 && route.right == RateEstimate(hits: 2, of: 3))
    #expect(route.score?.sum == 1_750_000)
    let large = try #require(lines.first { $0.group.name == "up, tier 2: large" })
    #expect(large.answered == 1 && large.score?.mean == 750_000)
    let samples = book.samples(of: "helpful")
    #expect(samples.map(\.isRight) == [true, false])
    #expect(samples.map(\.score?.millionths) == [900_000, 800_000])
  }

  @Test func `set a shadow beside the answer that was given`() throws {
    var book = ShadowBook()
    let agreements: [UInt64: Int64] = [11: 1_000_000, 12: 500_000]
    for entry in [
      row(1), row(2), row(11, model: "large", beside: 1, cost: 1_100),
      row(12, model: "large", beside: 2, cost: 1_300), row(13, model: "large", beside: 9),
    ] {
      book.add(
        entry,
        agreement: { _, shadow in
          agreements.first { id($0.key) == shadow }.map { Score(millionths: $0.value) }
        },
        score: { request in
          request == id(1)
            ? Score(millionths: 0) : request == id(11) ? Score(millionths: 1_000_000) : nil
        })
    }
    let line = try #require(book.lines(seed: 1).first)
    #expect(line.pair.route == "faq" && line.pair.given == "small" && line.pair.shadow == "large")
    #expect(line.shadows == 2 && book.orphans == 1)
    #expect(line.agreement?.mean == 750_000)
    #expect(line.cost?.mean == 1_100)
    #expect(line.rating?.count == 1 && line.rating?.mean == 1_000_000)
  }
}
