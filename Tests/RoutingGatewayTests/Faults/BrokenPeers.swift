import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Sockets that fail a connection in every way of `ConnectionFault`.
///
/// @unchecked Sendable because the source is only started and cancelled.
final class BrokenPeers: @unchecked Sendable {
  struct NoSocket: Error {}

  private let certificates: Certificates
  /// Bound, never listening: nobody else can take its port.
  private let refusing: LoopbackSocket
  /// Its queue is full, so that no further connection is ever made.
  private let full: LoopbackSocket
  private let filler: LoopbackSocket
  /// Connections stand, and nobody takes them.
  private let silent: LoopbackSocket
  private let resetting: LoopbackSocket
  private let resets: any DispatchSourceRead

  init(_ certificates: Certificates) throws {
    self.certificates = certificates
    refusing = try LoopbackSocket(bound: true)
    full = try LoopbackSocket(bound: true)
    try full.listen(backlog: 0)
    filler = try LoopbackSocket(bound: false)
    try filler.connect(to: full.port)
    silent = try LoopbackSocket(bound: true)
    try silent.listen(backlog: 64)
    resetting = try LoopbackSocket(bound: true)
    try resetting.listen(backlog: 64)
    let descriptor = resetting.descriptor
    resets = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "resets"))
    resets.setEventHandler { LoopbackSocket.acceptAndReset(descriptor) }
    resets.resume()
  }

  /// Where a connection meets this fault.
  func address(_ fault: ConnectionFault) -> String {
    switch fault {
    case .refused: "http://127.0.0.1:\(refusing.port)"
    case .hanging: "http://127.0.0.1:\(full.port)"
    // RFC 2606: no name under `.invalid` exists.
    case .unknownHost: "http://no-such-provider.invalid"
    case .wrongName: "https://127.0.0.1:\(certificates.wrongName.port)"
    case .expired: "https://127.0.0.1:\(certificates.expired.port)"
    case .silentHandshake: "https://127.0.0.1:\(silent.port)"
    case .resetHandshake: "https://127.0.0.1:\(resetting.port)"
    }
  }

  func stop() {
    resets.cancel()
    for socket in [refusing, full, filler, silent, resetting] { socket.close() }
  }
}

/// A TCP socket on the loopback.
private struct LoopbackSocket: Sendable {
  let descriptor: Int32
  let port: UInt16

  init(bound: Bool) throws {
    #if canImport(Darwin)
      let stream = SOCK_STREAM
    #else
      let stream = Int32(SOCK_STREAM.rawValue)
    #endif
    descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { throw BrokenPeers.NoSocket() }
    guard bound else {
      port = 0
      return
    }
    var address = Self.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw BrokenPeers.NoSocket() }
    port = UInt16(bigEndian: address.sin_port)
  }

  func listen(backlog: Int32) throws {
    #if canImport(Darwin)
      let done = Darwin.listen(descriptor, backlog)
    #elseif canImport(Glibc)
      let done = Glibc.listen(descriptor, backlog)
    #elseif canImport(Musl)
      let done = Musl.listen(descriptor, backlog)
    #endif
    guard done == 0 else { throw BrokenPeers.NoSocket() }
  }

  func connect(to port: UInt16) throws {
    var address = Self.address(port: port)
    let isConnected = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        #if canImport(Darwin)
          return unsafe Darwin.connect(descriptor, $0, size) == 0
        #elseif canImport(Glibc)
          return unsafe Glibc.connect(descriptor, $0, size) == 0
        #elseif canImport(Musl)
          return unsafe Musl.connect(descriptor, $0, size) == 0
        #endif
      }
    }
    guard isConnected else { throw BrokenPeers.NoSocket() }
  }

  func close() { Self.close(descriptor) }

  /// Takes the next connection, waits for its first bytes and breaks it.
  static func acceptAndReset(_ listener: Int32) {
    let peer = accept(listener, nil, nil)
    guard peer >= 0 else { return }
    var first: UInt8 = 0
    _ = unsafe recv(peer, &first, 1, 0)
    var now = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(
      peer, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    close(peer)
  }

  private static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #elseif canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #endif
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
