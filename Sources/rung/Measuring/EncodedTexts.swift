import AnswerSimilarity
import HTTPUpstream
import PolicySemantics
import PolicyUnits
import RoutingCache
import RoutingCalls
import RoutingRuntime

/// Texts and their vectors, each text asked for once, and what that cost.
struct EncodedTexts: Sendable {
  private let vectors: [String: UnitVector]
  let cost: CallCost
  let calls: Int
  let models: [String]

  /// How near two of the texts are, by the rule of run time.
  func similarity(_ one: String, _ other: String) -> Float {
    guard let first = vectors[one], let second = vectors[other] else { return 0 }
    return first.similarity(to: second)
  }

  /// Asks the encoder in batches, and once more for a few texts, in another order: what says
  /// something else the second time is no encoder.
  ///
  /// `told` hears how many are done.
  static func make(
    _ texts: [String], _ encoding: TextEncoding, named name: String,
    told: @Sendable (Int) -> Void
  ) async throws(CommandFailure) -> EncodedTexts {
    var encoding = encoding
    var vectors: [String: [Float]] = [:]
    // The first, the last and two between, backwards.
    let places = Set([0, texts.count / 3, texts.count * 2 / 3, texts.count - 1]).sorted(by: >)
    let again = places.filter(texts.indices.contains).map { texts[$0] }
    let repeated: [[Float]]
    do throws(TextEncoding.Failure) {
      for start in stride(from: 0, to: texts.count, by: TextEncoding.batch) {
        let batch = Array(texts[start..<min(texts.count, start + TextEncoding.batch)])
        for (text, vector) in zip(batch, try await encoding.vectors(of: batch)) {
          vectors[text] = vector
        }
        told(vectors.count)
      }
      repeated = try await encoding.vectors(of: again)
    } catch {
      throw words(error, name, encoding)
    }
    if let problem = EncoderCheck.problem(texts, texts.map { vectors[$0] ?? [] }) {
      throw broken(problem, name)
    }
    for (text, vector) in zip(again, repeated) {
      if let problem = EncoderCheck.problem(text, vectors[text] ?? [], again: vector) {
        throw broken(problem, name)
      }
    }
    return EncodedTexts(
      vectors: vectors.compactMapValues { UnitVector($0) }, cost: encoding.cost,
      calls: encoding.calls,
      models: encoding.models.sorted())
  }

  private static func broken(_ problem: EncoderProblem, _ name: String) -> CommandFailure {
    CommandFailure(
      "`\(name)` cannot be measured: \(problem.description)", exit: .couldNotRun)
  }

  private static func words(
    _ failure: TextEncoding.Failure, _ name: String, _ encoding: TextEncoding
  ) -> CommandFailure {
    switch failure {
    case .limit(let most, let next):
      let limit = Amounts.plain(most)
      guard let next else {
        return CommandFailure(
          "`--max-cost` cannot be kept: the catalog has no price for `\(name)`", exit: .couldNotRun)
      }
      let spent = encoding.cost.money.map { Amounts.plain($0) } ?? "an unknown amount"
      return CommandFailure(
        "stopped before `--max-cost` \(limit): \(spent) is spent, and the next call may cost up to "
          + Amounts.plain(next), exit: .couldNotRun)
    case .call(let problem):
      return CommandFailure("`\(name)` gave no vectors: \(problem)", exit: .couldNotRun)
    case .cancelled:
      return CommandFailure("interrupted", exit: .couldNotRun)
    }
  }
}
