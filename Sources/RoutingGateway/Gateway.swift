import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
package import RoutingBudgets
import RoutingService
import ServiceLifecycle
import Synchronization

/// The OpenAI-compatible server: listens, serves until it is told to stop, and ends in order.
package final class Gateway: Sendable {
  private let settings: GatewaySettings
  private let shelf: PolicyShelf
  private let reloader: PolicyReloader
  private let underWay = RequestsUnderWay()
  private let clock: @Sendable () -> Timestamp
  private let random: @Sendable () -> (UInt64, UInt64)
  private let observer: GatewayObserver
  private let admission: Admission
  private let group = Mutex<ServiceGroup?>(nil)

  package init(
    _ settings: GatewaySettings, serving policy: ServedPolicy, reloading: PolicyLoading,
    observer: GatewayObserver, clock: @escaping @Sendable () -> Timestamp,
    random: @escaping @Sendable () -> (UInt64, UInt64)
  ) {
    self.settings = settings
    self.clock = clock
    self.random = random
    self.observer = observer
    admission = Admission(settings.admission)
    let now = clock()
    shelf = PolicyShelf(policy, at: now)
    reloader = PolicyReloader(shelf, reloading, observer, clock: clock)
    observer.metrics.serve(version: policy.version, loadedAt: now.milliseconds / 1000)
  }

  /// Serves until it is told to stop and what was under way is done.
  ///
  /// `ready` hears the port as soon as connections are accepted. A cancelled task stops at once.
  ///
  /// - Throws: ``ListenFailure`` if the address cannot be listened on.
  package func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: server(ready: ready), successTerminationBehavior: .gracefullyShutdownGroup)
        ],
        logger: quietLogger))
    self.group.withLock { $0 = group }
    let watching =
      settings.watchesFiles ? Task { await reloader.watch(every: .milliseconds(500)) } : nil
    defer { watching?.cancel() }
    do {
      try await group.run()
    } catch {
      throw ListenFailure(error, host: settings.host, port: settings.port)
    }
  }

  /// Takes no more connections and lets what is under way end.
  ///
  /// What has not ended within ``GatewaySettings/drain`` is cancelled: its caller gets an error,
  /// its row says so. The second time, that is at once.
  package func stop() async {
    let isSecond = underWay.isStopping
    underWay.stop()
    // Nobody comes any more whom those who wait for others could wait for.
    await shelf.policy.service.stopWaiting()
    await group.withLock { $0 }?.triggerGracefulShutdown()
    if !isSecond { try? await Task.sleep(for: settings.drain) }
    underWay.cancelAll()
  }

  /// Takes what is on disk, unless it does not compile.
  package func reload(_ occasion: LoadOccasion) async { _ = await reloader.reload(occasion) }

  package var policy: ServedPolicy { shelf.policy }

  private func server(ready: @escaping @Sendable (Int) async -> Void) -> any Service {
    let desk = desk
    let port = settings.port
    let refused: @Sendable (APIProblem) -> String = { [clock, random, observer] problem in
      let id = RequestID(at: clock(), random: random())
      observer.refused(problem, as: id)
      return id.description
    }
    let channel = GatewayChannel(
      limits: settings.limits, date: AnswerDate(clock), refused: refused
    ) { await desk.respond($0) }
    return channel.server(
      configuration: ServerConfiguration(
        address: .hostname(settings.host, port: port), backlog: 1024),
      onServerRunning: { await ready($0.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quietLogger)
  }

  /// The server's own words are for those who look for a mistake in it.
  private var quietLogger: Logger {
    var logger = observer.logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }

  private var desk: GatewayDesk {
    let reading = RequestReading(limits: settings.limits)
    return GatewayDesk(
      settings: settings, shelf: shelf,
      callers: CallerDesk(
        admin: settings.admin, onlyByOwnName: settings.onlyByOwnName, clock: clock),
      handlers: GatewayHandlers(
        chat: ChatHandler(
          reading: reading, budgetIsLimit: settings.budgetIsLimit,
          addsLiteLLMHeaders: settings.addsLiteLLMHeaders),
        embeddings: EmbeddingsHandler(
          reading: reading, budgetIsLimit: settings.budgetIsLimit),
        decisions: DecisionsHandler(reading: reading),
        feedback: FeedbackHandler(),
        models: ModelsHandler(),
        state: StateHandler(shelf: shelf, underWay: underWay),
        reload: ReloadHandler(reloader: reloader),
        metrics: MetricsHandler(observer: observer, admission: admission),
        cache: CacheHandler(clock: clock)),
      underWay: underWay, admission: admission, observer: observer, clock: clock, random: random)
  }
}
