#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A connection to this machine, one call of the system at a time: nothing of a library is in what
/// is measured with it.
final class BenchSocket {
  private let socket: Int32

  init(to port: UInt16) throws(BenchProblem) {
    guard let socket = Self.connected(to: port) else {
      throw BenchProblem("no connection to port \(port)")
    }
    self.socket = socket
  }

  init(taking socket: Int32) { self.socket = socket }

  deinit { close(socket) }

  func send(_ text: String) throws(BenchProblem) {
    let bytes = Array(text.utf8)
    guard unsafe write(socket, bytes, bytes.count) == bytes.count else {
      throw BenchProblem("a request could not be sent")
    }
  }

  /// What has arrived, waited for ten seconds at most; empty at the end.
  func receive() throws(BenchProblem) -> [UInt8] {
    var ready = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&ready, 1, 10_000) == 1 else {
      throw BenchProblem("no answer within ten seconds")
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe read(socket, &bytes, bytes.count)
    guard count >= 0 else { throw BenchProblem("a connection broke off") }
    return Array(bytes.prefix(count))
  }

  /// Reads on until `mark` is in what has come since `start`; returns all of it.
  @discardableResult
  func receive(until mark: String, after start: String = "") throws(BenchProblem) -> String {
    var all = Array(start.utf8)
    while !all.text.contains(mark) {
      let piece = try receive()
      guard !piece.isEmpty else { throw BenchProblem("an answer broke off: \(all.text)") }
      all += piece
    }
    return all.text
  }

  fileprivate static func connected(to port: UInt16) -> Int32? {
    let socket = openSocket()
    var address = Self.address(port)
    let result = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(socket)
      return nil
    }
    var one: Int32 = 1
    unsafe setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    return socket
  }

  static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return address
  }
}

private func openSocket() -> Int32 {
  #if canImport(Darwin)
    socket(AF_INET, SOCK_STREAM, 0)
  #else
    socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #endif
}

/// Ports of this machine.
enum FreePort {
  /// One nobody listens on.
  static func find() throws(BenchProblem) -> UInt16 {
    guard let (socket, port) = listening(queue: 0) else { throw BenchProblem("no free port") }
    close(socket)
    return port
  }

  /// A socket that listens on a free port.
  static func listening(queue: Int32) -> (socket: Int32, port: UInt16)? {
    let socket = openSocket()
    var address = BenchSocket.address(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket, $0, size) == 0 && (queue == 0 || listen(socket, queue) == 0)
          && getsockname(socket, $0, &size) == 0
      }
    }
    guard isBound else {
      close(socket)
      return nil
    }
    return (socket, UInt16(bigEndian: address.sin_port))
  }

  /// Whether somebody listens within this time.
  static func waits(for port: UInt16, seconds: Double) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if let socket = BenchSocket.connected(to: port) {
        close(socket)
        return true
      }
      usleep(1_000)
    }
    return false
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension Served {
  /// One request on a connection of its own, to the end of its answer.
  func answerOnce(_ body: String, _ headers: [(String, String)]) throws(BenchProblem) {
    let socket = try BenchSocket(to: port)
    try socket.send(request("/v1/chat/completions", body, headers))
    let answer = try socket.receive(until: "system_fingerprint")
    guard answer.hasPrefix("HTTP/1.1 200") else {
      throw BenchProblem("the first answer was \(answer.prefix(80))")
    }
  }

  func request(_ path: String, _ body: String, _ headers: [(String, String)]) -> String {
    let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    return "POST \(path) HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\n\(lines)"
      + "content-length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}
