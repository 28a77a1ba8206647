package import PolicyUnits
package import RoutingCatalog
import Synchronization

/// Which deployment of a model is called next, shared by everything that calls: one for a process,
/// whatever policies it loads.
///
/// Each call is chosen, made, and its end told, once:
///
/// ```swift
/// switch health.choose(CallWish(model)) {
/// case .call(let index, let ticket):
///   // … call `model.deployments[index]` …
///   health.ended(ticket, .answered(firstByte: time), tokens: .exactly(812), of: model)
/// case .none(let refusal):
///   // … nothing may be called; `refusal` says why and for how long.
/// }
/// ```
package final class UpstreamHealth: Sendable {
  private let book: Mutex<HealthBook>
  private let now: @Sendable () -> Milliseconds
  private let report: @Sendable (HealthChange) -> Void

  /// `now` counts from any fixed instant and never goes back; `report` hears of every circuit that
  /// opens, is probed or closes, on the thread of the call that changed it.
  package init(
    _ rules: HealthBook.Rules = HealthBook.Rules(),
    now: @escaping @Sendable () -> Milliseconds = UpstreamHealth.monotonic(),
    report: @escaping @Sendable (HealthChange) -> Void = { _ in }
  ) {
    book = Mutex(HealthBook(rules))
    self.now = now
    self.report = report
  }

  /// Chooses a deployment and counts the call, which then has to leave, or to end as not sent.
  package func choose(_ wish: CallWish) -> CallChoice {
    change { $0.choose(wish, at: now()) }
  }

  /// Hears how a call ended; `tokens` are those it is counted at against `tpm`.
  package func ended(
    _ ticket: CallTicket, _ end: CallEnd, tokens: CountedTokens, of model: CatalogModel
  ) {
    change { $0.ended(ticket, end, tokens: tokens, of: model, at: now()) }
  }

  /// What a repeat of a call that has just failed would meet.
  package func outlook(_ wish: CallWish) -> RepeatOutlook {
    change { $0.outlook(wish, at: now()) }
  }

  /// Whether a call of the model would leave now, as far as circuits go.
  package func isHealthy(_ model: CatalogModel) -> Bool {
    book.withLock { $0.isHealthy(model, at: now()) }
  }

  package var snapshot: HealthSnapshot { book.withLock { $0.snapshot(at: now()) } }

  /// The system's monotonic clock, from now on.
  package static func monotonic() -> @Sendable () -> Milliseconds {
    let start = ContinuousClock.now
    return {
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      return Milliseconds(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
  }

  private func change<Result: Sendable>(
    _ work: (inout sending HealthBook) -> sending Result
  ) -> Result {
    let (result, changes) = book.withLock { book in (work(&book), book.takeChanges()) }
    for change in changes { report(change) }
    return result
  }
}
