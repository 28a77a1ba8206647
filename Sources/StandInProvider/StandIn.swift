import NIOCore
import NIOHTTP1
import NIOPosix

/// A model provider of our own: an OpenAI-shaped server that answers by rule and fails on request.
///
/// `POST /v1/chat/completions` and `/v1/embeddings`, `GET /v1/models`, and `/v1/files` and
/// `/v1/batches` as far as batches of chat requests need them; `GET /__stats` shows what it
/// has seen, `POST /__script` gives it another script. A call with the header `x-standin-fault`
/// gets that fault, whatever the script says. Nothing it does is random.
package final class StandIn: Sendable {
  private let desk: Desk
  private let group: MultiThreadedEventLoopGroup
  package let host: String
  package let port: Int

  /// The address to give to clients: `http://127.0.0.1:8080/v1`.
  package var address: String {
    host.contains(":") ? "http://[\(host)]:\(port)/v1" : "http://\(host):\(port)/v1"
  }

  /// Starts a server; with port 0 on a free one.
  ///
  /// `log` is told of every call before its answer begins and when it is over, on the server's
  /// thread.
  /// - Throws: what the system says when the address cannot be had.
  package static func start(
    host: String = "127.0.0.1", port: Int = 0, script: Script = Script(),
    log: (@Sendable (CallEvent) -> Void)? = nil
  ) async throws -> StandIn {
    let desk = Desk(script: script, log: log)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let channel = try await ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers([
              ByteToMessageHandler(HTTPRequestDecoder()), ConnectionHandler(desk: desk),
            ])
          }
        }
        .bind(host: host, port: port).get()
      return StandIn(
        desk: desk, group: group, host: host, port: channel.localAddress?.port ?? port)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private init(desk: Desk, group: MultiThreadedEventLoopGroup, host: String, port: Int) {
    self.desk = desk
    self.group = group
    self.host = host
    self.port = port
  }

  /// What it has seen so far.
  package var stats: Stats { desk.stats }

  /// Follows another script from now on; counting starts anew.
  package func follow(_ script: Script) { desk.follow(script) }

  /// Closes every connection and ends the server's thread.
  package func stop() async { try? await group.shutdownGracefully() }
}
