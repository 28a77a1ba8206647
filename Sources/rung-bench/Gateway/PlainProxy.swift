import Dispatch
import HTTPTypes
import HTTPUpstream
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the gateway's libraries take by themselves: Hummingbird hands each body to libcurl and gives
/// back what comes, with no policy, key, ledger, limit or log.
///
/// It runs in a process of its own, as the gateway does, so that both are measured alike.
enum PlainProxy {
  /// `rung-bench --plain-proxy PORT URL`.
  static let probe = "--plain-proxy"

  static func serve(_ arguments: [String]) {
    guard arguments.count == 2, let port = Int(arguments[0]) else {
      return print("\(probe) takes a port and the address to call")
    }
    let url = arguments[1]
    Task.detached {
      do {
        try await server(port: port, to: url, calling: HTTPUpstream()).run()
      } catch {
        print("the plain proxy cannot serve: \(error)")
        exit(1)
      }
    }
    dispatchMain()
  }

  private static func server(
    port: Int, to url: String, calling upstream: HTTPUpstream
  ) throws -> any Service {
    try HTTPServerBuilder.http1().buildServer(
      configuration: ServerConfiguration(
        address: .hostname("127.0.0.1", port: port), backlog: 1024),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "plain"),
      responder: { request, writer, _ in
        let body = try await request.body.collect(upTo: 1 << 20)
        let answer = try await upstream.sendWhole(
          UpstreamRequest(
            .post, url, headers: [UpstreamHeader("Content-Type", "application/json")],
            body: Array(buffer: body)))
        let bytes = ByteBuffer(bytes: answer.body)
        try await writer.write(
          response: HTTPResponse(
            status: HTTPResponse.Status(code: answer.status),
            headerFields: [
              .contentType: "application/json", .contentLength: "\(bytes.readableBytes)",
            ]),
          body: ResponseBody(byteBuffer: bytes))
      })
  }
}
