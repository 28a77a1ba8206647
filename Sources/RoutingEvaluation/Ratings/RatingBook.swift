package import PolicyUnits
package import RoutingBudgets
package import RoutingLedger

/// What callers said of answers, by who gave them: what a gold set cannot know.
package struct RatingBook: Sendable {
  /// The newest rating of each rater, by request.
  private var ratings: [RequestID: [Int64]] = [:]
  private var rows: [Group: Counts] = [:]
  private var samples: [String: [GateSample]] = [:]
  private let grading: Grading

  /// Who answered, and by which way.
  package struct Group: Hashable, Sendable {
    package let kind: Kind
    package let name: String

    package enum Kind: Int, Hashable, Sendable, CaseIterable {
      case route, tier, model
    }
  }

  private struct Counts {
    var answered = 0
    var scores: [Int64] = []
  }

  package init(_ grading: Grading) { self.grading = grading }

  /// Each rating that counts, before the rows.
  package mutating func add(_ rating: ReadRating) {
    guard rating.counts else { return }
    ratings[rating.rating.entry.request, default: []].append(rating.rating.entry.rating.millionths)
  }

  /// The mean of what its raters said, in millionths; nil if nobody did.
  package func score(of request: RequestID) -> Score? {
    ratings[request].map { given in
      Score(millionths: given.reduce(0, +) / Int64(given.count))
    }
  }

  /// A row of a caller's request; rows of shadows and imports of no answer are passed over.
  package mutating func add(_ entry: LedgerEntry) {
    guard entry.parent == nil, let model = entry.modelServed else { return }
    let score = score(of: entry.id)
    let answering = entry.attempts.last { $0.role == .answer && $0.verdict == "accepted" }
    var groups = [Group(kind: .model, name: model)]
    if let route = entry.route { groups.append(Group(kind: .route, name: route)) }
    if let ladder = answering?.ladder, let tier = answering?.tier {
      groups.append(Group(kind: .tier, name: "\(ladder), tier \(tier): \(model)"))
    }
    for group in groups {
      rows[group, default: Counts()].answered += 1
      if let score { rows[group]?.scores.append(score.millionths) }
    }
    guard let score, let answering, let ladder = answering.ladder, let tier = answering.tier else {
      return
    }
    let place = GateSample.Place(ladder: ladder, tier: Int(clamping: tier), model: model)
    for gate in answering.gates {
      samples[gate.name, default: []].append(
        GateSample(
          place, score: gate.score.map { Score(millionths: $0) }, isAccepted: gate.isAccepted,
          hasFailed: gate.hasFailed, isRight: score >= grading.rightFrom))
    }
  }

  // MARK: - What it comes to

  package struct Line: Sendable {
    package let group: Group
    package let answered: Int
    /// Ratings from the grading's score on, of all.
    package let right: RateEstimate
    /// In millionths; nil without ratings.
    package let score: MeanEstimate?
  }

  package var rated: Int { ratings.count }

  /// By kind, then by how often they answered.
  package func lines(seed: UInt64) -> [Line] {
    rows.sorted {
      ($0.key.kind.rawValue, $1.value.answered, $0.key.name)
        < ($1.key.kind.rawValue, $0.value.answered, $1.key.name)
    }.map { group, counts in
      Line(
        group: group, answered: counts.answered,
        right: RateEstimate(
          hits: counts.scores.count { $0 >= grading.rightFrom.millionths }, of: counts.scores.count),
        score: MeanEstimate(counts.scores, seed: seed))
    }
  }

  /// What a gate said of answers that were accepted and rated.
  package func samples(of gate: String) -> [GateSample] { samples[gate] ?? [] }
}
