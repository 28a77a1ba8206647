import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
package import RoutingBudgets
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The OpenAI-compatible server: listens, serves until it is told to stop, and ends in order.
package final class Gateway: Sendable {
  private let settings: GatewaySettings
  private let shelf: PolicyShelf
  private let doors = Doors()
  private let clock: @Sendable () -> Timestamp
  private let random: @Sendable () -> (UInt64, UInt64)
  private let logger: Logger

  package init(
    _ settings: GatewaySettings, serving policy: ServedPolicy, logger: Logger,
    clock: @escaping @Sendable () -> Timestamp,
    random: @escaping @Sendable () -> (UInt64, UInt64)
  ) {
    self.settings = settings
    self.clock = clock
    self.random = random
    self.logger = logger
    shelf = PolicyShelf(policy)
  }

  /// Serves until the task is cancelled or the process is told to stop by SIGTERM or SIGINT.
  ///
  /// `ready` hears the port as soon as connections are accepted.
  package func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
    let server = try HTTPServerBuilder { _ in
      GatewayChannel(limits: self.settings.limits) { request, writer, connection in
        try await self.desk.respond(request, writer, connection)
      }
    }.buildServer(
      configuration: ServerConfiguration(
        address: .hostname(settings.host, port: settings.port), backlog: 1024),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger,
      responder: { _, _, _ in }
    ) { channel in
      await ready(channel.localAddress?.port ?? self.settings.port)
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: server)], gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger))
    try await group.run()
  }

  private var desk: GatewayDesk {
    let reading = RequestReading(limits: settings.limits)
    return GatewayDesk(
      settings: settings,
      handlers: GatewayHandlers(
        chat: ChatHandler(shelf: shelf, reading: reading),
        decisions: DecisionsHandler(shelf: shelf, reading: reading),
        models: ModelsHandler(shelf: shelf), state: StateHandler(shelf: shelf, doors: doors)),
      clock: clock, random: random)
  }
}
