#if canImport(Glibc)
  import Glibc
  import StandInProvider
  import Testing

  @Suite(.serialized) struct `Sockets on both sides` {
    /// The open connections of this process whose own or other end is at a port, by what
    /// `getsockopt` says of their Nagle's algorithm.
    private static func delays(ownPort: Int? = nil, peerPort: Int? = nil) -> [Bool] {
      (Int32(3)..<1_024).compactMap { socket in
        guard let own = port(of: socket, isPeer: false), let peer = port(of: socket, isPeer: true)
        else { return nil }
        guard own == ownPort || peer == peerPort else { return nil }
        var isOff: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard
          unsafe getsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &isOff, &size) == 0
        else { return nil }
        return isOff == 0
      }
    }

    /// Nil for what is no connection of IPv4.
    private static func port(of socket: Int32, isPeer: Bool) -> Int? {
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          unsafe isPeer
            ? getpeername(socket, generic, &size) : getsockname(socket, generic, &size)
        }
      }
      guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
      return Int(UInt16(bigEndian: address.sin_port))
    }

    @Test func `wait for nothing before they send`() async throws {
      try await GatewayGround.with("otherwise { use cheap }") { ground in
        let caller = try await RawCaller.connect(to: ground.port)
        let body = GatewayGround.chat("hello")
        try await caller.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let heard = try await caller.heard { !$0.statuses.isEmpty }
        #expect(heard.statuses == [200])
        // The gateway's end of the caller's connection, and its end of the provider's.
        let callers = Self.delays(ownPort: ground.port)
        let provider = ground.standIn.address.split(separator: ":").last
          .flatMap { Int($0.prefix { $0.isNumber }) }
        let providers = Self.delays(peerPort: provider)
        #expect(!callers.isEmpty && !callers.contains(true))
        #expect(!providers.isEmpty && !providers.contains(true))
        try await caller.close()
      }
    }
  }
#endif
