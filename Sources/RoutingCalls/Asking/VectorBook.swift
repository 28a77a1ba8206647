package import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingGates
import Synchronization

/// The vectors of a policy's examples: made when they are first needed, then kept.
///
/// Making them is nobody's request: its calls are told to whoever records, once for each file. What
/// fails is tried again after a while, not for every request.
package final class VectorBook: Sendable {
  private enum State: Sendable {
    case making
    case ready([[Float]])
    case failed(until: ContinuousClock.Instant)
  }

  /// Texts in one call.
  private static let batch = 64
  private static let rest = Duration.seconds(10)

  private let runner: RequestRunner
  private let embedder: EmbedderID?
  private let states = Mutex<[ExampleFile: State]>([:])
  private let record: @Sendable ([CallRecord]) async -> Void

  /// `record` hears of the calls a file's vectors took, when they are made or have failed.
  package init(
    _ runner: RequestRunner, embedder: EmbedderID?,
    record: @escaping @Sendable ([CallRecord]) async -> Void
  ) {
    self.runner = runner
    self.embedder = embedder
    self.record = record
  }

  /// The vectors of a file's texts, in order; nil if they cannot be had within the limit.
  func vectors(of file: ExampleFile, within limit: Milliseconds) async -> [[Float]]? {
    let clock = ContinuousClock()
    let end = clock.now + limit.duration
    while clock.now < end, !Task.isCancelled {
      let (known, isMine) = states.withLock { states -> (State?, Bool) in
        switch states[file] {
        case .ready, .making: return (states[file], false)
        case .failed(let until) where until > clock.now: return (states[file], false)
        case .failed, nil:
          states[file] = .making
          return (nil, true)
        }
      }
      switch known {
      case .ready(let vectors): return vectors
      case .failed: return nil
      case .making, nil: break
      }
      // In a task of its own: who asked first may go away, the others still wait for it.
      if isMine { Task { await make(file) } }
      do { try await clock.sleep(for: .milliseconds(5)) } catch { return nil }
    }
    return nil
  }

  private func make(_ file: ExampleFile) async {
    var vectors: [[Float]] = []
    var records: [CallRecord] = []
    var isWhole = true
    for start in stride(from: 0, to: file.texts.count, by: Self.batch) where isWhole {
      let texts = Array(file.texts[start..<min(file.texts.count, start + Self.batch)])
      guard let embedder else {
        isWhole = false
        break
      }
      let call = EmbedderCall(
        runner: runner, embedder: embedder, deployments: places(of: embedder))
      let (made, record) = await call.send(
        texts, within: AsideDeadlines.model, reserved: nil, reservedTokens: nil)
      records.append(record)
      isWhole = made != nil
      vectors += made ?? []
    }
    if !records.isEmpty { await record(records) }
    let state: State = isWhole ? .ready(vectors) : .failed(until: .now + Self.rest)
    states.withLock { $0[file] = state }
  }

  private func places(of embedder: EmbedderID) -> [Int] {
    guard runner.catalog.embedders.indices.contains(embedder.index) else { return [] }
    return Array(runner.catalog.embedders[embedder.index].deployments.indices)
  }
}
