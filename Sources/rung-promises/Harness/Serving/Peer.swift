import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One connection of ours to a program on this machine: never waits, and does on the wire what it is
/// told, be it polite or not.
final class Peer {
  enum State: Hashable {
    case open
    /// The other side closed it in order.
    case ended
    /// It was refused or reset.
    case broken
  }

  private let socket: Int32
  private(set) var state = State.open
  /// What has come and was not taken yet.
  private(set) var received: [UInt8] = []
  private var unsent: ArraySlice<UInt8> = []
  /// How much is read at a time; 0 leaves all with the system.
  var appetite = 65_536

  /// `room` is what the system may hold of what has not been read, in bytes; nil for its own choice.
  ///
  /// With one the other side sends packets as they go over a network: the loopback's are so large that
  /// its system would take in a mebibyte for us.
  init(to port: UInt16, room: Int32? = nil) throws(PromiseFailure) {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    #if canImport(Darwin)
      socket = Darwin.socket(AF_INET, kind, 0)
    #elseif canImport(Glibc)
      socket = Glibc.socket(AF_INET, kind, 0)
    #elseif canImport(Musl)
      socket = Musl.socket(AF_INET, kind, 0)
    #endif
    guard socket >= 0 else { throw PromiseFailure("this machine has no socket left") }
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    if var room {
      unsafe setsockopt(
        socket, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
      var packet: Int32 = 1448
      unsafe setsockopt(
        socket, Int32(IPPROTO_TCP), TCP_MAXSEG, &packet, socklen_t(MemoryLayout<Int32>.size))
    }
    var one: Int32 = 1
    unsafe setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    // On the loopback this is over at once, one way or the other.
    if !Self.connect(socket, port) { state = .broken }
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
  }

  deinit { close(socket) }

  /// Sends as soon as it goes.
  func send(_ bytes: [UInt8]) {
    unsent += bytes
    write()
  }

  /// The bytes that have come so far, which are then forgotten.
  func take(_ count: Int) { received.removeFirst(min(count, received.count)) }

  fileprivate var interest: pollfd {
    var events: Int32 = 0
    if appetite > 0 { events |= Int32(POLLIN) }
    if !unsent.isEmpty { events |= Int32(POLLOUT) }
    return pollfd(fd: socket, events: Int16(events), revents: 0)
  }

  fileprivate func serve(_ found: Int16) {
    if found & Int16(POLLOUT) != 0 { write() }
    if found & Int16(POLLIN | POLLHUP | POLLERR) != 0, appetite > 0 { read() }
  }

  /// Reads once, whatever is there.
  func read() {
    guard state == .open else { return }
    var bytes = [UInt8](repeating: 0, count: max(1, appetite))
    let count = unsafe recv(socket, &bytes, bytes.count, 0)
    if count > 0 {
      received += bytes[..<count]
    } else if count == 0 {
      state = .ended
    } else if errno != EAGAIN, errno != EINTR {
      state = .broken
    }
  }

  private func write() {
    guard state == .open, !unsent.isEmpty else { return }
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    let bytes = Array(unsent)
    let count = Self.send(socket, bytes, flags)
    if count > 0 {
      unsent = unsent.dropFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      state = .broken
    }
  }

  private static func send(_ socket: Int32, _ bytes: [UInt8], _ flags: Int32) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.send(socket, bytes, bytes.count, flags)
    #elseif canImport(Glibc)
      unsafe Glibc.send(socket, bytes, bytes.count, flags)
    #elseif canImport(Musl)
      unsafe Musl.send(socket, bytes, bytes.count, flags)
    #endif
  }

  private static func connect(_ socket: Int32, _ port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        #if canImport(Darwin)
          unsafe Darwin.connect(socket, pointer, size) == 0
        #elseif canImport(Glibc)
          unsafe Glibc.connect(socket, pointer, size) == 0
        #elseif canImport(Musl)
          unsafe Musl.connect(socket, pointer, size) == 0
        #endif
      }
    }
  }
}

extension [Peer] {
  /// Waits until something comes or can be sent on one of them, and lets each do what it can.
  func wait(atMost limit: Duration) {
    let open = filter { $0.state == .open }
    var interests = open.map(\.interest)
    let whole = limit.milliseconds
    guard !interests.isEmpty else {
      usleep(UInt32(clamping: Swift.max(0, whole) * 1000))
      return
    }
    let found = unsafe poll(
      &interests, nfds_t(interests.count), Int32(clamping: Swift.max(0, whole)))
    guard found > 0 else { return }
    for (peer, interest) in zip(open, interests) where interest.revents != 0 {
      peer.serve(interest.revents)
    }
  }

  /// Goes on until something holds; false if it has not by then.
  func wait(within limit: Duration, until holds: () -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while !holds() {
      guard ContinuousClock.now < end else { return false }
      wait(atMost: .milliseconds(10))
    }
    return true
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

/// How many connections this process and those it starts may have.
enum OpenSockets {
  /// Takes all the system lets a process have.
  static func takeAll() {
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    var limits = rlimit()
    guard unsafe getrlimit(kind, &limits) == 0 else { return }
    limits.rlim_cur = min(limits.rlim_max, 10_240)
    _ = unsafe setrlimit(kind, &limits)
  }
}
